import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { lengthText, linkLine, outcomeText, presences } from "./calls";

type PastCall = Schema<"PastCall">;
type Attendance = Schema<"CallAttendance">;

const person = (name: string, change: Partial<Attendance> = {}): Attendance => ({
  name,
  role: "clinician",
  cameAt: "2026-03-02T09:00:00Z",
  joinedAt: "2026-03-02T09:00:00Z",
  losses: 0,
  returns: 0,
  restarts: 0,
  ...change,
});
const call = (change: Partial<PastCall> = {}): PastCall => ({
  id: "c",
  state: "over",
  openedAt: "2026-03-02T08:59:00Z",
  startedAt: "2026-03-02T09:00:00Z",
  endedAt: "2026-03-02T09:12:30Z",
  outcome: "connected",
  ended: "host",
  people: [],
  asked: [],
  ...change,
});
const spread = (median: number) => ({ least: 0, median, most: 9_999 });

describe("what became of a call", () => {
  it.each<[Partial<PastCall>, string]>([
    [{ state: "expected", outcome: "nobody-came" }, "Somebody is about to join."],
    [{ state: "going-on" }, "Going on now."],
    [{ outcome: "nobody-came", ended: "unused" }, "Nobody came."],
    [{ outcome: "not-let-in" }, "Somebody waited and was not let in."],
    [{ outcome: "only-one-came", ended: "empty" }, "Only one person came."],
    [{ ended: "host" }, "Ended by a host."],
    [{ ended: "empty" }, "Everybody left."],
    [{ ended: "lost" }, "The connection was lost."],
    [{ ended: "drain" }, "Stopped with the server; nobody came back."],
  ])("%o is said", (change, words) => expect(outcomeText(call(change))).toBe(words));

  it("has a length once it is over", () => {
    expect(lengthText(call())).toBe("12 min");
    expect(lengthText({ ...call(), state: "going-on", endedAt: undefined } as never)).toBe(
      undefined,
    );
  });
});

describe("who was there", () => {
  it("is each person once, as they last were, those in the call first", () => {
    const { joinedAt: _, ...outside } = person("Zawadi", { role: "guardian" });
    const told = presences(
      call({
        asked: [{ name: "Ben", role: "interpreter", at: "2026-03-02T09:00:00Z" }],
        people: [outside, person("Amina"), person("Amina", { role: "observer" })],
      }),
    );
    expect(told).toEqual([
      { name: "Amina", role: "observer", came: "joined" },
      { name: "Zawadi", role: "guardian", came: "waited" },
      { name: "Ben", role: "interpreter", came: "asked" },
    ]);
  });
});

describe("how a link did", () => {
  it.each([
    [300, 5, "good link"],
    [900, 5, "weak link"],
    [300, 110, "very weak link"],
  ])("%i ms and %i per mille is a %s", (roundTrip, loss, words) => {
    const link = { samples: 3, roundTripMs: spread(roundTrip), lossPermille: spread(loss) };
    expect(linkLine(person("Ada", { link }))).toBe(words);
  });

  it("says how often it broke, and nothing when all is unknown", () => {
    expect(linkLine(person("Ada", { losses: 2 }))).toBe("lost 2 times");
    expect(linkLine(person("Ada"))).toBeUndefined();
  });
});
