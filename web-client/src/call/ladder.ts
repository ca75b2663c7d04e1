import { above, below, isAbove, lower, RUNG_NAMES, type RungName, rungOf } from "./rungs";

/** What one look at the links to the others tells; of several links the worst. */
export interface Reading {
  /** Time since the look before. */
  readonly seconds: number;
  /** Undefined when none was measured in that time. */
  readonly roundTripMs: number | undefined;
  /** Packets that came in that time, and that should have. */
  readonly received: number;
  readonly lost: number;
  /** The part of our packets that the other side says is lost, 0 to 1; undefined without news. */
  readonly remoteLoss: number | undefined;
  /** How much of the sound that was played had to be invented, of 100; silence is not counted. */
  readonly concealedPercent: number | undefined;
  /** What the browser thinks that the link takes; undefined while it cannot know. */
  readonly estimateKilobits: number | undefined;
  /** Whether nothing at all has come. */
  readonly silent: boolean;
  /** What is really sent to the best of the others: their links and wishes count too. */
  readonly used: RungName;
}

/** Why the call stands where it stands. */
export type Why =
  /** Nobody knows the link yet, or it was so the last time. */
  | "start"
  /** The link has proved that it carries this. */
  | "proved"
  /** What is sent comes late, gets lost, or is more than the link takes. */
  | "slow"
  | "loss"
  | "narrow"
  /** Nothing came for some seconds. */
  | "lost"
  /** The person wants no more than this. */
  | "wished";

/** Where a call stands on the ladder, and what it has learned of the link. */
export interface Ladder {
  readonly rung: RungName;
  readonly why: Why;
  /** Packets get lost though the link is not full: the voice is repeated. */
  readonly lossy: boolean;
  /** The round trip of the link when nothing waits in it. */
  readonly baseMs: number | undefined;
  /** The last round trip that was measured. */
  readonly roundTripMs: number | undefined;
  /** It becomes shorter: the queue runs dry. */
  readonly drains: boolean;
  /** Packets lost and all packets, of late. */
  readonly lost: number;
  readonly packets: number;
  /** Invented sound of late, of 100. */
  readonly concealed: number;
  /** For how many seconds the link was bad, or good, without a break. */
  readonly bad: number;
  readonly good: number;
  readonly silent: number;
  /** After a change what is in the queue must first come out: seconds before the next fall. */
  readonly settle: number;
  /** Good seconds needed for the next rung; doubled by each climb that was a mistake. */
  readonly wait: number;
  /** Seconds since the last climb, while it may prove a mistake. */
  readonly trial: number | undefined;
  /** Nothing was tried yet, and nothing has failed. */
  readonly fresh: boolean;
  /** This link has carried a picture before. */
  readonly showed: boolean;
  /** What was really sent the last time. */
  readonly used: RungName;
  /** The round trip before the last fall: a fall that does not change it was not needed for it. */
  readonly fellAtMs: number | undefined;
}

/** What was known of the link when the last call over it ended. */
export interface Remembered {
  readonly rung: RungName;
  readonly baseMs: number;
}

/** A round trip below this on a link that nobody knows: not one of the slow ones. */
const QUICK_MS = 200;
/** So much more than the base is a queue that we make: by it a trial fails, and after a while any rung. */
const LATE_TRIAL_MS = 300;
const LATE_MS = 600;
const CALM_MS = 250;
/** Round trips differ by less than this anyway. */
const DRAINS_MS = 40;
const LOST_PERCENT_MAX = 15;
/** So much at once, or lasting where the voice is repeated already. */
const LOST_BADLY_PERCENT_MAX = 30;
const CONCEALED_PERCENT_MAX = 12;
/** Repeating begins and ends here. */
const LOSSY_PERCENT = { from: 2, until: 0.5 };
/** Fewer packets say nothing about loss. */
const PACKETS_MIN = 25;
/** The part of older packets, and of older sound, that still counts a second later. */
const FADING = { packets: 0.88, sound: 0.75 };

