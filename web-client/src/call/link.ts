import type { LinkLevel } from "./protocol";

/** What a first look at the link says; `none` when the server did not answer. */
export type FirstLook = LinkLevel | "none";

/** A small file that needs no session. */
const PROBE = "/icon.svg";
const PROBES = 3;
const PROBE_MILLISECONDS_MAX = 6_000;

/** Above these round trips, or below these rates, a call feels it. */
const FAIR = { roundTripMs: 500, megabits: 0.3 };
const POOR = { roundTripMs: 1_500, megabits: 0.1 };

/** One plain judgement from round trips and, where the browser tells it, its own estimate. */
export function judge(roundTrips: readonly number[], megabits: number | undefined): FirstLook {
  if (roundTrips.length === 0) return "none";
  const best = Math.min(...roundTrips);
  const rate = megabits ?? Infinity;
  if (best > POOR.roundTripMs || rate < POOR.megabits) return "poor";
  if (best > FAIR.roundTripMs || rate < FAIR.megabits) return "fair";
  return "good";
}

/** Asks the server a few times; costs about a kilobyte. */
export async function lookAtLink(gone?: AbortSignal): Promise<FirstLook> {
  const roundTrips: number[] = [];
  for (let probe = 0; probe < PROBES && !gone?.aborted; probe++) {
    const took = await roundTrip(gone);
    if (took !== undefined) roundTrips.push(took);
  }
  const { connection } = navigator as { connection?: { downlink?: number } };
  return judge(roundTrips, connection?.downlink);
}

async function roundTrip(gone: AbortSignal | undefined): Promise<number | undefined> {
  const abort = new AbortController();
  gone?.addEventListener("abort", () => abort.abort());
  const timer = setTimeout(() => abort.abort(), PROBE_MILLISECONDS_MAX);
  const begun = performance.now();
  try {
    const answer = await fetch(PROBE, { cache: "no-store", signal: abort.signal });
    await answer.arrayBuffer();
    return performance.now() - begun;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
