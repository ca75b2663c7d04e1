import { describe, expect, it } from "vitest";
import { daysFrom, hoursIn, mondayOf, piecesOn, startOfDay } from "./days";

describe("days", () => {
  it("go over the end of a month and find their Monday", () => {
    expect(daysFrom("2026-02-27", 3)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(mondayOf("2026-11-22")).toBe("2026-11-16");
    expect(mondayOf("2026-11-16")).toBe("2026-11-16");
  });

  it("start at the zone's midnight, and later where midnight is skipped", () => {
    expect(new Date(startOfDay("2026-03-01", "Asia/Kolkata")).toISOString()).toBe(
      "2026-02-28T18:30:00.000Z",
    );
    // Cairo's clocks went from 00:00 to 01:00.
    expect(new Date(startOfDay("2026-04-24", "Africa/Cairo")).toISOString()).toBe(
      "2026-04-23T22:00:00.000Z",
    );
  });
});

describe("piecesOn", () => {
  const night = { start: "2026-03-02T19:00:00Z", end: "2026-03-03T03:00:00Z" };

  it("cuts a night in two at the zone's midnight", () => {
    const [evening] = piecesOn([night], "2026-03-02", "Africa/Nairobi");
    const [morning] = piecesOn([night], "2026-03-03", "Africa/Nairobi");
    expect(evening?.words).toBe("22:00–24:00");
    expect(evening?.to).toBe(1);
    expect(morning?.words).toBe("00:00–06:00");
    expect(morning?.to).toBe(0.25);
  });

  it("says nothing of other days, nor of a slot that ends at this day's midnight", () => {
    const whole = { start: "2026-03-01T00:00:00Z", end: "2026-03-02T00:00:00Z" };
    expect(piecesOn([whole], "2026-03-02", "UTC")).toEqual([]);
    expect(piecesOn([whole], "2026-03-01", "UTC")[0]?.words).toBe("00:00–24:00");
  });

  it("fills the day of 23 hours to its end", () => {
    const [piece] = piecesOn(
      [{ start: "2026-03-28T00:00:00Z", end: "2026-03-31T00:00:00Z" }],
      "2026-03-29",
      "Europe/Berlin",
    );
    expect([piece?.from, piece?.to]).toEqual([0, 1]);
  });
});

it("hoursIn adds up", () => {
  expect(
    hoursIn([
      { start: "2026-03-01T09:00:00Z", end: "2026-03-01T10:30:00Z" },
      { start: "2026-03-02T09:00:00Z", end: "2026-03-02T10:00:00Z" },
    ]),
  ).toBe(2.5);
});
