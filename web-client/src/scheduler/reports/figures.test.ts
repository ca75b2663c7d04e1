import { describe, expect, it } from "vitest";
import {
  countText,
  figure,
  firstDay,
  inUnit,
  percent,
  sinceFirst,
  summary,
  unitOf,
} from "./figures";

describe("the period", () => {
  it("begins on the Monday so many weeks back, this week among them", () => {
    expect(firstDay("2026-03-04", 1)).toBe("2026-03-02");
    expect(firstDay("2026-03-02", 4)).toBe("2026-02-09");
    expect(firstDay("2026-03-01", 1)).toBe("2026-02-23");
  });
});

describe("weeks", () => {
  const week = (key: string, consults: number | undefined) => ({
    key,
    label: key,
    ...(consults === undefined ? { hidden: "fewer-than-five" as const } : { consults }),
  });

  it("begin with the first that has something, also when it is hidden", () => {
    const weeks = [week("a", 0), week("b", undefined), week("c", 0), week("d", 9)];
    expect(sinceFirst(weeks, 2).map(({ key }) => key)).toEqual(["b", "c", "d"]);
  });

  it("are never fewer than a few", () => {
    const weeks = [week("a", 0), week("b", 0), week("c", 3)];
    expect(sinceFirst(weeks, 2).map(({ key }) => key)).toEqual(["b", "c"]);
    expect(sinceFirst([week("a", 0)], 2)).toHaveLength(1);
  });
});

describe("shares", () => {
  it("are never rounded to all or nothing", () => {
    expect(percent(0.999)).toBe("99\u00a0%");
    expect(percent(0.001)).toBe("1\u00a0%");
    expect(percent(1)).toBe("100\u00a0%");
    expect(percent(0)).toBe("0\u00a0%");
  });

  it("become multiples when they are large", () => {
    expect(inUnit(1.4, "share")).toBe("140\u00a0%");
    expect(inUnit(3.25, "share")).toBe("3.3 times the target");
    expect(inUnit(130, "minutes")).toBe("2 h 10 min");
  });
});

describe("units", () => {
  it("are minutes where one target holds for all", () => {
    expect(unitOf({ targetMinutes: 480 })).toBe("minutes");
    expect(unitOf({})).toBe("share");
    expect(figure({ medianMinutes: 5, p90Minutes: 9 }, "minutes")).toEqual({ median: 5, p90: 9 });
    expect(figure(undefined, "share")).toEqual({ median: undefined, p90: undefined });
  });
});

describe("sentences", () => {
  it("say what came, how fast and what is open", () => {
    const answered = {
      done: 8,
      waiting: 3,
      due: 11,
      onTime: 6,
      onTimeShare: 6 / 11,
      medianMinutes: 45,
      p90Minutes: 600,
    };
    expect(summary({ key: "", label: "", consults: 12, answered }, "answered")).toEqual([
      "12 consults were submitted.",
      "Half had a first answer within 45 min, nine of ten within 10 h.",
      "55\u00a0% were in time (6 of 11 that were due).",
      "3 are still open without it.",
    ]);
  });

  it("keep quiet where the server does", () => {
    expect(countText({ key: "x", label: "x", hidden: "fewer-than-five" })).toBe("fewer than five");
    expect(summary({ key: "", label: "", hidden: "fewer-than-five" }, "closed")).toEqual([
      "fewer than five",
    ]);
  });
});
