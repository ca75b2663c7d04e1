import { store, type Store } from "../store";
import { CallLink } from "./callLink";
import { compareWords } from "./compareWords";
import {
  afterMessage,
  changed,
  NOBODY,
  type People,
  type Person,
  said,
  welcomed,
} from "./attendance";
import type { CallState, Link, Own, OverWhy } from "./callState";
import type { OpenDevices } from "./media";
import { Mesh, type MeshSetting } from "./mesh";
import { OwnMedia } from "./ownMedia";
import { canUnpack } from "./packing";
import type { Peer, PeerOptions } from "./peer";
import { maySendPicture } from "./pictures";
import {
  CHAT_CHARACTERS_MAX,
  type CallMessage,
  type CallRole,
  type Participant,
  type Self,
  type Welcome,
} from "./protocol";
import { Receipts } from "./receipts";
import type { LinkWish } from "./linkWish";
import { type RungName, rungOf } from "./rungs";
import type { Sending, Tracks } from "./sending";
import { type SignalState, Signaling, type Ticket } from "./signaling";

export interface CallOptions {
  readonly ticket: () => Promise<Ticket>;
  /** Whether to begin with microphone and camera on. */
  readonly begin?: { readonly audio: boolean; readonly video: boolean };
  /** Through the relay only, so that the others do not learn our network address. */
  readonly hideAddress?: boolean;
  /** The rest stands in for the browser in tests. */
  readonly openDevices?: OpenDevices;
  readonly peer?: (options: PeerOptions) => Peer;
  readonly link?: CallLink;
  readonly signaling?: (options: ConstructorParameters<typeof Signaling>[0]) => Signaling;
}

const STATISTICS_MILLISECONDS = 1_000;
/** How the link does is told when it changes, and so often for the record of the call. */
const REPORT_MILLISECONDS = 30_000;
/** A level that comes and goes is told no more often than this. */
const LEVEL_MILLISECONDS = 5_000;

/** One call from entering to leaving: our media, our seat, and a peer for each other person. */
export class Call {
  readonly state: Store<CallState> = store<CallState>({ kind: "idle" });
  readonly #hideAddress: boolean;
  readonly #signaling: Signaling;
  readonly #media: OwnMedia;
  readonly #mesh: Mesh;
  readonly #link: CallLink;
  readonly #receipts = new Receipts();
  #self: Self | undefined;
  #people: People = NOBODY;
  #iceServers: readonly RTCIceServer[] = [];
  /** The camera is on, and there are pictures enough without ours. */
  #pictureWaits = false;
  #call = "";
  #reportedAt = 0;
  #measuring = false;
  #levelUntold = false;
  #statistics: ReturnType<typeof setInterval> | undefined;

