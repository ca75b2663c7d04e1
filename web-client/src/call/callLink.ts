import type { Person } from "./attendance";
import { allowMore, type DataUse, NO_DATA, standing, used } from "./dataUse";
import {
  advance,
  begin,
  lateMs,
  type Ladder,
  lossPercent,
  remember,
  slowStart,
  wish,
  type Why,
} from "./ladder";
import { LinkMeter } from "./linkMeter";
import { keepLink, keepWish, keptLink, keptWish, type LinkWish } from "./linkWish";
import type { Peer } from "./peer";
import type { Quality } from "./protocol";
import { levelOf } from "./quality";
import { higher, lower, type RungName, rungOf, voiceOn } from "./rungs";
import type { Sending, Tracks } from "./sending";
import { snapshots, type TakeSnapshot } from "./snapshot";
import { nextPace } from "./stills";

/** How our own link does and what of the call it carries, as the page shows it. */
export interface LinkState {
  /** Undefined while nobody else is connected. */
  readonly quality: Quality | undefined;
  readonly rung: RungName;
  readonly why: Why;
  readonly wish: LinkWish;
  readonly data: DataUse;
  /** The data that were allowed are used, and until the person says more only the voice is sent. */
  readonly saving: boolean;
}

/** What is left when the allowed data are used: the voice, as light as it can be understood well. */
const SAVING: RungName = "lean";
const LOST_SECONDS = 2;
const STILLS_AFTER_SECONDS = 4;
/** Descriptions and handshakes take so long only where a kilobyte takes long. */
const SLOW_START_MILLISECONDS = 4_000;
const SLOWEST_START_MILLISECONDS = 7_000;
/** Four packets: what one of them repeats of the one before comes in time. */
const KEEP_MILLISECONDS = 240;
/** Below this round trip a link is none of the thin ones. */
const FAR_MILLISECONDS = 400;

/** What the link carries, and so what each of the others is sent and asked for. */
export class CallLink {
  readonly #meter = new LinkMeter();
  readonly #take: TakeSnapshot & { stop?: () => void };
  #wish: LinkWish = keptWish();
  #ladder: Ladder = begin(this.#wish.highest, keptLink());
  #data: DataUse = { ...NO_DATA, allowedBytes: bytesOf(this.#wish) };
  #rates = { kilobitsPerSecondIn: 0, kilobitsPerSecondOut: 0 };
  #measured = false;
  /** The first way was found slowly: by the link or by the device, its round trip will tell. */
  #slow = false;
  /** Nothing is known of the link yet, from this call or an earlier one. */
  #unknown = keptLink() === undefined;
  /** For how long there was somebody to hear. */
  #seconds = 0;
  #pace: number | undefined;
  readonly #stillAt = new Map<Peer, number>();

  constructor(take?: TakeSnapshot) {
    this.#take = take ?? snapshots();
  }

  get state(): LinkState {
    const { rung, why } = this.#ladder;
    return {
      quality: this.quality,
      rung,
      why,
      wish: this.#wish,
      data: this.#data,
      saving: this.#saving,
    };
  }

