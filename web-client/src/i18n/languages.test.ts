import { afterEach, describe, expect, it, vi } from "vitest";
import { bestLanguage, offeredLanguages, speak, spoken, withWords } from "./languages";
import { direction, messages } from "./messages";

const WORDS: Record<string, unknown> = {
  shell: { app: { hello: "Bonjour" } },
  care: { consult: { ask: "Demander" } },
  "opening-clinic": { clinic: { nav: "Dossiers" }, consult: { ask: "Demander" } },
  clinic: { clinic: { nav: "Dossiers", more: "Plus" } },
};

/** A server of words: says what was asked for, and refuses while `broken`. */
function serve(): { asked: string[]; server: { broken: boolean } } {
  const asked: string[] = [];
  const server = { broken: false };
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    const pack = /words-.+?-(.+)-draft/.exec(address)?.[1] ?? "";
    return server.broken
      ? Promise.reject(new TypeError("no link"))
      : Promise.resolve(Response.json(WORDS[pack] ?? {}));
  });
  return { asked, server };
}

afterEach(async () => {
  await speak(["en"]);
  vi.unstubAllGlobals();
});

describe("languages", () => {
  it("turn the page the way they are written", () => {
    expect(direction("ar-EG")).toBe("rtl");
    expect(direction("am")).toBe("ltr");
  });

  it("fall back to English", () => {
    expect(bestLanguage(["xx", "en-GB"])).toBe("en-GB");
    expect(bestLanguage(["xx"])).toBe("en");
  });

  it("are offered under their own names, and say when nobody has read them yet", () => {
    expect(offeredLanguages()).toContainEqual({ tag: "ar", name: "العربية", awaitsReview: true });
  });
});

describe("speaking another language", () => {
  const app = messages("app", { hello: "Hello" });

  it("waits for its words, then turns the page", async () => {
    const { asked, server } = serve();
    server.broken = true;
    await speak(["fr"]);
    expect([spoken.get(), app("hello")]).toEqual(["en", "Hello"]);

    server.broken = false;
    const part = await withWords(async () => messages("consult", { ask: "Ask" }), ["care"]);
    expect([spoken.get(), app("hello"), part("ask")]).toEqual(["fr", "Bonjour", "Demander"]);
    expect(document.documentElement.lang).toBe("fr");

    const before = asked.length;
    await speak(["fr-CA"]);
    expect(asked.slice(before)).toEqual([]);
    expect([spoken.get(), part("ask")]).toEqual(["fr-CA", "Demander"]);
  });

  it("does not open a part whose words did not come", async () => {
    const { server } = serve();
    await speak(["es"]);
    server.broken = true;
    await expect(withWords(async () => messages("guest", { in: "In" }))).rejects.toThrow("no link");
  });
});

describe("a first page", () => {
  it("has the words of its opening, and gets the others when one of them is asked for", async () => {
    vi.resetModules();
    const { speak, withOpening } = await import("./languages");
    const { messages } = await import("./messages");
    const { asked } = serve();
    await speak(["fr"]);
    type Words = { nav: "Consults"; more: "More" };
    const load = async () => {
      messages("consult", {});
      return messages("clinic", {} as Words);
    };
    const clinic = await withOpening(load, "opening-clinic");
    expect(clinic("nav")).toBe("Dossiers");
    expect(asked.filter((address) => address.includes("fr-clinic"))).toEqual([]);
    const asks = asked.length;
    expect(clinic("more")).toBe("…");
    await vi.waitFor(() => expect(clinic("more")).toBe("Plus"));
    expect(asked.slice(asks).map((one) => /fr-(.+)-draft/.exec(one)?.[1])).toEqual(["clinic"]);
  });
});
