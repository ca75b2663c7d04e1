import type { LinkLevel } from "./protocol";

/** A round trip as one part of the statistics tells it; `mark` changes with each new measurement. */
interface RoundTrip {
  readonly ms: number;
  readonly mark: number;
}

/** What is read from the statistics of one peer connection; counters grow over its life. */
export interface Figures {
  readonly atMilliseconds: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  /** Samples of sound that were played, and of them those that were invented though it was not silent. */
  readonly samples: number;
  readonly invented: number;
  readonly roundTrips: Readonly<Record<string, RoundTrip>>;
  /** What the other side reports of our packets, 0 to 1, with the time of that report. */
  readonly remoteLoss: { readonly part: number; readonly mark: number } | undefined;
  readonly estimateKilobits: number | undefined;
  /** All that went over the link, with the headers of its packets. */
  readonly wireBytes: number;
}

/** IPv4 and UDP. */
const HEADER_BYTES = 28;

type Entry = Record<string, number | string | boolean | undefined>;

const numberOf = (entry: Entry, name: string): number => Number(entry[name] ?? 0);

/** Sums up a report; what a browser leaves out counts as 0. */
export function figures(report: Iterable<readonly [string, unknown]>, now: number): Figures {
  const entries = [...report].map(([id, value]) => [id, value as Entry] as const);
  const of = (type: string): readonly (readonly [string, Entry])[] =>
    entries.filter(([, entry]) => entry["type"] === type);
  const sum = (type: string, ...names: string[]): number =>
    of(type).reduce(
      (total, [, entry]) => total + names.reduce((all, name) => all + numberOf(entry, name), 0),
      0,
    );
  const roundTrips: Record<string, RoundTrip> = {};
  let remoteLoss: Figures["remoteLoss"];
  for (const [id, entry] of of("remote-inbound-rtp")) {
    const mark = numberOf(entry, "timestamp");
    const part = entry["fractionLost"];
    if (typeof part === "number" && part >= (remoteLoss?.part ?? 0)) remoteLoss = { part, mark };
    // The voice is reported too rarely to be news.
    if (entry["kind"] === "video") addRoundTrip(roundTrips, id, entry["roundTripTime"], mark);
  }
  // Several pairs may be nominated, one of them is used; not every browser says which.
  const selected = of("transport").map(([, entry]) => entry["selectedCandidatePairId"]);
  const used = of("candidate-pair").filter(([id, entry]) =>
    selected.some((pair) => pair !== undefined)
      ? selected.includes(id)
      : entry["nominated"] === true,
  );
  let estimateKilobits: number | undefined;
  for (const [id, entry] of used) {
    const answers = numberOf(entry, "responsesReceived");
    addRoundTrip(roundTrips, id, entry["currentRoundTripTime"], answers);
    const estimate = entry["availableOutgoingBitrate"];
    if (typeof estimate === "number") estimateKilobits = estimate / 1000;
  }
  return {
    atMilliseconds: now,
    bytesReceived: sum("inbound-rtp", "bytesReceived"),
    bytesSent: sum("outbound-rtp", "bytesSent"),
    packetsReceived: sum("inbound-rtp", "packetsReceived"),
    packetsLost: sum("inbound-rtp", "packetsLost"),
    framesDecoded: sum("inbound-rtp", "framesDecoded"),
    samples: sum("inbound-rtp", "totalSamplesReceived"),
    invented: sum("inbound-rtp", "concealedSamples") - sum("inbound-rtp", "silentConcealedSamples"),
    roundTrips,
    remoteLoss,
    estimateKilobits,
    wireBytes:
      wire(of("transport").length > 0 ? of("transport") : of("candidate-pair")) ||
      sum("inbound-rtp", "bytesReceived", "headerBytesReceived") +
        sum("outbound-rtp", "bytesSent", "headerBytesSent"),
  };
}

function addRoundTrip(
  to: Record<string, RoundTrip>,
  id: string,
  seconds: Entry[string],
  mark: number,
): void {
  if (typeof seconds === "number") to[id] = { ms: Math.round(seconds * 1000), mark };
}

function wire(entries: readonly (readonly [string, Entry])[]): number {
  return entries.reduce(
    (total, [, entry]) =>
      total +
      numberOf(entry, "bytesSent") +
      numberOf(entry, "bytesReceived") +
      HEADER_BYTES * (numberOf(entry, "packetsSent") + numberOf(entry, "packetsReceived")),
    0,
  );
}

/** One step of time on one connection. */
export interface Step {
  readonly kilobitsPerSecondIn: number;
  readonly kilobitsPerSecondOut: number;
  /** Whether anything came: a dead path has no loss. */
  readonly silent: boolean;
  readonly seconds: number;
  readonly received: number;
  readonly lost: number;
  /** Only what was measured in this step. */
  readonly freshRoundTripMs: number | undefined;
  readonly freshRemoteLoss: number | undefined;
  readonly concealedPercent: number | undefined;
  readonly estimateKilobits: number | undefined;
  readonly wireBytes: number;
}

/** Above these a doctor hears it; measured on narrow links. */
export const FAIR = { roundTripMs: 400, lossPercent: 3 };
export const POOR = { roundTripMs: 1_200, lossPercent: 10 };

/** Less sound than this says nothing. */
const SAMPLES_MIN = 20_000;

export function step(before: Figures, after: Figures): Step {
  const seconds = Math.max(0.001, (after.atMilliseconds - before.atMilliseconds) / 1000);
  const grown = (of: (figures: Figures) => number): number => Math.max(0, of(after) - of(before));
  const received = grown(({ packetsReceived }) => packetsReceived);
  const lost = grown(({ packetsLost }) => packetsLost);
  const fresh = Object.entries(after.roundTrips)
    .filter(([id, { mark }]) => before.roundTrips[id]?.mark !== mark)
    .map(([, { ms }]) => ms);
  const samples = grown((figures) => figures.samples);
  const kilobits = (bytes: number): number => Math.round((bytes * 8) / 1000 / seconds);
  return {
    kilobitsPerSecondIn: kilobits(grown(({ bytesReceived }) => bytesReceived)),
    kilobitsPerSecondOut: kilobits(grown(({ bytesSent }) => bytesSent)),
    silent: received === 0,
    seconds,
    received,
    lost,
    freshRoundTripMs: fresh.length === 0 ? undefined : Math.max(...fresh),
    freshRemoteLoss:
      after.remoteLoss && after.remoteLoss.mark !== before.remoteLoss?.mark
        ? after.remoteLoss.part
        : undefined,
    concealedPercent:
      samples < SAMPLES_MIN ? undefined : (100 * grown(({ invented }) => invented)) / samples,
    estimateKilobits: after.estimateKilobits,
    wireBytes: grown(({ wireBytes }) => wireBytes),
  };
}

/** How a link does that has been so of late. */
export function levelOf(roundTripMs: number, lossPercent: number, silent: boolean): LinkLevel {
  if (silent || roundTripMs > POOR.roundTripMs || lossPercent > POOR.lossPercent) return "poor";
  if (roundTripMs > FAIR.roundTripMs || lossPercent > FAIR.lossPercent) return "fair";
  return "good";
}
