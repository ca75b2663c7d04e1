import type { Reading } from "./ladder";
import type { Peer } from "./peer";
import { type Figures, figures, type Step, step } from "./quality";
import type { RungName } from "./rungs";

/** One of the others, with what is needed to judge the link to them. */
export interface Measured {
  readonly peer: Pick<Peer, "getStats">;
  /** Whether they send anything: then silence means something. */
  readonly sends: boolean;
  readonly connected: boolean;
  /** What they are sent. */
  readonly used: RungName;
  /** Whether the browser's estimate of the link is kept up now. */
  readonly estimated: boolean;
}

interface Known {
  readonly figures: Figures;
  readonly leastMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** All links in one step. */
export interface Measurement {
  readonly reading: Reading | undefined;
  readonly kilobitsPerSecondIn: number;
  readonly kilobitsPerSecondOut: number;
  readonly wireBytes: number;
}

/** Measures the links to the others. Ours is part of each of them, so the best of them tells of it. */
export class LinkMeter {
  readonly #known = new Map<Measured["peer"], Known>();

  async measure(others: readonly Measured[], used: RungName): Promise<Measurement> {
    const steps: { readonly of: Measured; readonly step: Step; readonly known: Known }[] = [];
    for (const each of others) {
      const report = await each.peer.getStats().catch(() => undefined);
      if (!report) continue;
      const now = figures(report as unknown as Iterable<[string, unknown]>, performance.now());
      const before = this.#known.get(each.peer);
      // A connection that is new, or was made anew, counts from the beginning.
      const anew = !before || now.bytesReceived < before.figures.bytesReceived;
      const seen = step(anew ? { ...now, roundTrips: {} } : before.figures, now);
      const one = anew ? { ...seen, silent: false } : seen;
      const known = {
        figures: now,
        lastMs: one.freshRoundTripMs ?? before?.lastMs,
        leastMs: Math.min(before?.leastMs ?? Infinity, one.freshRoundTripMs ?? Infinity),
      };
      this.#known.set(each.peer, known);
      steps.push({ of: each, step: one, known });
    }
    const sum = (of: (step: Step) => number): number =>
      steps.reduce((total, each) => total + of(each.step), 0);
    return {
      reading: readingOf(
        steps.filter(({ of }) => of.connected),
        used,
      ),
      kilobitsPerSecondIn: sum((each) => each.kilobitsPerSecondIn),
      kilobitsPerSecondOut: sum((each) => each.kilobitsPerSecondOut),
      wireBytes: sum((each) => each.wireBytes),
    };
  }

  forget(peer: Measured["peer"]): void {
    this.#known.delete(peer);
  }
}

function readingOf(
  steps: readonly { readonly of: Measured; readonly step: Step; readonly known: Known }[],
  used: RungName,
): Reading | undefined {
  const late = ({ lastMs, leastMs }: Known): number => (lastMs ?? 0) - (leastMs ?? 0);
  const lostPart = ({ received, lost }: Step): number => lost / Math.max(1, received + lost);
  const trouble = (each: (typeof steps)[number]): number =>
    (each.step.silent ? 1_000 : 0) + late(each.known) + 1_000 * lostPart(each.step);
  const [best] = [...steps].sort((a, b) => trouble(a) - trouble(b));
  if (!best) return undefined;
  const { step: seen, known } = best;
  const least = Math.min(...steps.map(({ known: { leastMs } }) => leastMs ?? Infinity));
  return {
    seconds: seen.seconds,
    roundTripMs: seen.freshRoundTripMs === undefined ? undefined : least + late(known),
    received: seen.received,
    lost: seen.lost,
    remoteLoss: seen.freshRemoteLoss,
    concealedPercent: seen.concealedPercent,
    estimateKilobits: best.of.estimated ? seen.estimateKilobits : undefined,
    silent: steps.every((each) => each.of.sends && each.step.silent),
    used,
  };
}
