import type { LinkLevel, Quality } from "./protocol";
import type { VideoLimit } from "./sending";

/** What is read from the statistics of one peer connection; counters grow over its life. */
export interface Figures {
  readonly atMilliseconds: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  readonly roundTripMs: number | undefined;
  /** What the other side reports of our packets, 0 to 1. */
  readonly remoteLoss: number | undefined;
}

/** Sums up a report; what a browser leaves out counts as 0. */
export function figures(report: Iterable<readonly [string, unknown]>, now: number): Figures {
  const sum = { bytesReceived: 0, packetsReceived: 0, packetsLost: 0, framesDecoded: 0 };
  let bytesSent = 0;
  let roundTrip: number | undefined;
  let remoteLoss: number | undefined;
  for (const [, value] of report) {
    const entry = value as Record<string, number | string | boolean | undefined>;
    if (entry["type"] === "inbound-rtp") {
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) {
        sum[name] += Number(entry[name] ?? 0);
      }
    } else if (entry["type"] === "outbound-rtp") {
      bytesSent += Number(entry["bytesSent"] ?? 0);
    } else if (entry["type"] === "remote-inbound-rtp" && entry["fractionLost"] !== undefined) {
      remoteLoss = Math.max(remoteLoss ?? 0, Number(entry["fractionLost"]));
    } else if (entry["type"] === "candidate-pair" && entry["nominated"] === true) {
      const seconds = entry["currentRoundTripTime"];
      if (typeof seconds === "number") roundTrip = Math.round(seconds * 1000);
    }
  }
  return { atMilliseconds: now, ...sum, bytesSent, roundTripMs: roundTrip, remoteLoss };
}

/** One step of time on one connection. */
export interface Step extends Quality {
  readonly kilobitsPerSecondIn: number;
  readonly kilobitsPerSecondOut: number;
  /** Whether anything came: a dead path has no loss. */
  readonly silent: boolean;
}

/** Above these a doctor hears it; measured on narrow links. */
export const FAIR = { roundTripMs: 400, lossPercent: 3 };
export const POOR = { roundTripMs: 1_200, lossPercent: 10 };

export function step(before: Figures, after: Figures): Step {
  const seconds = Math.max(0.001, (after.atMilliseconds - before.atMilliseconds) / 1000);
  const received = Math.max(0, after.packetsReceived - before.packetsReceived);
  const lost = Math.max(0, after.packetsLost - before.packetsLost);
  const lossIn = received + lost === 0 ? 0 : (100 * lost) / (received + lost);
  const lossPercent = Math.round(10 * Math.max(lossIn, 100 * (after.remoteLoss ?? 0))) / 10;
  const roundTripMs = after.roundTripMs ?? 0;
  const kilobits = (bytes: number): number => Math.round((bytes * 8) / 1000 / seconds);
  return {
    level: level(roundTripMs, lossPercent, received === 0),
    roundTripMs,
    lossPercent,
    kilobitsPerSecondIn: kilobits(Math.max(0, after.bytesReceived - before.bytesReceived)),
    kilobitsPerSecondOut: kilobits(Math.max(0, after.bytesSent - before.bytesSent)),
    silent: received === 0,
  };
}

function level(roundTripMs: number, lossPercent: number, silent: boolean): LinkLevel {
  if (silent || roundTripMs > POOR.roundTripMs || lossPercent > POOR.lossPercent) return "poor";
  if (roundTripMs > FAIR.roundTripMs || lossPercent > FAIR.lossPercent) return "fair";
  return "good";
}

/** The worst of several; good when there is none. */
export function worst(steps: readonly Step[]): Step | undefined {
  const order: readonly LinkLevel[] = ["good", "fair", "poor"];
  return [...steps].sort((a, b) => order.indexOf(b.level) - order.indexOf(a.level))[0];
}

/** Pictures of 320 to 640 points, from what a thin link bears to what a wound needs. */
export const VIDEO_LADDER: readonly VideoLimit[] = [
  { bitsPerSecond: 120_000, framesPerSecond: 8, scaleDownBy: 2 },
  { bitsPerSecond: 350_000, framesPerSecond: 15, scaleDownBy: 1.5 },
  { bitsPerSecond: 900_000, framesPerSecond: 24, scaleDownBy: 1 },
];

/** Where the picture stands on the ladder, and for how many steps the link was good or bad. */
export interface Rung {
  readonly rung: number;
  readonly good: number;
  readonly bad: number;
  /** Good steps needed to climb; doubled by each fall, so that a link at its limit is left alone. */
  readonly needed: number;
}

export const FIRST_RUNG: Rung = { rung: 0, good: 0, bad: 0, needed: 3 };

const NEEDED_MAX = 48;
const BAD_STEPS_MAX = 2;

/** Down soon, up slowly. */
export function climb(at: Rung, level: LinkLevel): Rung {
  if (level === "poor") {
    const bad = at.bad + 1;
    if (bad < BAD_STEPS_MAX || at.rung === 0) return { ...at, good: 0, bad };
    const needed = Math.min(NEEDED_MAX, at.needed * 2);
    return { rung: at.rung - 1, good: 0, bad: 0, needed };
  }
  if (level === "fair" || at.rung === VIDEO_LADDER.length - 1) return { ...at, good: 0, bad: 0 };
  const good = at.good + 1;
  return good < at.needed ? { ...at, good, bad: 0 } : { ...at, rung: at.rung + 1, good: 0, bad: 0 };
}
