import { describe, expect, it } from "vitest";
import { areWordsOfClinic, stemOf, toBring, wayOf } from "./routes";

const OWN = "https://care.example.org";
const way = (path: string, mode = "navigate", method = "GET") =>
  wayOf({ method, mode, url: new URL(path, OWN).href }, OWN);

describe("the worker", () => {
  it("opens every page of the client from the device", () => {
    for (const path of [
      "/",
      "/clinic/consults/1?tab=answer",
      "/guest#secret",
      "/letter",
      "/call/1",
    ])
      expect(way(path)).toBe("page");
  });

  it("leaves to the server what is the server's, however it is asked", () => {
    for (const path of [
      "/api/v1/consults",
      "/api/docs/",
      "/fhir/R4/Patient",
      "/health/ready",
      "/signal",
      "/metrics",
    ]) {
      expect(way(path)).toBe("server");
      expect(way(path, "cors")).toBe("server");
    }
    expect(way("/sw.js", "same-origin")).toBe("server");
    expect(way("/manifest.json", "cors")).toBe("server");
    expect(way("/clinic", "navigate", "POST")).toBe("server");
    expect(way("https://elsewhere.example/assets/a.js", "cors")).toBe("server");
  });

  it("answers files of the build", () => {
    expect(way("/assets/index-D8pT4JBg.js", "cors")).toBe("asset");
  });
});

describe("a new version", () => {
  it("knows a file by its name without the hash", () => {
    expect(stemOf("/assets/index-_GIwjKSG.css")).toBe("/assets/index.css");
    expect(stemOf("/assets/field-a-b-c_d-.js")).toBe("/assets/field.js");
  });

  it("brings the shell, and newer versions of what was kept", () => {
    expect(
      toBring(
        ["/", "/assets/index-11111111.js"],
        ["/assets/index-11111111.js", "/assets/clinic-22222222.js", "/assets/plan-33333333.js"],
        ["/", "/assets/index-00000000.js", "/assets/clinic-00000000.js"],
      ),
    ).toEqual(["/", "/assets/index-11111111.js", "/assets/clinic-22222222.js"]);
  });
});

it("a clinic keeps the words of its own pages, in one language", () => {
  expect(areWordsOfClinic("/assets/words-fr-clinic-abcd-123.json", "fr-CA")).toBe(true);
  expect(areWordsOfClinic("/assets/words-sw-clinic-abcd1234.json", "fr")).toBe(false);
  expect(areWordsOfClinic("/assets/words-fr-scheduler-abcd1234.json", "fr")).toBe(false);
});