  /** What others are told of our link, and the record of the call keeps. */
  get quality(): Quality | undefined {
    if (!this.#measured) return undefined;
    const { roundTripMs = 0, silent, rung } = this.#ladder;
    const lost = Math.round(10 * lossPercent(this.#ladder)) / 10;
    return {
      level: levelOf(roundTripMs, lost, silent >= LOST_SECONDS),
      roundTripMs: Math.round(roundTripMs),
      lossPercent: lost,
      ...this.#rates,
      rung,
      wants: this.wants,
    };
  }

  /** The highest that the others may send us. */
  get wants(): RungName {
    const { rung } = this.#ladder;
    return this.#wish.receiveVideo ? rung : lower(rung, "stills");
  }

  get #highest(): RungName {
    return this.#saving ? lower(this.#wish.highest, SAVING) : this.#wish.highest;
  }

  get #saving(): boolean {
    return standing(this.#data) === "over";
  }

  /** What one of the others is sent: what our link carries and theirs takes. */
  rungFor(person: Pick<Person, "wants">): RungName {
    return lower(this.#ladder.rung, person.wants ?? this.#ladder.rung);
  }

  sendingTo(person: Pick<Person, "wants">, tracks: Tracks, others: number): Sending {
    const rung = this.rungFor(person);
    const { video } = rungOf(rung);
    const voice = voiceOn(rung, this.#ladder.lossy);
    // What is not sent now is prepared for when it is.
    const limit = video ?? rungOf("small").video;
    const least = voiceOn("narrow", false);
    if (!limit || !least) throw new Error("the ladder has no such rung");
    return {
      tracks: { audio: voice && tracks.audio, video: video && tracks.video },
      voice: voice ?? least,
      keepMilliseconds: this.#ladder.lossy ? KEEP_MILLISECONDS : undefined,
      // The same picture is sent once to each.
      video: { ...limit, bitsPerSecond: Math.round(limit.bitsPerSecond / Math.max(1, others)) },
    };
  }

  /** The first way to somebody was found, after so long. */
  connected(afterMilliseconds: number): void {
    this.#slow = this.#seconds === 0 && afterMilliseconds > SLOW_START_MILLISECONDS;
    const way = afterMilliseconds > SLOWEST_START_MILLISECONDS ? "thinnest" : "thin";
    if (this.#slow) this.#ladder = slowStart(this.#ladder, way);
  }

  /** The first round trip tells whether a slow start was the device's, and a quick one the link's. */
  #judge(roundTripMs: number): void {
    const far = roundTripMs > FAR_MILLISECONDS;
    if (this.#slow && !far) this.#ladder = begin(this.#highest, keptLink());
    else if (this.#unknown && !this.#slow && far) this.#ladder = slowStart(this.#ladder, "far");
    this.#slow = false;
    this.#unknown = false;
  }

  /** One look at all links; true when something else is to be sent from now on. */
  async measure(others: readonly { readonly peer: Peer; readonly person: Person }[]): Promise<{
    readonly level: boolean;
    readonly rung: boolean;
  }> {
    const best = others.reduce<RungName>(
      (most, { person }) => higher(most, this.rungFor(person)),
      "text",
    );
    const before = { ...this.#ladder, level: this.quality?.level };
    const measurement = await this.#meter.measure(
      others.map(({ peer, person }) => ({
        peer,
        sends: person.media.audio || person.media.video,
        connected: person.path !== "connecting",
        used: this.rungFor(person),
        estimated: !voiceOn(this.rungFor(person), false)?.lean,
      })),
      best,
    );
    const { reading, wireBytes, ...rates } = measurement;
    this.#rates = rates;
    this.#measured = reading !== undefined;
    if (reading) {
      this.#seconds += reading.seconds;
      if (reading.roundTripMs !== undefined) this.#judge(reading.roundTripMs);
      this.#data = used(this.#data, wireBytes, reading.seconds);
      this.#ladder = advance(this.#ladder, reading, this.#highest);
    }
    return {
      level: this.quality?.level !== before.level,
      rung: this.#ladder.rung !== before.rung || this.#ladder.lossy !== before.lossy,
    };
  }

  /** Sends pictures by themselves to those who have no room for video. */
  async sendStills(
    others: readonly { readonly peer: Peer; readonly person: Person }[],
    camera: MediaStreamTrack | undefined,
    now = performance.now(),
  ): Promise<void> {
    // First the voice.
    if (this.#seconds < STILLS_AFTER_SECONDS) return;
    const late = lateMs(this.#ladder);
    let sends = false;
    for (const { peer, person } of others) {
      const plan = rungOf(this.rungFor(person)).stills;
      const channel = peer.stills;
      if (!plan || !channel) continue;
      sends = true;
      this.#pace = nextPace(this.#pace, plan, late);
      channel.pace = this.#pace;
      const since = now - (this.#stillAt.get(peer) ?? -Infinity);
      if (!camera || channel.busy || since < plan.everySeconds * 1000) continue;
      const picture = await this.#take(camera, plan);
      if (!picture) continue;
      this.#stillAt.set(peer, now);
      await channel.send(picture);
    }
    if (!sends) this.#pace = undefined;
    if (!sends || !camera) this.#take.stop?.();
  }

  setWish(now: LinkWish): void {
    if (now.megabytes !== this.#wish.megabytes) {
      this.#data = { ...this.#data, allowedBytes: bytesOf(now) };
    }
    this.#wish = now;
    keepWish(now);
    this.#ladder = wish(this.#ladder, this.#highest);
  }

  /** The person allows this call as much again. */
  allowMore(): void {
    this.#data = allowMore(this.#data, bytesOf(this.#wish) ?? 0);
    this.#ladder = wish(this.#ladder, this.#highest);
  }

  forget(peer: Peer): void {
    this.#meter.forget(peer);
    this.#stillAt.delete(peer);
  }

  /** The next call on this device begins with what this one has learned. */
  close(): void {
    this.#take.stop?.();
    const learned = remember(this.#ladder);
    // What the person has wished says nothing about the link.
    if (learned && this.#ladder.why !== "wished") keepLink(learned);
  }
}

function bytesOf({ megabytes }: LinkWish): number | undefined {
  return megabytes === undefined ? undefined : megabytes * 1_000_000;
}

/** What is asked of the person about their data; nothing while there is room. */
export function dataQuestion({ data }: LinkState): "ask" | "over" | undefined {
  const stands = standing(data);
  return stands === "free" ? undefined : stands;
}