const BAD_SECONDS_MAX = 2;
/** The last voice is given up late: a bad one is better than none. */
const HOPELESS_SECONDS = 15;
const SILENT_SECONDS_MAX = 2;
const SETTLE_SECONDS = 3;
const TRIAL_SECONDS = 6;
/** A fall so soon after a climb says that the climb was a mistake. */
const PROVED_SECONDS = 20;
const WAIT_SECONDS = {
  first: 3,
  usual: 8,
  /** For a picture over a slow link, and over one that seems not to carry it. */
  slow: 10,
  doubtful: 12,
  hopeless: 30,
  lean: 15,
  longest: 120,
};

/** Where a call begins: the voice first; less than that only where less was known to be right. */
export function begin(highest: RungName, remembered?: Remembered): Ladder {
  // On a quick link it was the device that was busy.
  const slow = remembered !== undefined && remembered.baseMs > QUICK_MS;
  const rung = lower(slow ? lower(remembered.rung, "stills") : "stills", highest);
  return {
    rung,
    why: isAbove("stills", highest) ? "wished" : "start",
    lossy: false,
    baseMs: undefined,
    roundTripMs: undefined,
    drains: false,
    lost: 0,
    packets: 0,
    concealed: 0,
    bad: 0,
    good: 0,
    silent: 0,
    settle: 0,
    wait: rung === "stills" ? WAIT_SECONDS.first : WAIT_SECONDS.usual,
    trial: undefined,
    fresh: rung === "stills",
    showed: false,
    used: rung,
    fellAtMs: undefined,
  };
}

/**
 * The next step: down within three seconds, up slowly and as a trial. `highest`: what the person
 * allows.
 */
export function advance(at: Ladder, reading: Reading, highest: RungName): Ladder {
  const seen = learn(at, reading);
  if (isAbove(seen.rung, highest)) {
    return { ...seen, rung: highest, why: "wished", bad: 0, good: 0, trial: undefined };
  }
  // Nobody sends where only text is left.
  if (reading.silent && reading.used !== "text") return silence(seen, reading);
  const trouble = troubleOf(seen, reading);
  if (trouble) return suffer(seen, reading, trouble);
  if (seen.fresh && (seen.baseMs ?? Infinity) <= QUICK_MS) {
    return climb(seen, highest);
  }
  const good = isCalm(seen) ? seen.good + reading.seconds : 0;
  const proved = seen.trial !== undefined && seen.trial >= PROVED_SECONDS;
  const calm: Ladder = {
    ...seen,
    bad: 0,
    good,
    ...(proved
      ? { trial: undefined, wait: WAIT_SECONDS.usual, showed: isAbove(seen.used, "stills") }
      : {}),
  };
  return good >= waitOf(calm, reading) ? climb(calm, highest) : calm;
}

/**
 * The first word of a link is that each thing takes long on it: the voice alone, as light as it is
 * good. On a `thin` way the descriptions alone took long, so that little more will fit; on the
 * `thinnest` not even that.
 */
export function slowStart(at: Ladder, way: "far" | "thin" | "thinnest"): Ladder {
  const wait = way === "far" ? WAIT_SECONDS.usual : WAIT_SECONDS.hopeless;
  return { ...at, rung: lower(at.rung, way === "thinnest" ? "thin" : "lean"), wait, fresh: false };
}

/** The person allows more or less than before. */
export function wish(at: Ladder, highest: RungName): Ladder {
  if (isAbove(at.rung, highest)) return { ...at, rung: highest, why: "wished", trial: undefined };
  return at.why === "wished" ? { ...at, why: "start" } : at;
}

/** What to begin the next call with. */
export function remember(at: Ladder): Remembered | undefined {
  return at.baseMs === undefined ? undefined : { rung: at.rung, baseMs: Math.round(at.baseMs) };
}

export function lossPercent({ lost, packets }: Pick<Ladder, "lost" | "packets">): number {
  return packets < PACKETS_MIN ? 0 : (100 * lost) / packets;
}