  constructor(options: CallOptions) {
    this.#hideAddress = options.hideAddress ?? false;
    this.#link = options.link ?? new CallLink();
    this.#media = new OwnMedia(
      options.begin ?? { audio: true, video: true },
      options.openDevices,
      () => this.#send(),
    );
    const make = options.signaling ?? ((signalingOptions) => new Signaling(signalingOptions));
    this.#signaling = make({
      ticket: options.ticket,
      onWelcome: (welcome, fresh) => this.#welcome(welcome, fresh),
      onMessage: (message) => this.#message(message),
      onIceServers: (iceServers) => this.#renewIceServers(iceServers),
    });
    this.#mesh = new Mesh({
      send: (message) => this.#signaling.send(message),
      onChange: (seat, change) => {
        this.#people = { ...this.#people, people: changed(this.#people.people, seat, change) };
        if (change.path === "connected") this.#connected(seat);
        if (change.path === "interrupted") this.#signaling.ask();
        this.#show();
      },
      onGone: (peer) => this.#link.forget(peer),
      make: options.peer,
    });
    this.#signaling.state.watch((signal) => this.#signalChanged(signal));
  }

  /** Opens the devices and goes in. Media that cannot be had do not keep anybody out. */
  async enter(): Promise<void> {
    if (this.state.get().kind !== "idle") return;
    this.state.set({ kind: "preparing" });
    await this.#media.begin();
    if (this.state.get().kind !== "preparing") return;
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
    await this.#media.setMicrophone(on);
    this.#tellMedia();
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#media.setCamera(on);
    await this.#settlePictures();
    this.#tellMedia();
  }

  #tellMedia(): void {
    if (this.#self?.state === "admitted") {
      const { microphone, camera } = this.#media;
      const video = rungOf(this.#link.state.rung).video !== undefined;
      const body = {
        audio: microphone,
        video: camera && video && !this.#pictureWaits,
        ...(canUnpack() ? { packs: true } : {}),
      };
      this.#signaling.send({ type: "media", body });
    }
    this.#show();
  }

  #tracks(): Tracks {
    const { audio, video } = this.#media.tracks;
    return { audio, video: this.#pictureWaits ? undefined : video };
  }

  /** Everybody gets what our link carries and theirs takes. */
  #send(): Promise<void> {
    return this.#mesh.send(this.#people.people, (person) => this.#sendingTo(person));
  }

  #sendingTo(person: Person): Sending {
    return this.#link.sendingTo(person, this.#tracks(), this.#people.people.length);
  }

  /** Whether our picture is sent depends on whose else are. True if that has changed. */
  async #settlePictures(): Promise<boolean> {
    const self = this.#self;
    const waits =
      self !== undefined && this.#media.camera && !maySendPicture(self, this.#people.people);
    if (waits === this.#pictureWaits) return false;
    this.#pictureWaits = waits;
    await this.#send();
    return true;
  }

  // ---- from the server -------------------------------------------------------------------------

  #welcome(welcome: Welcome, fresh: boolean): void {
    this.#self = welcome.self;
    this.#call = welcome.call;
    if (!fresh && welcome.self.state === "admitted") this.#renewIceServers(welcome.iceServers);
    if (welcome.resumed) {
      this.#show();
      return;
    }
    if (fresh) {
      this.#mesh.close();
      this.#receipts.clear();
    }
    if (welcome.self.state === "admitted") {
      const present = (seat: number): boolean =>
        welcome.participants.some((each) => each.seat === seat && each.present);
      this.#mesh.repair(present, welcome.restored ? "both" : "us");
      this.#enterRoom(welcome.participants, welcome.waiting, welcome.iceServers, fresh);
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
    this.#people = welcomed(this.#people, others, waiting, fresh);
    void this.#settlePictures();
    this.#follow();
    this.#statistics ??= setInterval(() => void this.#measure(), STATISTICS_MILLISECONDS);
    this.#tellMedia();
  }

  #message(message: CallMessage): void {
    if (this.state.get().kind === "over") return;
    if ("sent" in message) {
      const epoch = this.#person(message.from)?.epoch ?? 0;
      if (!this.#receipts.isNew(message.from, epoch, message.sent)) return;
    }
    if (this.#mesh.receive(message)) return;
    switch (message.type) {
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
      default:
        this.#people = afterMessage(this.#people, message);
        this.#follow();
    }
    if (message.type === "quality") void this.#send();
    void this.#settlePictures().then((changed) => changed && this.#tellMedia());
    this.#show();
  }

  /** Who is no host any more is told no longer who waits. */
  #becomes(role: CallRole, host: boolean): void {
    if (this.#self) this.#self = { ...this.#self, role, host };
    if (!host) this.#people = { ...this.#people, waiting: [] };
  }

  /** Keeps the peers in step with who is in the call. */
  #follow(): void {
    const signal = this.#signaling.state.get();
    const open = signal.kind === "open" && !signal.quiet;
    this.#mesh.follow(this.#people.people, open, () => this.#setting());
  }

  #setting(): MeshSetting {
    return {
      ownSeat: this.#self?.seat ?? 0,
      iceServers: this.#iceServers,
      iceTransportPolicy: this.#hideAddress && this.#hasRelay() ? "relay" : "all",
      sending: (person) => this.#sendingTo(person),
    };
  }

  #renewIceServers(iceServers: readonly RTCIceServer[]): void {
    this.#iceServers = iceServers;
    this.#mesh.setIceServers(iceServers);
  }

  #hasRelay(): boolean {
    return this.#iceServers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));
  }

  #person(seat: number): Person | undefined {
    return this.#people.people.find((person) => person.seat === seat);
  }

  // ---- how the link does -----------------------------------------------------------------------

  /** The first look is at once: a quick link need not wait for its picture. */
  #connected(seat: number): void {
    this.#link.connected(this.#mesh.ageOf(seat));
    void this.#measure();
    void this.#compare(seat);
  }

  async #measure(): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    try {
      await this.#measureNow();
    } finally {
      this.#measuring = false;
    }
  }

  async #measureNow(): Promise<void> {
    const others = this.#mesh.with(this.#people.people);
    const before = this.#link.state.rung;
    const change = await this.#link.measure(others);
    if (this.state.get().kind === "over") return;
    const since = performance.now() - this.#reportedAt;
    const news = change.level || this.#levelUntold;
    this.#levelUntold = news && since < LEVEL_MILLISECONDS && !change.rung;
    if (change.rung || since >= REPORT_MILLISECONDS || (news && !this.#levelUntold)) {
      this.#report();
    }
    if (change.rung) await this.#changeRung(before);
    await this.#link.sendStills(others, this.#tracks().video);
    this.#show();
  }

  #report(): void {
    const { quality } = this.#link;
    if (!quality) return;
    this.#reportedAt = performance.now();
    this.#signaling.send({ type: "quality", body: quality });
  }

  async #changeRung(before: RungName): Promise<void> {
    const picture = (rung: RungName): boolean => rungOf(rung).video !== undefined;
    if (picture(before) !== picture(this.#link.state.rung)) this.#tellMedia();
    await this.#send();
  }

  /** The person allows more or less than before. */
  setWish(wish: LinkWish): void {
    const before = this.#link.state.rung;
    this.#link.setWish(wish);
    this.#report();
    void this.#changeRung(before);
    this.#show();
  }

  /** The person lets this call use as much data again. */
  allowMoreData(): void {
    this.#link.allowMore();
    this.#show();
  }

  async #compare(seat: number): Promise<void> {
    const both = this.#mesh.with(this.#people.people).find(({ person }) => person.seat === seat);
    const fingerprints = both?.peer.fingerprints;
    if (!fingerprints) return;
    const words = await compareWords(this.#call, ...fingerprints);
    this.#people = { ...this.#people, people: changed(this.#people.people, seat, { words }) };
    this.#show();
  }

  // ---- what is shown ---------------------------------------------------------------------------

  #signalChanged(signal: SignalState): void {
    if (signal.kind === "over") {
      this.#over(signal.why, signal.detail);
      return;
    }
    this.#follow();
    this.#show();
  }

  #over(why: OverWhy, detail?: string): void {
    clearInterval(this.#statistics);
    this.#mesh.close();
    this.#link.close();
    this.#media.stop();
    this.state.set(detail === undefined ? { kind: "over", why } : { kind: "over", why, detail });
  }

  #own(): Own {
    return {
      ...this.#media.own,
      pictureWaits: this.#pictureWaits,
      addressShown: this.#hideAddress && this.#self?.state === "admitted" && !this.#hasRelay(),
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
            line: this.#link.state,
            ...this.#people,
          },
    );
  }
}
