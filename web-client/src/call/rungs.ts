import type { VideoLimit } from "./sending";

/** How the voice is coded; measured on bad links (docs/performance.md). */
export interface VoiceProfile {
  readonly bitsPerSecond: number;
  /** Time in one packet: at 20 ms the headers of a packet cost more than the voice in it. */
  readonly packetMilliseconds: number;
  /** Without header extensions and feedback: a third less on the wire, and no estimate of the link. */
  readonly lean: boolean;
  /** Each packet repeats the one before (RFC 2198): the cure for loss at long round trips. */
  readonly redundant: boolean;
  /** Telephone band: what is left when nothing else gets through. */
  readonly narrow: boolean;
}

/** Pictures of the camera sent one by one, beside a voice that leaves no room for video. */
export interface StillPlan {
  readonly everySeconds: number;
  /** Longer side in points. */
  readonly points: number;
  /** What one picture may weigh. */
  readonly bytesMax: number;
  /** The fastest that it is sent, so that the voice is not kept waiting behind it. */
  readonly bitsPerSecondMax: number;
}

/** From the least to the most that a call sends; the order is the ladder's. */
export const RUNG_NAMES = [
  "text",
  "narrow",
  "thin",
  "lean",
  "stills",
  "small",
  "video",
  "clear",
] as const;

export type RungName = (typeof RUNG_NAMES)[number];

/** What is sent on one rung. */
export interface Rung {
  readonly name: RungName;
  readonly voice: VoiceProfile | undefined;
  readonly video: VideoLimit | undefined;
  readonly stills: StillPlan | undefined;
  /** What it needs of a link each way while somebody talks, headers included, in kbit/s. */
  readonly kilobits: number;
  /** An estimate of the browser below this says that the link does not carry it, in kbit/s. */
  readonly floorKilobits: number;
}

const voice = (
  bitsPerSecond: number,
  packetMilliseconds: number,
  change: Partial<VoiceProfile> = {},
): VoiceProfile => ({
  bitsPerSecond,
  packetMilliseconds,
  lean: false,
  redundant: false,
  narrow: false,
  ...change,
});

const RUNGS: Readonly<Record<RungName, Rung>> = {
  text: {
    name: "text",
    voice: undefined,
    video: undefined,
    stills: { everySeconds: 30, points: 240, bytesMax: 3_000, bitsPerSecondMax: 2_000 },
    kilobits: 0,
    floorKilobits: 0,
  },
  narrow: {
    name: "narrow",
    voice: voice(6_000, 120, { lean: true, narrow: true }),
    video: undefined,
    stills: undefined,
    kilobits: 10,
    floorKilobits: 0,
  },
  thin: {
    name: "thin",
    voice: voice(10_000, 120, { lean: true }),
    video: undefined,
    stills: { everySeconds: 20, points: 240, bytesMax: 3_000, bitsPerSecondMax: 2_000 },
    kilobits: 16,
    floorKilobits: 0,
  },
  lean: {
    name: "lean",
    voice: voice(10_000, 60, { lean: true }),
    video: undefined,
    stills: { everySeconds: 8, points: 320, bytesMax: 4_000, bitsPerSecondMax: 6_000 },
    kilobits: 20,
    floorKilobits: 0,
  },
  stills: {
    name: "stills",
    voice: voice(16_000, 60),
    video: undefined,
    stills: { everySeconds: 5, points: 320, bytesMax: 6_000, bitsPerSecondMax: 12_000 },
    kilobits: 40,
    floorKilobits: 30,
  },
  small: {
    name: "small",
    voice: voice(16_000, 60),
    video: { bitsPerSecond: 60_000, framesPerSecond: 8, scaleDownBy: 2 },
    stills: undefined,
    kilobits: 96,
    floorKilobits: 50,
  },
  video: {
    name: "video",
    voice: voice(24_000, 40),
    video: { bitsPerSecond: 250_000, framesPerSecond: 15, scaleDownBy: 1.5 },
    stills: undefined,
    kilobits: 150,
    floorKilobits: 70,
  },
  clear: {
    name: "clear",
    voice: voice(24_000, 40),
    video: { bitsPerSecond: 900_000, framesPerSecond: 24, scaleDownBy: 1 },
    stills: undefined,
    kilobits: 450,
    floorKilobits: 120,
  },
};

export function rungOf(name: RungName): Rung {
  return RUNGS[name];
}

export function isRungName(name: unknown): name is RungName {
  return RUNG_NAMES.includes(name as RungName);
}

export function isAbove(one: RungName, other: RungName): boolean {
  return RUNG_NAMES.indexOf(one) > RUNG_NAMES.indexOf(other);
}

export function lower(one: RungName, other: RungName): RungName {
  return isAbove(one, other) ? other : one;
}

export function higher(one: RungName, other: RungName): RungName {
  return isAbove(one, other) ? one : other;
}

/** The next rung up; undefined at the top. */
export function above(name: RungName): RungName | undefined {
  return RUNG_NAMES[RUNG_NAMES.indexOf(name) + 1];
}

/** The next rung down; undefined at the bottom. */
export function below(name: RungName): RungName | undefined {
  return RUNG_NAMES[RUNG_NAMES.indexOf(name) - 1];
}

/** The voice of a rung, repeated when packets get lost and the rung has room for it. */
export function voiceOn(rung: RungName, lossy: boolean): VoiceProfile | undefined {
  const { voice: profile } = RUNGS[rung];
  if (!profile || !lossy || profile.packetMilliseconds > 60) return profile;
  // Twice the voice fits on no rung without a picture: it is coded smaller there.
  const bitsPerSecond = Math.min(profile.bitsPerSecond, RUNGS[rung].video ? 16_000 : 10_000);
  return { ...profile, bitsPerSecond, redundant: true };
}

export function sameVoice(one: VoiceProfile | undefined, other: VoiceProfile | undefined): boolean {
  return (
    one === other ||
    (one !== undefined &&
      other !== undefined &&
      one.bitsPerSecond === other.bitsPerSecond &&
      one.packetMilliseconds === other.packetMilliseconds &&
      one.lean === other.lean &&
      one.redundant === other.redundant &&
      one.narrow === other.narrow)
  );
}