/** By how much the round trip is longer than the link's own; 0 while that is not known. */
export function lateMs({ roundTripMs, baseMs }: Ladder): number {
  return roundTripMs === undefined || baseMs === undefined ? 0 : roundTripMs - baseMs;
}

function learn(at: Ladder, reading: Reading): Ladder {
  const { seconds, received, lost } = reading;
  const fading = FADING.packets ** seconds;
  // A report of the other side is about some seconds of our packets: as many as about a second's.
  const told = reading.remoteLoss === undefined ? 0 : Math.max(received, 15);
  const lostNow = lost + told * (reading.remoteLoss ?? 0);
  const roundTripMs = reading.roundTripMs ?? at.roundTripMs;
  const next = {
    ...at,
    roundTripMs,
    drains:
      reading.roundTripMs === undefined
        ? at.drains
        : at.roundTripMs !== undefined && reading.roundTripMs < at.roundTripMs - DRAINS_MS,
    baseMs: least(at.baseMs, reading.roundTripMs),
    lost: at.lost * fading + lostNow,
    packets: at.packets * fading + received + lost + told,
    concealed:
      at.concealed * FADING.sound + (1 - FADING.sound) * (reading.concealedPercent ?? at.concealed),
    silent: reading.silent ? at.silent + seconds : 0,
    settle: Math.max(0, at.settle - seconds),
    trial: at.trial === undefined ? undefined : at.trial + seconds,
    used: reading.used,
    // What the other side has allowed only now is tried only now.
    ...(isAbove(reading.used, at.used) ? { trial: 0, good: 0 } : {}),
  };
  return { ...rebase(next), lossy: isLossy(next) };
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}

/** A round trip that a fall has not changed, and without loss, is the way itself: it has become longer. */
function rebase(at: Ladder): Ladder {
  const { fellAtMs, roundTripMs } = at;
  if (fellAtMs === undefined || at.settle > 0) return at;
  if (roundTripMs === undefined || lateMs(at) <= LATE_MS) return { ...at, fellAtMs: undefined };
  const same = roundTripMs > 0.8 * fellAtMs && lossPercent(at) < 5;
  return { ...at, fellAtMs: undefined, ...(same ? { baseMs: roundTripMs } : {}) };
}

function isLossy(at: Ladder): boolean {
  const percent = lossPercent(at);
  // A full queue loses packets too, and more of them then would make it worse.
  if (lateMs(at) > LATE_TRIAL_MS) return at.lossy && percent > LOSSY_PERCENT.from;
  return percent > (at.lossy ? LOSSY_PERCENT.until : LOSSY_PERCENT.from);
}

/** Nothing comes: more would only be lost, and fill the queue that is there afterwards. */
function silence(at: Ladder, reading: Reading): Ladder {
  const still = { ...at, bad: 0, good: 0 };
  if (at.silent < SILENT_SECONDS_MAX || !isAbove(at.rung, "stills")) return still;
  return {
    ...still,
    rung: "stills",
    why: "lost",
    trial: undefined,
    settle: SETTLE_SECONDS,
    wait: WAIT_SECONDS.first + reading.seconds,
  };
}

function troubleOf(at: Ladder, reading: Reading): Why | undefined {
  const { used } = at;
  const trying = at.trial !== undefined && at.trial <= TRIAL_SECONDS;
  const { floorKilobits } = rungOf(used);
  const { estimateKilobits, received, lost } = reading;
  const patience = trying ? 1 / 3 : 1;
  // While little is sent the browser cannot know of more.
  if (!trying && estimateKilobits !== undefined && estimateKilobits < floorKilobits) {
    return "narrow";
  }
  if (!at.drains && lateMs(at) > (trying ? LATE_TRIAL_MS : LATE_MS)) return "slow";
  const atOnce = received + lost >= 10 ? (100 * lost) / (received + lost) : 0;
  // Below this less is no help any more, unless the link is full: repeating is.
  const repeats = !isAbove(used, "lean");
  // The rungs below cannot repeat it at all: only a queue of our own is cured by sending less.
  if (used === "lean" && lateMs(at) <= LATE_TRIAL_MS) return undefined;
  const most = repeats ? LOST_BADLY_PERCENT_MAX : LOST_PERCENT_MAX;
  if (atOnce > LOST_BADLY_PERCENT_MAX * patience && !at.lossy) return "loss";
  if (atOnce > LOST_BADLY_PERCENT_MAX || lossPercent(at) > most) return "loss";
  return !repeats && at.concealed > CONCEALED_PERCENT_MAX ? "loss" : undefined;
}

