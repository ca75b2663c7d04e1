import { afterEach, describe, expect, it } from "vitest";
import { showLanguage } from "./i18n/messages";
import {
  bothZones,
  clockTime,
  day,
  dayAndTime,
  instantOf,
  isZone,
  ownZone,
  relative,
  setOwnZone,
  span,
  timeLeft,
  wallClock,
  zoneCity,
} from "./time";

const NOON = "2026-03-03T12:00:00Z";
const MINUTE = 60_000;

afterEach(() => {
  setOwnZone(undefined);
  showLanguage("en");
});

describe("an instant on the wall", () => {
  it("is shown in the zone asked for", () => {
    expect(clockTime(NOON, "Africa/Nairobi")).toBe("15:00");
    expect(clockTime(NOON, "Asia/Kolkata")).toBe("17:30");
    expect(clockTime("2026-03-03T00:05:00Z", "UTC")).toBe("00:05");
  });

  it("needs no date today, and a year only when it is another", () => {
    expect(dayAndTime(NOON, "UTC", "2026-03-03T01:00:00Z")).toBe("12:00");
    expect(dayAndTime(NOON, "UTC", "2026-03-02T01:00:00Z")).toMatch(/^Tue,? 3 Mar, 12:00$/);
    expect(dayAndTime(NOON, "UTC", "2025-03-02T01:00:00Z")).toContain("2026");
  });

  it("stands beside the day of the reader's own calendar", () => {
    showLanguage("am");
    expect(day("2026-11-21T12:00:00Z", "UTC", Date.parse("2026-11-22T12:00:00Z"))).toMatch(
      /21.*\(.*12.*\)/,
    );
  });

  it("names both zones, and the day when it is another there", () => {
    const both = bothZones(
      "2026-03-03T20:00:00Z",
      "Asia/Kolkata",
      "Africa/Nairobi",
      dayAndTime("2026-03-03T20:00:00Z", "Africa/Nairobi", NOON),
    );
    expect(both.own).toBe("23:00 Nairobi (GMT+3)");
    expect(both.other).toBe("Wed 01:30 in Kolkata (GMT+5:30)");
  });

  it("is one line when both clocks agree", () => {
    expect(bothZones(NOON, "Africa/Kampala", "Africa/Nairobi").other).toBeUndefined();
  });
});

describe("a wall clock made an instant", () => {
  it("goes there and back", () => {
    expect(instantOf("2026-03-03T17:30", "Asia/Kolkata")).toBe(NOON);
    expect(wallClock(NOON, "Asia/Kolkata")).toBe("2026-03-03T17:30");
  });

  it("has no instant in the hour that spring skips", () => {
    expect(instantOf("2026-03-29T02:30", "Europe/Berlin")).toBeUndefined();
    expect(instantOf("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00Z");
  });

  it("takes the first of the two hours in autumn", () => {
    expect(instantOf("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00Z");
  });

  it("is nothing for a half-typed value", () => {
    expect(instantOf("", "UTC")).toBeUndefined();
    expect(instantOf("2026-03", "UTC")).toBe("2026-03-01T00:00:00Z");
  });
});

describe("what is left", () => {
  it("shows the two units that matter", () => {
    expect(span(30_000)).toBe("under 1 min");
    expect(span(59 * MINUTE)).toBe("59 min");
    expect(span(125 * MINUTE)).toBe("2 h 5 min");
    expect(span(13 * 60 * MINUTE + 5 * MINUTE)).toBe("13 h");
    expect(span(26 * 60 * MINUTE)).toBe("1 d 2 h");
    expect(span(5 * 24 * 60 * MINUTE)).toBe("5 d");
  });

  it("is over at its minute, not after it", () => {
    expect(timeLeft(NOON, Date.parse(NOON) - MINUTE)).toEqual({ text: "1 min left", over: false });
    expect(timeLeft(NOON, Date.parse(NOON)).over).toBe(true);
    expect(timeLeft(NOON, Date.parse(NOON) + 20 * MINUTE).text).toBe("20 min over time");
  });

  it("speaks of the past and the future", () => {
    const now = Date.parse(NOON);
    expect(relative(now - 10_000, now)).toBe("just now");
    expect(relative(now - 5 * MINUTE, now)).toBe("5 minutes ago");
    expect(relative(now + 48 * 60 * MINUTE, now)).toBe("in 2 days");
  });
});

describe("zones", () => {
  it("falls back to the browser's when the account's is unknown", () => {
    setOwnZone("Asia/Kathmandu");
    expect(ownZone()).toBe("Asia/Kathmandu");
    setOwnZone("Mars/Olympus");
    expect(ownZone()).not.toBe("Mars/Olympus");
    expect(isZone("Mars/Olympus")).toBe(false);
  });

  it("is known by its city", () => {
    expect(zoneCity("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  });
});
