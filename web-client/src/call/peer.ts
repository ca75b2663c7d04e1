import type { CandidateBody, ClientMessage, DescriptionBody, RestartBody } from "./protocol";
import { tuneVoice, VOICE } from "./sdp";

/** What of our media is sent to each of the others. */
export interface Tracks {
  readonly audio: MediaStreamTrack | undefined;
  readonly video: MediaStreamTrack | undefined;
}

/** How the media of one person fare; the last picture stays while they are interrupted. */
export type Path = "connecting" | "connected" | "interrupted";

/** What is sent of the camera. */
export interface VideoLimit {
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** By how much width and height are divided. */
  readonly scaleDownBy: number;
}

export interface PeerOptions {
  /** Of the two seats the higher one: gives way when both offer at once, and waits for the first offer. */
  readonly polite: boolean;
  readonly to: { readonly seat: number; readonly epoch: number };
  readonly iceServers: readonly RTCIceServer[];
  readonly tracks: Tracks;
  readonly videoLimit: VideoLimit;
  readonly send: (message: ClientMessage) => void;
  /** The media that came; the same stream gets more tracks, another one comes with another connection. */
  readonly onStream: (stream: MediaStream) => void;
  readonly onPath: (path: Path) => void;
  readonly create?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** For tests of the relay: `relay` uses TURN only. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
}

/** A path that is disconnected often comes back by itself in that time. */
const DISCONNECTED_MILLISECONDS_MAX = 3_000;
/** A restart needs some seconds on a bad link; a second one meanwhile would only undo it. */
const RESTART_EVERY_MILLISECONDS = 6_000;
/** When so many restarts brought nothing, the connection itself is made anew. */
const RESTARTS_MAX = 4;

/**
 * The media connection to one other person: the W3C's perfect negotiation, with ICE restarts, and
 * with a new connection when nothing else helps.
 */
export class Peer {
  readonly #options: PeerOptions;
  #tracks: Tracks;
  #videoLimit: VideoLimit;
  #connection: RTCPeerConnection;
  /** Which connection of this pair it is; both sides use the higher number. */
  #number = 1;
  #makingOffer = false;
  #ignoreOffer = false;
  #candidates: (RTCIceCandidateInit | null)[] = [];
  #restarts = 0;
  #restartedAt = -RESTART_EVERY_MILLISECONDS;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #path: Path = "connecting";
  #wasConnected = false;
  /** Whether messages get through to the other side now; a restart that does not would only pile up. */
  #reachable = true;
  #closed = false;
  /** Messages are taken one after the other, though each waits for the browser. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#tracks = options.tracks;
    this.#videoLimit = options.videoLimit;
    this.#connection = this.#open();
    globalThis.addEventListener("online", this.#networkChanged);
  }

  close(): void {
    this.#closed = true;
    globalThis.removeEventListener("online", this.#networkChanged);
    clearTimeout(this.#restartTimer);
    this.#connection.close();
  }

  /** Tells whether both ends have their connection to the server. */
  setReachable(reachable: boolean): void {
    const back = reachable && !this.#reachable;
    this.#reachable = reachable;
    if (back && this.#path === "interrupted") this.#restartSoon(0);
  }

  getStats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  // ---- what we send ----------------------------------------------------------------------------

  /** Sends other tracks, without a new negotiation. */
  async setTracks(tracks: Tracks): Promise<void> {
    this.#tracks = tracks;
    await this.#fill();
  }

  async limitVideo(limit: VideoLimit): Promise<void> {
    this.#videoLimit = limit;
    await this.#limit();
  }

  async #fill(): Promise<void> {
    for (const transceiver of this.#connection.getTransceivers()) {
      const kind = transceiver.receiver.track.kind === "video" ? "video" : "audio";
      if (transceiver.direction === "recvonly") transceiver.direction = "sendrecv";
      const track = this.#tracks[kind] ?? null;
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
    }
    await this.#limit();
  }

