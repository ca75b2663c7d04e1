import { describe, expect, it } from "vitest";
import { barPlot, labelledWeeks, type Paper, reachOf, ticksTo, weekPlot } from "./plot";

const paper: Paper = { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 };
const hole = { median: undefined, p90: undefined };

describe("ticks", () => {
  it("count time as clocks do", () => {
    expect(ticksTo(500, 4, "minutes")).toEqual([0, 180, 360, 540]);
    expect(ticksTo(12, 4, "minutes")).toEqual([0, 5, 10, 15]);
    expect(ticksTo(2000, 4, "minutes")).toEqual([0, 720, 1440, 2160]);
  });

  it("count shares in round steps", () => {
    expect(ticksTo(1, 4, "share")).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(ticksTo(3.1, 4, "share")).toEqual([0, 1, 2, 3, 4]);
  });

  it("are there when there is nothing to show", () => {
    expect(ticksTo(0, 4, "share")).toEqual([0, 1]);
  });
});

describe("the reach of the paper", () => {
  it("holds the target always", () => {
    expect(reachOf([{ median: 10, p90: 20 }], 100)).toBeGreaterThan(100);
  });

  it("cuts off one wild week, so that the others can be read", () => {
    expect(reachOf([{ median: 10, p90: 5000 }], 100)).toBe(300);
  });

  it("is something for nothing", () => {
    expect(reachOf([], undefined)).toBe(1);
  });
});

describe("the plot of weeks", () => {
  it("puts the middle on the line and the band above it", () => {
    const shape = weekPlot(
      [
        { median: 0.5, p90: 1 },
        { median: 1, p90: 2 },
      ],
      1,
      paper,
      "share",
    );
    expect(shape.top).toBe(2);
    expect(shape.marks).toEqual([
      { index: 0, x: 35, y: 85, top: 60 },
      { index: 1, x: 85, y: 60, top: 10 },
    ]);
    expect(shape.lines).toEqual(["35,85 85,60"]);
    expect(shape.bands).toEqual(["M35,60L85,10L85,60L35,85Z"]);
    expect(shape.targetY).toBe(60);
  });

  it("draws no line over a week without figures", () => {
    const shape = weekPlot([{ median: 1, p90: 1 }, hole, { median: 1, p90: 1 }], 1, paper, "share");
    expect(shape.lines).toHaveLength(2);
    expect(shape.marks.map(({ index }) => index)).toEqual([0, 2]);
  });

  it("keeps what is cut off on the paper", () => {
    const { marks } = weekPlot([{ median: 1, p90: 90 }], 1, paper, "share");
    expect(marks[0]?.top).toBe(paper.top);
  });

  it("draws an empty paper for no weeks", () => {
    const shape = weekPlot([], undefined, paper, "minutes");
    expect(shape.marks).toEqual([]);
    expect(shape.targetY).toBeUndefined();
  });
});

describe("dates below the paper", () => {
  it("always hold the last week and are as many as fit", () => {
    expect(labelledWeeks(12, 4)).toEqual([2, 5, 8, 11]);
    expect(labelledWeeks(3, 6)).toEqual([0, 1, 2]);
    expect(labelledWeeks(0, 4)).toEqual([]);
  });
});

describe("the plot of groups", () => {
  it("shares one scale, with each target on it", () => {
    const { bars, targetAt } = barPlot(
      [{ median: 50, p90: 100 }, hole, { median: 200, p90: 900 }],
      [100, 100, 100],
    );
    expect(bars[0]).toEqual({ width: 8.3, reach: 16.7, cut: false });
    expect(bars[1]).toBeUndefined();
    expect(bars[2]).toEqual({ width: 33.3, reach: 100, cut: true });
    expect(targetAt).toEqual([16.7, 16.7, 16.7]);
  });

  it("fills the paper with a whole, where there is one", () => {
    expect(barPlot([{ median: 0.25, p90: undefined }], [undefined], 1).bars).toEqual([
      { width: 25, reach: 25, cut: false },
    ]);
  });
});
