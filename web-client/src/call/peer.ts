import { fingerprintIn } from "./compareWords";
import { Negotiation } from "./negotiation";
import { watchNetwork } from "./network";
import { canUnpack, pack, unpack } from "./packing";
import type { CandidateBody, ClientMessage, DescriptionBody, RestartBody } from "./protocol";
import { DISCONNECTED_MILLISECONDS_MAX, RestartClock } from "./restarts";
import { fill, keepVoice, layOut, limitVideo, type Sending } from "./sending";
import { StillsChannel, type Still } from "./stills";
import { within } from "./within";

/** How the media of one person fare; the last picture stays while they are interrupted. */
export type Path = "connecting" | "connected" | "interrupted";

export interface PeerOptions {
  /** Of the two seats the higher one: gives way when both offer at once, and waits for the first offer. */
  readonly polite: boolean;
  readonly to: { readonly seat: number; readonly epoch: number };
  readonly iceServers: readonly RTCIceServer[];
  readonly sending: Sending;
  /** Whether the other side reads packed descriptions, if that is known; and we, if not all that can. */
  readonly packs?: boolean | undefined;
  readonly unpacks?: boolean;
  readonly send: (message: ClientMessage) => void;
  /** The media that came; the same stream gets more tracks, another one comes with another connection. */
  readonly onStream: (stream: MediaStream) => void;
  readonly onPath: (path: Path) => void;
  /** A picture by itself has come. */
  readonly onStill: (still: Still) => void;
  readonly create?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** `relay`: through TURN only, so that the other side does not learn our address. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
}

/** When so many restarts brought nothing, the connection itself is made anew. */
const RESTARTS_MAX = 4;
/**
 * Nothing is lost on the way to the other side without our learning of it, but it may be hung. It may
 * also be away: each new offer would lie before it on its thin link when it comes back.
 */
const ANSWER_MILLISECONDS_MAX = 45_000;
/** Who gives way first hears what the other side has said meanwhile: likely an offer. */
const HEAR_MILLISECONDS = 1_500;
/** The name of the data channel for pictures. */
const STILLS = "stills";
/** No browser needs that long for one description; what has not ended then never will. */
const ACT_MILLISECONDS_MAX = 15_000;

/**
 * The media connection to one other person: negotiated, restarted when its path is lost, and made
 * anew when nothing else helps.
 */
