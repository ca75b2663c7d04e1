import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../api/problem";
import {
  doorWords,
  endWords,
  entryFor,
  forgetEntry,
  forgetVisit,
  type Guest,
  keepVisit,
  keptVisit,
} from "./visit";

const guest: Guest = {
  id: "g",
  name: "Mama Achieng",
  role: "patient",
  organisation: "Mto Clinics Kenya",
  expiresAt: "2026-03-02T12:00:00Z",
};
const BEFORE = Date.parse("2026-03-02T11:59:00Z");
const AFTER = Date.parse("2026-03-02T12:00:00Z");

const problem = (status: number, code: string) =>
  new Problem({ kind: status === 0 ? "unreachable" : "answered", status, code, sentence: "No." });

afterEach(forgetVisit);

describe("a visit", () => {
  it("is kept through a reload for as long as the link is good", () => {
    expect(keptVisit(BEFORE)).toBeUndefined();
    keepVisit(guest);
    expect(keptVisit(BEFORE)).toEqual(guest);
    expect(keptVisit(AFTER)).toBeUndefined();
  });
});

describe("the secret that a link is exchanged with", () => {
  afterEach(forgetEntry);

  it("is the same when the answer was lost and the page is loaded again", () => {
    const first = entryFor("token-one", BEFORE);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(entryFor("token-one", BEFORE + 9 * 60_000)).toBe(first);
  });

  it("is another one for another link, after ten minutes, and once the answer came", () => {
    const first = entryFor("token-one", BEFORE);
    expect(entryFor("token-two", BEFORE)).not.toBe(first);
    const second = entryFor("token-one", BEFORE);
    expect(second).not.toBe(first);
    const third = entryFor("token-one", BEFORE + 10 * 60_000);
    expect(third).not.toBe(second);
    forgetEntry();
    expect(entryFor("token-one", BEFORE + 10 * 60_000)).not.toBe(third);
  });

  it("keeps no token", () => {
    entryFor("token-one", BEFORE);
    expect(JSON.stringify({ ...localStorage })).not.toContain("token-one");
  });
});

describe("a link that does not open", () => {
  it.each([
    ["link-not-good", 404, "This link is not good any more"],
    ["link-in-use", 409, "This link was opened on another device"],
    ["not-a-guest", 403, "This browser does not know your visit any more"],
    ["malformed", 400, "This link is not good any more"],
  ])("says what %s means", (code, status, title) => {
    expect(doorWords(problem(status, code))).toMatchObject({ title, again: undefined });
  });

  it("can be tried again when the server is away", () => {
    expect(doorWords(problem(0, "unreachable")).again).toBe("Try again");
    expect(doorWords(problem(503, "busy")).again).toBe("Try again");
  });
});

describe("the end of a visit", () => {
  it("offers another try only where one can succeed", () => {
    expect(endWords("ended", undefined).again).toBeUndefined();
    expect(endWords("removed", undefined).again).toBeUndefined();
    expect(endWords("refused", undefined).again).toBe("Ask again");
    expect(endWords("left", undefined).again).toBe("Come back");
    expect(endWords("denied", problem(404, "link-not-good")).again).toBeUndefined();
  });
});
