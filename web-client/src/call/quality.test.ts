import { describe, expect, it } from "vitest";
import type { LinkLevel } from "./protocol";
import { climb, type Figures, figures, FIRST_RUNG, step, VIDEO_LADDER, worst } from "./quality";

const BEFORE: Figures = {
  atMilliseconds: 0,
  bytesReceived: 0,
  bytesSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  framesDecoded: 0,
  roundTripMs: undefined,
  remoteLoss: undefined,
};
const after = (change: Partial<Figures>): Figures => ({
  ...BEFORE,
  atMilliseconds: 2_000,
  packetsReceived: 100,
  roundTripMs: 80,
  ...change,
});

describe("the level of a link", () => {
  it("is good when little is lost and answers come soon", () => {
    expect(step(BEFORE, after({ bytesReceived: 8_000 }))).toMatchObject({
      level: "good",
      kilobitsPerSecondIn: 32,
    });
  });
  it.each<[Partial<Figures>, LinkLevel]>([
    [{ packetsLost: 5 }, "fair"],
    [{ packetsLost: 20 }, "poor"],
    [{ remoteLoss: 0.2 }, "poor"],
    [{ roundTripMs: 610 }, "fair"],
    [{ roundTripMs: 2_600 }, "poor"],
    [{ packetsReceived: 0 }, "poor"],
  ])("with %o is %s", (change, level) => {
    expect(step(BEFORE, after(change)).level).toBe(level);
  });
  it("of several is the worst", () => {
    const good = step(BEFORE, after({}));
    const poor = step(BEFORE, after({ packetsLost: 50 }));
    expect(worst([good, poor, good])).toBe(poor);
    expect(worst([])).toBeUndefined();
  });
});

describe("reading statistics", () => {
  it("sums the streams and takes the path in use", () => {
    const report: [string, unknown][] = [
      ["a", { type: "inbound-rtp", bytesReceived: 10, packetsReceived: 2, packetsLost: 1 }],
      ["b", { type: "inbound-rtp", bytesReceived: 5, packetsReceived: 1, framesDecoded: 7 }],
      ["c", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.61 }],
      ["d", { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 }],
      ["e", { type: "remote-inbound-rtp", fractionLost: 0.05 }],
    ];
    expect(figures(report, 7)).toEqual({
      atMilliseconds: 7,
      bytesReceived: 15,
      bytesSent: 0,
      packetsReceived: 3,
      packetsLost: 1,
      framesDecoded: 7,
      roundTripMs: 610,
      remoteLoss: 0.05,
    });
  });
});

describe("the ladder of the picture", () => {
  const after = (...levels: LinkLevel[]) => levels.reduce(climb, FIRST_RUNG);

  it("begins small and climbs after three good steps", () => {
    expect(after("good", "good").rung).toBe(0);
    expect(after("good", "good", "good").rung).toBe(1);
  });
  it("falls after two bad steps and then climbs more slowly", () => {
    const fallen = after("good", "good", "good", "poor", "poor");
    expect(fallen.rung).toBe(0);
    expect(fallen.needed).toBe(6);
  });
  it("stays between its ends", () => {
    expect(after(...Array<LinkLevel>(9).fill("poor")).rung).toBe(0);
    expect(after(...Array<LinkLevel>(99).fill("good")).rung).toBe(VIDEO_LADDER.length - 1);
  });
});
