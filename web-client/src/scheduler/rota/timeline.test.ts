import { describe, expect, it } from "vitest";
import { dragged, isMove, lanesOf, shareOf, type Shift, windowOfDays } from "./timeline";
import { byKey } from "./useShiftDrag";

const ada = { id: "a", name: "Ada", zone: "UTC" };
const ben = { id: "b", name: "Ben", zone: "UTC" };
const shift = (id: string, start: string, end: string, person: typeof ada | undefined): Shift => ({
  id,
  layer: "primary",
  start,
  end,
  state: person ? "published" : "gap",
  ...(person ? { person } : {}),
});
const first = shift("1", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z", ada);
const second = shift("2", "2026-03-03T08:00:00Z", "2026-03-04T08:00:00Z", ben);

const gap = shift("3", "2026-03-04T08:00:00Z", "2026-03-05T08:00:00Z", undefined);

describe("dragging a shift", () => {
  it("moves the whole by hours and an edge by quarters", () => {
    expect(dragged(first, "whole", 3_700_000)).toEqual({
      start: "2026-03-02T09:00:00Z",
      end: "2026-03-03T09:00:00Z",
    });
    expect(dragged(first, "end", 1_000_000).end).toBe("2026-03-03T08:15:00Z");
  });

  it("never turns it round", () => {
    expect(dragged(first, "end", -90_000_000_000)).toEqual({
      start: "2026-03-02T08:00:00Z",
      end: "2026-03-02T08:15:00Z",
    });
  });

  it("is a move only when something changes and somebody is there", () => {
    const { start, end } = first;
    expect(isMove(first, { start, end, personId: "a" })).toBe(false);
    expect(isMove(first, { start, end, personId: "b" })).toBe(true);
    expect(isMove(gap, { start, end, personId: undefined })).toBe(false);
  });

  it("goes by keys an hour at a time, and from person to person", () => {
    const { start, end } = first;
    const later = byKey({ start, end, personId: "a" }, "ArrowRight", ["a", "b"]);
    expect(later.start).toBe("2026-03-02T09:00:00Z");
    expect(byKey(later, "ArrowDown", ["a", "b"]).personId).toBe("b");
    expect(byKey(later, "ArrowUp", ["a", "b"])).toEqual(later);
    expect(byKey({ start, end, personId: undefined }, "ArrowDown", ["a"]).personId).toBe("a");
  });
});

describe("the rows of a week", () => {
  it("are the gaps, then the members, then whoever else has a shift", () => {
    const week = windowOfDays("2026-03-02", 7, "UTC");
    const lanes = lanesOf([first, second, gap], [ada], week);
    expect(lanes.map(({ key }) => key)).toEqual(["gap-primary", "a", "b"]);
    expect(lanes[2]?.shifts).toEqual([second]);
  });
});

describe("the window", () => {
  it("is an hour shorter in the week in which summer time begins", () => {
    const week = windowOfDays("2026-03-23", 7, "Europe/Berlin");
    expect((week.to - week.from) / 3_600_000).toBe(167);
  });

  it("shows the part of a shift that lies in it", () => {
    const day = windowOfDays("2026-03-03", 1, "UTC");
    expect(shareOf(first, day)).toEqual({ from: 0, to: 8 / 24 });
  });
});