function suffer(at: Ladder, reading: Reading, why: Why): Ladder {
  const bad = at.bad + reading.seconds;
  const last = lower(at.rung, at.used) === "narrow";
  const patience = last ? HOPELESS_SECONDS : at.trial === undefined ? BAD_SECONDS_MAX : 1;
  const still = { ...at, bad, good: 0, fresh: false };
  const settling = why === "slow" && at.settle > 0;
  if (bad < patience || settling || below(at.rung) === undefined) return still;
  const rung = fallenTo(at, reading);
  const mistaken = at.trial !== undefined;
  return {
    ...still,
    rung,
    why,
    bad: 0,
    settle: SETTLE_SECONDS,
    trial: undefined,
    wait: mistaken ? Math.min(WAIT_SECONDS.longest, at.wait * 2) : WAIT_SECONDS.usual,
    fellAtMs: at.roundTripMs,
    lost: 0,
    packets: 0,
    concealed: 0,
  };
}

/** One rung; from a picture at once to the voice when the voice is in danger. */
function fallenTo(at: Ladder, reading: Reading): RungName {
  const from = lower(at.rung, at.used);
  const next = below(from) ?? from;
  const { estimateKilobits } = reading;
  const fits =
    estimateKilobits === undefined || isAbove("stills", from)
      ? next
      : ([...RUNG_NAMES]
          .reverse()
          .find((name) => rungOf(name).kilobits <= estimateKilobits * 1.2) ?? "text");
  // A climb that failed is taken back; on a slow link what fails otherwise fails late already.
  const danger =
    lateMs(at) > 2 * LATE_MS ||
    lossPercent(at) > LOST_PERCENT_MAX ||
    (at.trial === undefined && (at.baseMs ?? 0) > QUICK_MS);
  const target = lower(next, fits);
  // The text alone is for links that carry no voice at all, which an estimate cannot know.
  const atLeast: RungName = from === "narrow" ? "text" : "narrow";
  const voice = danger ? lower(target, "stills") : target;
  return isAbove(atLeast, voice) ? lower(atLeast, next) : voice;
}

function isCalm(at: Ladder): boolean {
  // A link of which nothing comes back is not calm; what the other side does not take proves nothing.
  const known = at.baseMs !== undefined && !isAbove(at.rung, at.used);
  return known && lateMs(at) <= CALM_MS && lossPercent(at) < LOST_PERCENT_MAX;
}

function waitOf(at: Ladder, { estimateKilobits }: Reading): number {
  const next = above(at.rung);
  if (next === undefined) return Infinity;
  // Only from there on the voice can be repeated.
  if (next === "lean" && at.lossy) return at.wait / 4;
  if (isAbove("stills", at.rung)) return Math.max(at.wait, WAIT_SECONDS.lean);
  const slow = (at.baseMs ?? 0) > QUICK_MS;
  const least = at.rung === "stills" && slow ? WAIT_SECONDS.slow : 0;
  const enough = estimateKilobits === undefined || estimateKilobits >= rungOf(next).floorKilobits;
  if (enough) return Math.max(at.wait, least);
  // The browser knows little while little is sent; a link that carried a picture may do so again.
  return Math.max(at.wait, at.showed || !slow ? WAIT_SECONDS.doubtful : WAIT_SECONDS.hopeless);
}

function climb(at: Ladder, highest: RungName): Ladder {
  const next = above(at.rung);
  if (next === undefined || isAbove(next, highest)) return { ...at, good: 0 };
  return { ...at, rung: next, why: "proved", good: 0, bad: 0, trial: 0, fresh: false };
}
