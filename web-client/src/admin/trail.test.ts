import { describe, expect, it } from "vitest";
import { aboutIn, actName, idIn, joined, shortId, subjectText } from "./trail";

const ID = "01932f5e-8c3a-7d11-9c4e-0f6f2f3a4b5c";

describe("what the trail is about", () => {
  it("is read from the address", () => {
    expect(aboutIn(new URLSearchParams(`consult=${ID}`))).toEqual({ kind: "consult", id: ID });
    expect(aboutIn(new URLSearchParams(`patient=${ID}`))).toEqual({ kind: "patient", id: ID });
    expect(aboutIn(new URLSearchParams("consult=rubbish"))).toEqual({ kind: "everything" });
  });

  it("is found in a pasted address of a page", () => {
    expect(idIn(`https://example.org/scheduler/consults/${ID.toUpperCase()}?tab=case`)).toBe(ID);
    expect(idIn("nothing")).toBeUndefined();
  });
});

describe("entries", () => {
  it("are told in words, or by their code where there are none", () => {
    expect(actName("consult.accept")).toBe("Accepted a consult");
    expect(actName("new.act")).toBe("new.act");
    expect(shortId(ID)).toBe("3a4b5c");
    expect(subjectText(`roster:${ID}`)).toBe("roster 3a4b5c");
    expect(subjectText("export")).toBe("export");
  });

  it("are shown once although they moved between two pages", () => {
    const event = (id: number) => ({ id, at: "", action: "a", outcome: "ok" });
    expect(
      joined([
        [event(3), event(2)],
        [event(2), event(1)],
      ]).map(({ id }) => id),
    ).toEqual([3, 2, 1]);
  });
});