  async #limit(): Promise<void> {
    for (const { sender, receiver } of this.#connection.getTransceivers()) {
      if (receiver.track.kind !== "video") continue;
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) continue; // Not negotiated yet; done again then.
      encoding.maxBitrate = this.#videoLimit.bitsPerSecond;
      encoding.maxFramerate = this.#videoLimit.framesPerSecond;
      encoding.scaleResolutionDownBy = this.#videoLimit.scaleDownBy;
      parameters.degradationPreference = "balanced";
      await sender.setParameters(parameters).catch(() => undefined); // Some browsers know fewer.
    }
  }

  // ---- negotiation -----------------------------------------------------------------------------

  #open(): RTCPeerConnection {
    const { iceServers, iceTransportPolicy = "all" } = this.#options;
    const create =
      this.#options.create ?? ((configuration) => new RTCPeerConnection(configuration));
    const connection = create({
      iceServers: [...iceServers],
      iceTransportPolicy,
      bundlePolicy: "max-bundle",
    });
    const stream = new MediaStream();
    connection.ontrack = ({ track }) => {
      stream.addTrack(track);
      this.#options.onStream(stream);
    };
    connection.onnegotiationneeded = () => this.#do(() => this.#offer(connection));
    connection.onicecandidate = ({ candidate }) => {
      if (connection !== this.#connection) return;
      const body: CandidateBody = {
        connection: this.#number,
        candidate: candidate ? candidate.toJSON() : null,
      };
      this.#options.send({ type: "candidate", ...this.#address(), body });
    };
    connection.onconnectionstatechange = () => this.#pathChanged(connection);
    connection.oniceconnectionstatechange = () => this.#pathChanged(connection);
    if (!this.#options.polite) {
      // Only one side lays the lines out, so that they are two and not four.
      connection.addTransceiver(this.#tracks.audio ?? "audio", { direction: "sendrecv" });
      const video = connection.addTransceiver(this.#tracks.video ?? "video", {
        direction: "sendrecv",
        sendEncodings: [
          {
            maxBitrate: this.#videoLimit.bitsPerSecond,
            maxFramerate: this.#videoLimit.framesPerSecond,
            scaleResolutionDownBy: this.#videoLimit.scaleDownBy,
          },
        ],
      });
      const codecs = videoCodecs();
      if (codecs.length > 0) video.setCodecPreferences?.(codecs);
    }
    return connection;
  }

  async #offer(connection: RTCPeerConnection): Promise<void> {
    if (connection !== this.#connection || connection.signalingState !== "stable") return;
    this.#makingOffer = true;
    try {
      await connection.setLocalDescription();
      this.#describe(connection);
    } finally {
      this.#makingOffer = false;
    }
  }

  #describe(connection: RTCPeerConnection): void {
    const description = connection.localDescription;
    if (!description || connection !== this.#connection) return;
    const body: DescriptionBody = {
      connection: this.#number,
      description: { type: description.type, sdp: description.sdp },
    };
    this.#options.send({ type: "description", ...this.#address(), body });
  }

  /** An offer or answer has come. */
  receiveDescription(body: DescriptionBody): void {
    this.#do(async () => {
      if (!this.#isOfThisConnection(body.connection)) return;
      const connection = this.#connection;
      const isOffer = body.description.type === "offer";
      const collides = isOffer && (this.#makingOffer || connection.signalingState !== "stable");
      this.#ignoreOffer = !this.#options.polite && collides;
      if (this.#ignoreOffer) return;
      if (!isOffer && connection.signalingState !== "have-local-offer") return;
      const sdp = tuneVoice(body.description.sdp ?? "", VOICE);
      await connection.setRemoteDescription({ type: body.description.type, sdp });
      await this.#addWaitingCandidates(connection);
      if (isOffer) {
        await this.#fill();
        await connection.setLocalDescription();
        this.#describe(connection);
      }
      await this.#fill();
    });
  }

  receiveCandidate(body: CandidateBody): void {
    this.#do(async () => {
      if (!this.#isOfThisConnection(body.connection)) return;
      const connection = this.#connection;
      if (!connection.remoteDescription) {
        this.#candidates.push(body.candidate);
        return;
      }
      await this.#add(connection, body.candidate);
    });
  }

  async #addWaitingCandidates(connection: RTCPeerConnection): Promise<void> {
    const waiting = this.#candidates;
    this.#candidates = [];
    for (const candidate of waiting) await this.#add(connection, candidate);
  }

  /** One candidate that cannot be used, for example of an ignored offer, harms nothing. */
  async #add(connection: RTCPeerConnection, candidate: RTCIceCandidateInit | null): Promise<void> {
    await connection.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  }

  /** Whether to listen; a higher number first makes the new connection that the other side has. */
  #isOfThisConnection(number: number): boolean {
    if (number > this.#number) this.#rebuild(number);
    return number === this.#number;
  }

  // ---- repair ----------------------------------------------------------------------------------

  /** We missed messages of this peer: both sides forget half-made offers, and it offers again. */
  repair(): void {
    this.#do(async () => {
      await this.#forgetOffer();
      this.#askForRestart();
    });
  }

  /** The other side asks for an offer with new credentials, or has made a new connection. */
  receiveRestart(body: RestartBody): void {
    this.#do(async () => {
      if (body.connection > this.#number) {
        this.#rebuild(body.connection);
      } else if (body.connection === this.#number) {
        await this.#forgetOffer();
        if (this.#connection.remoteDescription || !this.#options.polite) {
          this.#connection.restartIce();
          await this.#offer(this.#connection);
        }
      }
    });
  }

  async #forgetOffer(): Promise<void> {
    if (this.#connection.signalingState === "have-local-offer") {
      await this.#connection.setLocalDescription({ type: "rollback" });
    }
  }

  #askForRestart(): void {
    const body: RestartBody = { connection: this.#number };
    this.#options.send({ type: "restart", ...this.#address(), body });
  }

  #rebuild(number: number): void {
    const old = this.#connection;
    this.#number = number;
    this.#candidates = [];
    this.#makingOffer = false;
    this.#connection = this.#open();
    old.close();
    this.#setPath("interrupted");
  }

  readonly #networkChanged = (): void => {
    if (this.#connection.remoteDescription) this.#restartSoon(0, true);
  };

  #pathChanged(connection: RTCPeerConnection): void {
    if (connection !== this.#connection || this.#closed) return;
    const ice = connection.iceConnectionState;
    if (connection.connectionState === "connected") {
      this.#wasConnected = true;
      this.#restarts = 0;
      clearTimeout(this.#restartTimer);
      this.#restartTimer = undefined;
      this.#setPath("connected");
    } else if (ice === "failed" || connection.connectionState === "failed") {
      this.#setPath("interrupted");
      this.#restartSoon(0);
    } else if (ice === "disconnected") {
      this.#setPath("interrupted");
      this.#restartSoon(DISCONNECTED_MILLISECONDS_MAX);
    } else {
      this.#setPath(this.#wasConnected ? "interrupted" : "connecting");
    }
  }

  #setPath(path: Path): void {
    this.#path = path;
    this.#options.onPath(path);
  }

  /** `anyway`: also a path that still seems to work, because the network under it has changed. */
  #restartSoon(milliseconds: number, anyway = false): void {
    const earliest = this.#restartedAt + RESTART_EVERY_MILLISECONDS - performance.now();
    clearTimeout(this.#restartTimer);
    this.#restartTimer = setTimeout(
      () => {
        this.#restartTimer = undefined;
        if (!this.#reachable) return;
        if (anyway || this.#connection.connectionState !== "connected") {
          this.#do(() => this.#restart());
        }
      },
      Math.max(milliseconds, earliest),
    );
  }

  async #restart(): Promise<void> {
    this.#restartedAt = performance.now();
    this.#restarts++;
    if (this.#restarts > RESTARTS_MAX) {
      this.#restarts = 0;
      this.#rebuild(this.#number + 1);
      this.#askForRestart();
    } else if (this.#options.polite && !this.#connection.remoteDescription) {
      this.#askForRestart(); // Nothing to offer yet: the lines are laid out by the other side.
    } else {
      this.#connection.restartIce();
      await this.#offer(this.#connection);
    }
    // Until it is connected, or the person is gone, it goes on trying.
    this.#restartSoon(RESTART_EVERY_MILLISECONDS);
  }

  #address(): { to: number; epoch: number } {
    return { to: this.#options.to.seat, epoch: this.#options.to.epoch };
  }

  /** After all that came before. What the browser refuses is mended by a new connection. */
  #do(act: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#closed) return;
      try {
        await act();
      } catch {
        if (this.#closed) return;
        this.#restarts = RESTARTS_MAX;
        this.#restartSoon(DISCONNECTED_MILLISECONDS_MAX, true);
      }
    });
  }
}

/**
 * What every browser has and what does best at small pictures. An offer of all that Chromium knows
 * has 5 kB, a second of a thin link; this one 3 kB.
 */
const VIDEO_CODECS = /^video\/(vp9|vp8|h264|rtx)$/i;
const H264_ONLY = /profile-level-id=42e01f/i;

function videoCodecs(): RTCRtpCodec[] {
  const known = globalThis.RTCRtpReceiver?.getCapabilities?.("video")?.codecs ?? [];
  const rank = (codec: RTCRtpCodec): number =>
    ["video/vp9", "video/vp8", "video/h264", "video/rtx"].indexOf(codec.mimeType.toLowerCase());
  return known
    .filter(({ mimeType, sdpFmtpLine = "" }) => {
      if (!VIDEO_CODECS.test(mimeType)) return false;
      if (/h264/i.test(mimeType)) return H264_ONLY.test(sdpFmtpLine);
      return !/profile-id=[1-9]/.test(sdpFmtpLine);
    })
    .sort((a, b) => rank(a) - rank(b));
}
