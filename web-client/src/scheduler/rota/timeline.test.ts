import { describe, expect, it } from "vitest";
import { changeOf, dragged, shareOf, type Shift, windowOfDays } from "./timeline";

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

describe("dragging a shift", () => {
  it("moves it by whole quarters", () => {
    expect(dragged(first, "whole", 3_700_000)).toEqual({
      start: "2026-03-02T09:00:00Z",
      end: "2026-03-03T09:00:00Z",
    });
  });

  it("never turns it round", () => {
    expect(dragged(first, "end", -90_000_000_000)).toEqual({
      start: "2026-03-02T08:00:00Z",
      end: "2026-03-02T08:15:00Z",
    });
  });

  it("puts the one who gains time there", () => {
    const longer = dragged(first, "end", 7_200_000);
    expect(changeOf([first, second], first, longer)).toEqual({
      layer: "primary",
      start: "2026-03-03T08:00:00Z",
      end: "2026-03-03T10:00:00Z",
      specialistId: "a",
    });
    const shorter = dragged(first, "end", -7_200_000);
    expect(changeOf([first, second], first, shorter)).toEqual({
      layer: "primary",
      start: "2026-03-03T06:00:00Z",
      end: "2026-03-03T08:00:00Z",
      specialistId: "b",
    });
    const later = dragged(second, "start", 3_600_000);
    expect(changeOf([first, second], second, later)?.specialistId).toBe("a");
  });

  it("says nothing where nobody would gain the time", () => {
    expect(changeOf([first], first, dragged(first, "end", -7_200_000))).toBeUndefined();
    expect(changeOf([first], first, dragged(first, "end", 0))).toBeUndefined();
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
