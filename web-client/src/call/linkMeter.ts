import type { Peer } from "./peer";
import type { Quality } from "./protocol";
import {
  climb,
  FIRST_RUNG,
  type Figures,
  figures,
  type Rung,
  type Step,
  step,
  VIDEO_LADDER,
  worst,
} from "./quality";

export type VideoLimit = (typeof VIDEO_LADDER)[number];

/** Measures the links to the others, and says how much picture they carry. */
export class LinkMeter {
  readonly #figures = new Map<Peer, Figures>();
  #rung: Rung = FIRST_RUNG;
  #quality: Step | undefined;
  #bytes = 0;
  #rate = { kilobitsPerSecondIn: 0, kilobitsPerSecondOut: 0 };

  /** How our own link does; undefined while nobody else is connected. */
  get quality(): Step | undefined {
    return this.#quality;
  }

  /** What others are told of our link, and the record of the call keeps. */
  get report(): Quality | undefined {
    const { quality } = this;
    if (!quality) return undefined;
    const { level, roundTripMs, lossPercent } = quality;
    return { level, roundTripMs, lossPercent, ...this.#rate };
  }

  /** Media bytes so far, both ways. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Compares with the last time; answers what has changed. */
  async measure(peers: readonly Peer[]): Promise<{ level: boolean; rung: boolean }> {
    const steps: Step[] = [];
    for (const peer of peers) {
      const report = await peer.getStats().catch(() => undefined);
      if (!report) continue;
      const now = figures(report as unknown as Iterable<[string, unknown]>, performance.now());
      const before = this.#figures.get(peer);
      this.#figures.set(peer, now);
      if (!before || now.bytesReceived < before.bytesReceived) continue;
      this.#bytes += now.bytesReceived - before.bytesReceived + now.bytesSent - before.bytesSent;
      if (now.packetsReceived > 0) steps.push(step(before, now));
    }
    this.#rate = {
      kilobitsPerSecondIn: sum(steps, (each) => each.kilobitsPerSecondIn),
      kilobitsPerSecondOut: sum(steps, (each) => each.kilobitsPerSecondOut),
    };
    const level = this.#quality?.level;
    const { rung } = this.#rung;
    this.#quality = worst(steps);
    if (!this.#quality) return { level: level !== undefined, rung: false };
    this.#rung = climb(this.#rung, this.#quality.level);
    return { level: this.#quality.level !== level, rung: this.#rung.rung !== rung };
  }

  forget(peer: Peer): void {
    this.#figures.delete(peer);
  }

  /** The rung's limit, shared among the others: the same picture is sent once to each. */
  videoLimit(others: number): VideoLimit {
    const limit = VIDEO_LADDER[this.#rung.rung] ?? VIDEO_LADDER[0];
    if (!limit) throw new Error("the ladder has no rung");
    return { ...limit, bitsPerSecond: Math.round(limit.bitsPerSecond / Math.max(1, others)) };
  }
}

function sum(steps: readonly Step[], of: (step: Step) => number): number {
  return steps.reduce((total, step) => total + of(step), 0);
}
