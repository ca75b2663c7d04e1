import { store, type Store } from "../store";
import { type LocalMedia, localMedia, openMedia, type OpenDevices, stopMedia } from "./media";
import { Peer, type PeerOptions } from "./peer";
import {
  afterMessage,
  changed,
  NOBODY,
  type People,
  type Person,
  said,
  welcomed,
} from "./attendance";
import type { CallMessage, CallRole, Participant, Self, Welcome } from "./protocol";
import { CHAT_CHARACTERS_MAX } from "./protocol";
import { LinkMeter, type VideoLimit } from "./linkMeter";
import type { CallState, Link, Own, OverWhy } from "./callState";
import { type SignalState, Signaling, type Ticket } from "./signaling";

export interface CallOptions {
  readonly ticket: () => Promise<Ticket>;
  /** Whether to begin with microphone and camera on. */
  readonly begin?: { readonly audio: boolean; readonly video: boolean };
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** The rest stands in for the browser in tests. */
  readonly openDevices?: OpenDevices;
  readonly peer?: (options: PeerOptions) => Peer;
  readonly signaling?: (options: ConstructorParameters<typeof Signaling>[0]) => Signaling;
}

const STATISTICS_MILLISECONDS = 2_000;

/** One call from entering to leaving: our media, our seat, and a peer for each other person. */
export class Call {
  readonly state: Store<CallState> = store<CallState>({ kind: "idle" });
  readonly #options: CallOptions;
  readonly #signaling: Signaling;
  readonly #peers = new Map<number, Peer>();
  readonly #meter = new LinkMeter();
  #media: LocalMedia | undefined;
  #microphone: boolean;
  #camera: boolean;
  #self: Self | undefined;
  #people: People = NOBODY;
  #iceServers: readonly RTCIceServer[] = [];
  #statistics: ReturnType<typeof setInterval> | undefined;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#microphone = options.begin?.audio ?? true;
    this.#camera = options.begin?.video ?? true;
    const make = options.signaling ?? ((signalingOptions) => new Signaling(signalingOptions));
    this.#signaling = make({
      ticket: options.ticket,
      onWelcome: (welcome, fresh) => this.#welcome(welcome, fresh),
      onMessage: (message) => this.#message(message),
    });
    this.#signaling.state.watch((signal) => this.#signalChanged(signal));
  }

  /** Opens the devices and goes in. Media that cannot be had do not keep anybody out. */
  async enter(): Promise<void> {
    if (this.state.get().kind !== "idle") return;
    this.state.set({ kind: "preparing" });
    const media = await openMedia(
      { audio: this.#microphone, video: this.#camera },
      this.#options.openDevices,
    );
    if (this.state.get().kind !== "preparing") {
      stopMedia(media);
      return;
    }
    this.#media = media;
    this.#microphone &&= media.tracks.audio !== undefined;
    this.#camera &&= media.tracks.video !== undefined;
    this.state.set({ kind: "connecting", own: this.#own() });
    this.#signaling.start();
  }

  leave(): void {
    this.#signaling.leave();
    if (this.state.get().kind !== "over") this.#over("left");
  }

  /** Hosts: closes the call for everybody. */
  end(): void {
    this.#signaling.send({ type: "end" });
  }

  admit(seat: number): void {
    this.#signaling.send({ type: "admit", seat });
  }

  refuse(seat: number): void {
    this.#signaling.send({ type: "refuse", seat });
  }

  remove(seat: number): void {
    this.#signaling.send({ type: "remove", seat });
  }

  /** Hosts: makes somebody something else in the call. */
  setRole(seat: number, role: CallRole): void {
    this.#signaling.send({ type: "role", seat, body: { role } });
  }

  /** Hosts: gives one's own place as a host to somebody, and looks on. */
  handOver(seat: number): void {
    this.#signaling.send({ type: "hand-over", seat });
  }

  /** Hosts: switches somebody's microphone off. */
  mute(seat: number): void {
    const person = this.#person(seat);
    if (!person) return;
    this.#signaling.send({ type: "mute", to: seat, epoch: person.epoch, body: { audio: true } });
  }

  say(text: string): void {
    const line = text.trim().slice(0, CHAT_CHARACTERS_MAX);
    if (line === "") return;
    this.#signaling.send({ type: "chat", body: { text: line } });
    const name = this.#self?.name ?? "";
    this.#people = said(this.#people, { seat: 0, name, text: line, at: new Date().toISOString() });
    this.#show();
  }

  /** Connects to the server at once; the person has pressed "try again". */
  retryNow(): void {
    this.#signaling.retryNow();
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#microphone = on;
    const track = this.#media?.tracks.audio;
    if (track) track.enabled = on;
    else if (on) await this.#openDevice("audio");
    this.#tellMedia();
  }

  /** Off releases the camera, so that its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    this.#camera = on;
    const media = this.#media;
    if (on) await this.#openDevice("video");
    else if (media?.tracks.video) {
      media.tracks.video.stop();
      await this.#useMedia({
        ...localMedia(media.tracks.audio ? [media.tracks.audio] : []),
        audioTrouble: media.audioTrouble,
      });
    }
    this.#tellMedia();
  }

  async #openDevice(kind: "audio" | "video"): Promise<void> {
    const wanted = { audio: kind === "audio", video: kind === "video" };
    const opened = await openMedia(wanted, this.#options.openDevices);
    if (this.state.get().kind === "over") {
      stopMedia(opened);
      return;
    }
    const before = this.#media;
    const audio = opened.tracks.audio ?? before?.tracks.audio;
    const video = opened.tracks.video ?? before?.tracks.video;
    if (kind === "audio") this.#microphone = opened.tracks.audio !== undefined;
    else this.#camera = opened.tracks.video !== undefined;
    await this.#useMedia(
      localMedia(
        [audio, video].filter((track) => track !== undefined),
        kind === "audio" ? opened.audioTrouble : before?.audioTrouble,
        kind === "video" ? opened.videoTrouble : before?.videoTrouble,
      ),
    );
  }

  async #useMedia(media: LocalMedia): Promise<void> {
    this.#media = media;
    await Promise.all([...this.#peers.values()].map((peer) => peer.setTracks(media.tracks)));
  }

  #tellMedia(): void {
    if (this.#self?.state === "admitted") {
      const body = { audio: this.#microphone, video: this.#camera };
      this.#signaling.send({ type: "media", body });
    }
    this.#show();
  }

  // ---- from the server -------------------------------------------------------------------------

  #welcome(welcome: Welcome, fresh: boolean): void {
    this.#self = welcome.self;
    if (welcome.resumed) {
      this.#show();
      return;
    }
    if (fresh) this.#closePeers();
    if (welcome.self.state === "admitted") {
      this.#enterRoom(welcome.participants, welcome.waiting, welcome.iceServers, fresh);
      if (!fresh) {
        for (const { seat, present } of welcome.participants) {
          if (present) this.#peers.get(seat)?.repair();
        }
      }
    }
    this.#show();
  }

  #enterRoom(
    participants: readonly Participant[],
    waiting: readonly Participant[],
    iceServers: readonly RTCIceServer[],
    fresh: boolean,
  ): void {
    this.#iceServers = iceServers;
    const others = participants.filter(({ seat }) => seat !== this.#self?.seat);
    const before = this.#people;
    this.#people = welcomed(before, others, waiting, fresh);
    for (const [seat, peer] of this.#peers) {
      const now = this.#person(seat);
      const then = before.people.find((person) => person.seat === seat);
      if (!now || now.epoch !== then?.epoch) this.#closePeer(seat, peer);
    }
    for (const person of this.#people.people) {
      if (!this.#peers.has(person.seat)) this.#meet(person);
    }
    this.#statistics ??= setInterval(() => void this.#measure(), STATISTICS_MILLISECONDS);
    this.#tellMedia();
  }

  #message(message: CallMessage): void {
    switch (message.type) {
      case "description":
        this.#peers.get(message.from)?.receiveDescription(message.body);
        return;
      case "candidate":
        this.#peers.get(message.from)?.receiveCandidate(message.body);
        return;
      case "restart":
        this.#peers.get(message.from)?.receiveRestart(message.body);
        return;
      case "mute":
        if (message.body.audio) void this.setMicrophone(false);
        if (message.body.video) void this.setCamera(false);
        return;
      case "admitted":
        if (this.#self) this.#self = { ...this.#self, state: "admitted" };
        this.#enterRoom(message.participants, message.waiting, message.iceServers, true);
        break;
      case "role":
        if (message.seat === this.#self?.seat) this.#becomes(message.role, message.host);
        else this.#people = afterMessage(this.#people, message);
        break;
      default: {
        const before = this.#people;
        this.#people = afterMessage(before, message);
        this.#follow(before, message);
      }
    }
    this.#show();
  }

  /** Who is no host any more is told no longer who waits. */
  #becomes(role: CallRole, host: boolean): void {
    if (this.#self) this.#self = { ...this.#self, role, host };
    if (!host) this.#people = { ...this.#people, waiting: [] };
  }

  /** Keeps the peers in step with who is in the call. */
  #follow(before: People, message: CallMessage): void {
    if (message.type === "left") {
      const peer = this.#peers.get(message.seat);
      if (peer) this.#closePeer(message.seat, peer);
    } else if (message.type === "away") {
      this.#peers.get(message.seat)?.setReachable(false);
    } else if (message.type === "joined" || message.type === "back") {
      const { seat, epoch } = message.participant;
      const person = this.#person(seat);
      if (!person) return; // One who waits.
      const peer = this.#peers.get(seat);
      const then = before.people.find((each) => each.seat === seat);
      peer?.setReachable(true);
      if (peer && then?.epoch === epoch) return;
      if (peer) this.#closePeer(seat, peer);
      this.#meet(person);
    }
  }

  #meet({ seat, epoch }: Person): void {
    const { iceTransportPolicy, peer: make = (options: PeerOptions) => new Peer(options) } =
      this.#options;
    const peer = make({
      polite: (this.#self?.seat ?? 0) > seat,
      to: { seat, epoch },
      iceServers: this.#iceServers,
      ...(iceTransportPolicy ? { iceTransportPolicy } : {}),
      tracks: this.#media?.tracks ?? { audio: undefined, video: undefined },
      videoLimit: this.#videoLimit(),
      send: (message) => this.#signaling.send(message),
      onStream: (stream) => this.#change(seat, { stream }),
      onPath: (path) => this.#change(seat, { path }),
    });
    this.#peers.set(seat, peer);
  }

  #change(seat: number, change: Partial<Person>): void {
    this.#people = { ...this.#people, people: changed(this.#people.people, seat, change) };
    this.#show();
  }

  #closePeer(seat: number, peer: Peer): void {
    peer.close();
    this.#meter.forget(peer);
    this.#peers.delete(seat);
  }

  #closePeers(): void {
    for (const [seat, peer] of this.#peers) this.#closePeer(seat, peer);
  }

  #person(seat: number): Person | undefined {
    return this.#people.people.find((person) => person.seat === seat);
  }

  // ---- how the link does -----------------------------------------------------------------------

  async #measure(): Promise<void> {
    const change = await this.#meter.measure([...this.#peers.values()]);
    if (this.state.get().kind === "over") return;
    const { quality } = this.#meter;
    if (quality && change.level) {
      const { level, roundTripMs, lossPercent } = quality;
      this.#signaling.send({ type: "quality", body: { level, roundTripMs, lossPercent } });
    }
    if (change.rung) {
      const limit = this.#videoLimit();
      await Promise.all([...this.#peers.values()].map((peer) => peer.limitVideo(limit)));
    }
    this.#show();
  }

  #videoLimit(): VideoLimit {
    return this.#meter.videoLimit(this.#people.people.length);
  }

  // ---- what is shown ---------------------------------------------------------------------------

  #signalChanged(signal: SignalState): void {
    if (signal.kind === "over") {
      this.#over(signal.why, signal.detail);
      return;
    }
    for (const [seat, peer] of this.#peers) {
      peer.setReachable(signal.kind === "open" && this.#person(seat)?.present === true);
    }
    this.#show();
  }

  #over(why: OverWhy, detail?: string): void {
    clearInterval(this.#statistics);
    this.#closePeers();
    if (this.#media) stopMedia(this.#media);
    this.state.set(detail === undefined ? { kind: "over", why } : { kind: "over", why, detail });
  }

  #own(): Own {
    return {
      stream: this.#media?.stream,
      microphone: this.#microphone,
      camera: this.#camera,
      audioTrouble: this.#media?.audioTrouble,
      videoTrouble: this.#media?.videoTrouble,
    };
  }

  #show(): void {
    const shown = this.state.get().kind;
    if (shown === "over" || shown === "idle" || shown === "preparing") return;
    const own = this.#own();
    const self = this.#self;
    if (!self) {
      this.state.set({ kind: "connecting", own });
      return;
    }
    const signal = this.#signaling.state.get();
    const link: Link = signal.kind === "lost" ? signal : { kind: "open" };
    this.state.set(
      self.state === "waiting"
        ? { kind: "waiting", self, link, own }
        : {
            kind: "talking",
            self,
            link,
            own,
            quality: this.#meter.quality,
            bytes: this.#meter.bytes,
            ...this.#people,
          },
    );
  }
}