export class Peer {
  readonly #options: PeerOptions;
  #iceServers: readonly RTCIceServer[];
  #sending: Sending;
  #negotiation: Negotiation;
  readonly #clock = new RestartClock(
    () => !this.#works,
    () => void this.#do(() => this.#restart()),
  );
  readonly #stopWatching: () => void;
  #stills: StillsChannel | undefined;
  #path: Path = "connecting";
  #wasConnected = false;
  /** The browser has refused something: only a new connection mends that. */
  #broken = false;
  /** Whether messages get through to the other side now; a restart that does not would only pile up. */
  #reachable = true;
  #closed = false;
  readonly #unpacks: boolean;
  /** Undefined: they very likely read packed descriptions; who does not asks for a restart. */
  #packs: boolean | undefined;
  /** Messages are taken one after the other, though each waits for the browser. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#iceServers = options.iceServers;
    this.#sending = options.sending;
    this.#unpacks = options.unpacks ?? canUnpack();
    this.#packs = options.packs;
    this.#negotiation = this.#open(1);
    this.#stopWatching = watchNetwork(() => {
      if (this.#negotiation.hasRemote) this.#clock.networkChanged();
    });
    this.#clock.soon(ANSWER_MILLISECONDS_MAX);
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching();
    this.#clock.stop();
    this.#negotiation.close();
  }

  /** Tells whether both ends have their connection to the server. */
  setReachable(reachable: boolean): void {
    const back = reachable && !this.#reachable;
    this.#reachable = reachable;
    this.#clock.hold(!reachable);
    if (!back || this.#works) return;
    if (this.#path === "interrupted") {
      this.#clock.hopeful();
      this.#clock.soon(this.#options.polite ? HEAR_MILLISECONDS : 0);
    } else {
      this.#clock.soon(ANSWER_MILLISECONDS_MAX);
    }
  }

  /** What both browsers have proved of themselves: ours, theirs; undefined before that. */
  get fingerprints(): readonly [string, string] | undefined {
    const { currentLocalDescription: ours, currentRemoteDescription: theirs } = this.#connection;
    const both = [fingerprintIn(ours?.sdp ?? ""), fingerprintIn(theirs?.sdp ?? "")] as const;
    return both[0] !== undefined && both[1] !== undefined ? [both[0], both[1]] : undefined;
  }

  getStats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  get #connection(): RTCPeerConnection {
    return this.#negotiation.connection;
  }

  /** Also while a first path is still looked for: the browser says when there is none. */
  get #works(): boolean {
    return !this.#broken && this.#negotiation.settled && this.#path !== "interrupted";
  }

  /** For the next restart; the running path is left alone. */
  setIceServers(iceServers: readonly RTCIceServer[]): void {
    this.#iceServers = iceServers;
    this.#connection.setConfiguration(this.#configuration());
  }

  #configuration(): RTCConfiguration {
    const { iceTransportPolicy = "all" } = this.#options;
    const iceServers = [...this.#iceServers];
    // Candidates are gathered while the first offer is still on its way.
    const iceCandidatePoolSize = 1;
    return { iceServers, iceTransportPolicy, bundlePolicy: "max-bundle", iceCandidatePoolSize };
  }

  // ---- what we send ----------------------------------------------------------------------------

  /** Sends something else from now on; nothing is negotiated for it. */
  send(sending: Sending): Promise<void> {
    this.#sending = sending;
    return this.#do(async () => {
      const negotiation = this.#negotiation;
      await this.#fill(negotiation.connection);
      await negotiation.setVoice(this.#sending.voice);
    });
  }

  async #fill(connection: RTCPeerConnection): Promise<void> {
    // First the limit, so that no more than it is sent from the first picture on.
    await limitVideo(connection, this.#sending.video);
    await fill(connection, this.#sending.tracks);
    keepVoice(connection, this.#sending.keepMilliseconds);
  }

  /** Our channel for pictures to this person; undefined until it is open. */
  get stills(): StillsChannel | undefined {
    return this.#stills?.open ? this.#stills : undefined;
  }

  // ---- negotiation -----------------------------------------------------------------------------

  #open(number: number): Negotiation {
    const { polite } = this.#options;
    const create =
      this.#options.create ?? ((configuration) => new RTCPeerConnection(configuration));
    const connection = create(this.#configuration());
    const negotiation: Negotiation = new Negotiation({
      connection,
      number,
      polite,
      voice: this.#sending.voice,
      describe: async (body) => {
        const packed = await this.#packed(body);
        this.#tell(negotiation, { type: "description", body: packed });
      },
      candidate: (body) => this.#tell(negotiation, { type: "candidate", body }),
      fill: () => this.#fill(connection),
    });
    const stream = new MediaStream();
    connection.ontrack = ({ track }) => {
      if (negotiation !== this.#negotiation || this.#closed) return;
      stream.addTrack(track);
      this.#options.onStream(stream);
    };
    connection.onnegotiationneeded = () =>
      void this.#do(async () => {
        if (negotiation === this.#negotiation) await negotiation.offer();
      });
    connection.onconnectionstatechange = () => this.#pathChanged(connection);
    connection.oniceconnectionstatechange = () => this.#pathChanged(connection);
    // Only one side lays the lines out, so that they are two and not four.
    if (polite) {
      connection.ondatachannel = ({ channel }) => this.#useStills(connection, channel);
    } else {
      layOut(connection, this.#sending);
      this.#useStills(connection, connection.createDataChannel(STILLS));
    }
    return negotiation;
  }

  #useStills(connection: RTCPeerConnection, channel: RTCDataChannel): void {
    if (channel.label !== STILLS || this.#closed) return;
    this.#stills = new StillsChannel(channel, (still) => {
      if (connection === this.#connection) this.#options.onStill(still);
    });
  }

  #tell(
    from: Negotiation,
    message:
      | { readonly type: "description"; readonly body: DescriptionBody }
      | { readonly type: "candidate"; readonly body: CandidateBody }
      | { readonly type: "restart"; readonly body: RestartBody },
  ): void {
    if (from !== this.#negotiation || this.#closed) return;
    const { seat, epoch } = this.#options.to;
    this.#options.send({ ...message, to: seat, epoch });
  }

  async #packed(body: DescriptionBody): Promise<DescriptionBody> {
    if (!this.#unpacks) return body;
    const { type, sdp } = body.description;
    if (this.#packs === false || sdp === undefined) return { ...body, packs: true };
    return { ...body, description: { type }, packed: await pack(sdp), packs: true };
  }

  async #unpacked(body: DescriptionBody): Promise<DescriptionBody> {
    const { packed, description } = body;
    this.#packs = body.packs === true;
    if (packed === undefined) return body;
    if (!this.#unpacks) throw new Error("packed descriptions cannot be read here");
    return { ...body, description: { ...description, sdp: await unpack(packed) } };
  }

  /** An offer or answer has come. */
  receiveDescription(came: DescriptionBody): void {
    void this.#do(async () => {
      const body = await this.#unpacked(came);
      if (!this.#isOfThisConnection(body.connection)) return;
      const negotiation = this.#negotiation;
      // The other side restarts what does not work here either: ours would only undo it.
      if (body.description.type === "offer" && negotiation.hasRemote && !this.#works) {
        this.#clock.begun();
      }
      await negotiation.receive(body);
      await this.#fill(negotiation.connection);
    });
  }

  receiveCandidate(body: CandidateBody): void {
    void this.#do(async () => {
      if (!this.#isOfThisConnection(body.connection)) return;
      await this.#negotiation.receiveCandidate(body.candidate);
    });
  }

  /** Whether to listen; a higher number first makes the new connection that the other side has. */
  #isOfThisConnection(number: number): boolean {
    if (number > this.#negotiation.number) this.#rebuild(number);
    return number === this.#negotiation.number;
  }

  // ---- repair ----------------------------------------------------------------------------------

  /** We missed messages of this peer: both sides forget half-made offers, and it offers again. */
  repair(): void {
    void this.#do(async () => {
      await this.#negotiation.forgetOffer();
      this.#askForRestart();
    });
  }

  /** Either side may have missed messages and both look: what works and is settled is let be. */
  repairIfUnsettled(): void {
    if (!this.#works || this.#path !== "connected") this.repair();
  }

  /** The other side asks for an offer with new credentials, or has made a new connection. */
  receiveRestart(body: RestartBody): void {
    this.#packs ??= false;
    void this.#do(async () => {
      const negotiation = this.#negotiation;
      if (body.connection > negotiation.number) {
        this.#rebuild(body.connection);
      } else if (body.connection < negotiation.number) {
        this.#askForRestart(); // It has not heard yet that there is a newer one.
      } else {
        await negotiation.forgetOffer();
        await this.#offerRestart();
      }
    });
  }

  async #offerRestart(): Promise<void> {
    const negotiation = this.#negotiation;
    // Without an offer of the other side the polite one has no lines to offer.
    if (this.#options.polite && !negotiation.hasRemote) return;
    negotiation.connection.restartIce();
    await negotiation.offer();
  }

  #askForRestart(): void {
    const body: RestartBody = { connection: this.#negotiation.number };
    this.#tell(this.#negotiation, { type: "restart", body });
  }

  #rebuild(number: number): void {
    const old = this.#negotiation;
    this.#broken = false;
    this.#negotiation = this.#open(number);
    old.close();
    this.#clock.begun();
    this.#setPath("interrupted");
  }

  #pathChanged(connection: RTCPeerConnection): void {
    if (connection !== this.#connection || this.#closed) return;
    const ice = connection.iceConnectionState;
    if (connection.connectionState === "connected") {
      this.#wasConnected = true;
      this.#clock.succeeded();
      this.#setPath("connected");
    } else if (ice === "failed" || connection.connectionState === "failed") {
      this.#setPath("interrupted");
      this.#clock.soon(0);
    } else if (ice === "disconnected") {
      this.#setPath("interrupted");
      this.#clock.soon(DISCONNECTED_MILLISECONDS_MAX);
    } else {
      this.#setPath(this.#wasConnected ? "interrupted" : "connecting");
    }
  }

  #setPath(path: Path): void {
    this.#path = path;
    this.#options.onPath(path);
  }

  async #restart(): Promise<void> {
    const negotiation = this.#negotiation;
    const waits = negotiation.waitsMilliseconds;
    if (this.#broken || this.#clock.restarts >= RESTARTS_MAX) {
      this.#rebuild(negotiation.number + 1);
      this.#clock.hopeful();
      this.#clock.begun();
      this.#askForRestart();
    } else if (waits > 0 && waits < ANSWER_MILLISECONDS_MAX) {
      this.#clock.soon(ANSWER_MILLISECONDS_MAX - waits); // The answer may be on its way.
    } else if (waits > 0 || !negotiation.hasRemote) {
      this.#clock.begun();
      await negotiation.forgetOffer();
      this.#askForRestart();
    } else {
      this.#clock.begun();
      await this.#offerRestart();
    }
  }

  /** After all that came before. What the browser refuses is mended by a new connection. */
  #do(act: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#closed) return;
      const connection = this.#connection;
      try {
        await within(ACT_MILLISECONDS_MAX, act());
      } catch {
        if (this.#closed || connection !== this.#connection) return;
        this.#broken = true;
        this.#clock.soon(DISCONNECTED_MILLISECONDS_MAX);
      }
    });
    return this.#work;
  }
}
