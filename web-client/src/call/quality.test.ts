import { describe, expect, it } from "vitest";
import type { LinkLevel } from "./protocol";
import { type Figures, figures, levelOf, step } from "./quality";

const BEFORE: Figures = {
  atMilliseconds: 0,
  bytesReceived: 0,
  bytesSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  framesDecoded: 0,
  samples: 0,
  invented: 0,
  roundTrips: { pair: { ms: 80, mark: 1 } },
  remoteLoss: { part: 0.5, mark: 1 },
  estimateKilobits: undefined,
  wireBytes: 0,
};
const after = (change: Partial<Figures>): Figures => ({
  ...BEFORE,
  atMilliseconds: 2_000,
  packetsReceived: 100,
  ...change,
});

describe("the level of a link", () => {
  it.each<[number, number, boolean, LinkLevel]>([
    [80, 0, false, "good"],
    [80, 5, false, "fair"],
    [80, 17, false, "poor"],
    [610, 0, false, "fair"],
    [2_600, 0, false, "poor"],
    [80, 0, true, "poor"],
  ])("with %d ms, %d %% lost and silent %s is %s", (roundTripMs, lost, silent, expected) => {
    expect(levelOf(roundTripMs, lost, silent)).toBe(expected);
  });
});

describe("one step", () => {
  it("counts what came, was lost and went over the wire", () => {
    const change = { bytesReceived: 8_000, packetsLost: 3, wireBytes: 12_000 };
    expect(step(BEFORE, after(change))).toMatchObject({
      kilobitsPerSecondIn: 32,
      received: 100,
      lost: 3,
      wireBytes: 12_000,
      silent: false,
    });
    expect(step(BEFORE, after({ packetsReceived: 0 })).silent).toBe(true);
  });

  it("takes only what was measured in it for news", () => {
    const { freshRoundTripMs, freshRemoteLoss } = step(BEFORE, after({}));
    expect([freshRoundTripMs, freshRemoteLoss]).toEqual([undefined, undefined]);
    const news = {
      roundTrips: { pair: { ms: 80, mark: 1 }, video: { ms: 640, mark: 9 } },
      remoteLoss: { part: 0.02, mark: 2 },
    };
    expect(step(BEFORE, after(news))).toMatchObject({
      freshRoundTripMs: 640,
      freshRemoteLoss: 0.02,
    });
  });

  it("says how much sound was invented, if there was enough of it to say", () => {
    expect(step(BEFORE, after({ samples: 96_000, invented: 4_800 })).concealedPercent).toBe(5);
    expect(step(BEFORE, after({ samples: 900, invented: 900 })).concealedPercent).toBeUndefined();
  });
});

describe("reading statistics", () => {
  it("takes of several nominated paths the one that is used", () => {
    const pair = { type: "candidate-pair", nominated: true };
    const report: [string, unknown][] = [
      ["a", { ...pair, currentRoundTripTime: 2, responsesReceived: 1 }],
      ["b", { ...pair, currentRoundTripTime: 0.1, responsesReceived: 5 }],
      ["t", { type: "transport", selectedCandidatePairId: "b", bytesSent: 70 }],
    ];
    expect(figures(report, 7)).toMatchObject({
      roundTrips: { b: { ms: 100, mark: 5 } },
      wireBytes: 70,
    });
  });

  it("sums the streams and takes the path in use", () => {
    const report: [string, unknown][] = [
      ["a", { type: "inbound-rtp", bytesReceived: 10, packetsReceived: 2, packetsLost: 1 }],
      ["b", { type: "inbound-rtp", bytesReceived: 5, packetsReceived: 1, framesDecoded: 7 }],
      [
        "c",
        {
          type: "candidate-pair",
          nominated: true,
          currentRoundTripTime: 0.61,
          responsesReceived: 4,
          availableOutgoingBitrate: 55_000,
          bytesSent: 100,
          bytesReceived: 200,
          packetsSent: 2,
          packetsReceived: 3,
        },
      ],
      ["d", { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 }],
      ["e", { type: "remote-inbound-rtp", kind: "audio", fractionLost: 0.05, timestamp: 3 }],
      ["f", { type: "remote-inbound-rtp", kind: "video", roundTripTime: 0.7, timestamp: 4 }],
    ];
    expect(figures(report, 7)).toEqual({
      atMilliseconds: 7,
      bytesReceived: 15,
      bytesSent: 0,
      packetsReceived: 3,
      packetsLost: 1,
      framesDecoded: 7,
      samples: 0,
      invented: 0,
      roundTrips: { c: { ms: 610, mark: 4 }, f: { ms: 700, mark: 4 } },
      remoteLoss: { part: 0.05, mark: 3 },
      estimateKilobits: 55,
      wireBytes: 440,
    });
  });
});
