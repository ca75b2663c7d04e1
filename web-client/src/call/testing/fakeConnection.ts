/** A turn of the browser: when something that it was asked to do is done. */
export type Turn = () => Promise<void>;

interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

/** Who wrote a description, with which credentials and lines. */
interface Session {
  readonly by: string;
  readonly credentials: string;
  readonly lines: readonly string[];
}

const write = ({ by, credentials, lines }: Session): string =>
  [`o=${by}`, ...lines.map((kind) => `m=${kind}`), `a=ice-ufrag:${credentials}`, ""].join("\r\n");

const read = (sdp: string): Session => ({
  by: /^o=(.*)\r$/m.exec(sdp)?.[1] ?? "",
  credentials: /^a=ice-ufrag:(.*)\r$/m.exec(sdp)?.[1] ?? "",
  lines: [...sdp.matchAll(/^m=(.*)\r$/gm)].map(([, kind]) => kind ?? ""),
});

let credentials = 0;

/**
 * A peer connection without media: the states, rollbacks and credentials of JSEP (RFC 9429), and the
 * rule of WebRTC when negotiation is needed. A wrong order of calls throws, as a browser does.
 */
export class FakeConnection {
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  onnegotiationneeded: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  ontrack: (() => void) | null = null;
  ondatachannel: (() => void) | null = null;
  readonly candidates: unknown[] = [];
  readonly transceivers: { kind: string; direction: string }[] = [];
  offers = 0;
  closed = false;
  #current: { local: Session | undefined; remote: Session | undefined } | undefined;
  #local: Description | undefined;
  #answer: Description | undefined;
  #remote: Description | undefined;
  #restart = false;
  #asked = false;

  constructor(
    readonly name: string,
    readonly turn: Turn = () => Promise.resolve(),
  ) {}

  get signalingState(): RTCSignalingState {
    if (this.#local) return "have-local-offer";
    return this.#remote ? "have-remote-offer" : "stable";
  }
  get localDescription(): Description | null {
    if (this.#local ?? this.#answer) return this.#local ?? this.#answer ?? null;
    return this.#current?.local ? { type: "offer", sdp: write(this.#current.local) } : null;
  }
  get remoteDescription(): { sdp: string } | null {
    if (this.#remote) return this.#remote;
    return this.#current?.remote ? { sdp: write(this.#current.remote) } : null;
  }
  /** Whether both have applied the same exchange: each knows the credentials of the other. */
  pairedWith(other: FakeConnection): boolean {
    const [mine, theirs] = [this.#current, other.#current];
    return (
      mine !== undefined &&
      theirs !== undefined &&
      mine.local?.credentials === theirs.remote?.credentials &&
      mine.remote?.credentials === theirs.local?.credentials &&
      mine.remote?.by === other.name &&
      theirs.remote?.by === this.name &&
      String(mine.local?.lines) === "audio,video" &&
      String(theirs.local?.lines) === "audio,video"
    );
  }

  addTransceiver(kind: string): unknown {
    const transceiver = {
      kind,
      direction: "sendrecv",
      receiver: { track: { kind } },
      sender: { track: null, getParameters: () => ({ encodings: [] }) },
    };
    this.transceivers.push(transceiver);
    this.#checkNeed();
    return transceiver;
  }
  createDataChannel(label: string): unknown {
    return { label, readyState: "connecting" };
  }
  getTransceivers(): unknown[] {
    return this.transceivers;
  }
  restartIce(): void {
    this.#restart = true;
    this.#checkNeed();
  }
  /** The event is told once, in the stable state, as long as what is needed was not said. */
  #checkNeed(): void {
    queueMicrotask(() => {
      if (this.closed || this.signalingState !== "stable") return;
      const said = this.#current?.local?.lines.length ?? 0;
      const needed = this.#restart || said < this.transceivers.length;
      if (needed && !this.#asked) this.onnegotiationneeded?.();
      this.#asked = needed;
    });
  }
  #describe(): Session {
    const renew = this.#restart || !this.#current?.local;
    return {
      by: this.name,
      credentials: renew
        ? `${this.name}-${++credentials}`
        : (this.#current?.local?.credentials ?? ""),
      lines: this.transceivers.map(({ kind }) => kind),
    };
  }
  async setLocalDescription(description?: { type: string }): Promise<void> {
    await this.turn();
    this.#refuseClosed();
    if (description?.type === "rollback") {
      if (!this.#local) throw new Error("nothing to take back");
      this.#local = undefined;
      this.#asked = false;
      this.#checkNeed();
    } else if (this.#remote) {
      const offer = read(this.#remote.sdp);
      // New credentials are answered by new ones (RFC 8839, 4.4.1.1.1).
      if (offer.credentials !== this.#current?.remote?.credentials) this.#restart = true;
      const session = { ...this.#describe(), lines: offer.lines };
      this.#remote = undefined;
      this.#settle(session, offer);
      this.#answer = { type: "answer", sdp: write(session) };
      this.#tellCandidate(session);
    } else {
      if (this.#local) throw new Error("an offer waits already");
      const session = this.#describe();
      this.#local = { type: "offer", sdp: write(session) };
      this.offers++;
      this.#tellCandidate(session);
    }
  }
  async setRemoteDescription({ type, sdp }: Description): Promise<void> {
    await this.turn();
    this.#refuseClosed();
    const session = read(sdp);
    if (type === "offer") {
      this.#local = undefined; // Rolled back, if there was one.
      this.#remote = { type, sdp };
      for (const kind of session.lines.slice(this.transceivers.length)) this.addTransceiver(kind);
    } else {
      if (!this.#local) throw new Error("no offer to answer");
      const offer = read(this.#local.sdp);
      if (String(offer.lines) !== String(session.lines)) throw new Error("other lines");
      this.#local = undefined;
      this.#answer = undefined;
      this.#settle(offer, session);
    }
  }
  #settle(local: Session, remote: Session): void {
    if (local.credentials !== this.#current?.local?.credentials) this.#restart = false;
    this.#current = { local, remote };
    this.#asked = false;
    this.#checkNeed();
  }
  #tellCandidate({ credentials: usernameFragment }: Session): void {
    const candidate = { candidate: `candidate of ${usernameFragment}`, usernameFragment };
    this.onicecandidate?.({ candidate: { toJSON: () => candidate } });
  }
  async addIceCandidate(candidate: { usernameFragment?: string } | undefined): Promise<void> {
    await this.turn();
    if (!this.remoteDescription) throw new Error("too early");
    const known = read(this.remoteDescription.sdp).credentials;
    if (candidate?.usernameFragment !== undefined && candidate.usernameFragment !== known) {
      throw new Error("a candidate of another session");
    }
    this.candidates.push(candidate);
  }
  become(state: RTCPeerConnectionState, ice: RTCIceConnectionState): void {
    this.connectionState = state;
    this.iceConnectionState = ice;
    this.onconnectionstatechange?.();
  }
  #refuseClosed(): void {
    if (this.closed) throw new DOMException("closed", "InvalidStateError");
  }
  close(): void {
    this.closed = true;
  }
}
