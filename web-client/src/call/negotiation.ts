import type { CandidateBody, DescriptionBody } from "./protocol";
import { sameVoice, type VoiceProfile } from "./rungs";
import { asAnswer, credentialsIn, linesIn, tuneVoice, withoutStrays } from "./sdp";

export interface NegotiationOptions {
  readonly connection: RTCPeerConnection;
  /** Which connection of this pair it is, from 1. */
  readonly number: number;
  /** Gives way when both offer at once. */
  readonly polite: boolean;
  /** How our voice is to be coded. */
  readonly voice: VoiceProfile;
  readonly describe: (body: DescriptionBody) => Promise<void>;
  readonly candidate: (body: CandidateBody) => void;
  /** Puts our tracks on the lines of an offer before it is answered. */
  readonly fill: () => Promise<void>;
}

/** Candidates kept for a description that has not come. */
const CANDIDATES_MAX = 64;

/**
 * The descriptions and candidates of one peer connection: the W3C's perfect negotiation. Its methods
 * are called one after the other, each when the one before has ended; so nothing can come between
 * asking for the state and changing it.
 */
export class Negotiation {
  readonly connection: RTCPeerConnection;
  readonly number: number;
  readonly #options: NegotiationOptions;
  /** Our newest offer. An answer to an older one that was taken back must not be taken for its. */
  #offer = 0;
  #offeredAt = 0;
  #early: (RTCIceCandidateInit | null)[] = [];
  #voice: VoiceProfile;
  /** What the browser codes by now. */
  #codedBy: VoiceProfile | undefined;
  /** The other side's part of what is agreed on, as it came. */
  #theirs = "";

  constructor(options: NegotiationOptions) {
    this.#options = options;
    this.connection = options.connection;
    this.number = options.number;
    this.#voice = options.voice;
    this.connection.onicecandidate = ({ candidate }) => {
      options.candidate({
        connection: this.number,
        candidate: candidate ? candidate.toJSON() : null,
      });
    };
  }

  /** Whether both sides have agreed and nothing is half made. */
  get settled(): boolean {
    return this.connection.signalingState === "stable" && this.hasRemote;
  }

  get hasRemote(): boolean {
    return this.connection.remoteDescription !== null;
  }

  /** For how long an offer of ours has waited; 0 when none waits. */
  get waitsMilliseconds(): number {
    return this.#waits ? performance.now() - this.#offeredAt : 0;
  }

  get #waits(): boolean {
    return this.connection.signalingState === "have-local-offer";
  }

  async offer(): Promise<void> {
    if (this.connection.signalingState !== "stable") return;
    await this.connection.setLocalDescription();
    // The browser may have found meanwhile that nothing needs to be said.
    if (this.#waits) await this.#tellOffer();
  }

  async #tellOffer(): Promise<void> {
    this.#offer++;
    this.#offeredAt = performance.now();
    await this.#describe(this.#offer);
  }

  /** Takes back an offer that was not answered yet. */
  async forgetOffer(): Promise<void> {
    if (!this.#waits) return;
    await this.connection.setLocalDescription({ type: "rollback" });
  }

  /**
   * Codes our voice otherwise. A browser does that by what the other side is said to want, so what
   * both have agreed on is gone through once more, by ourselves: the link carries nothing of it.
   */
  async setVoice(voice: VoiceProfile): Promise<void> {
    this.#voice = voice;
    // What is half made takes it along when it is made.
    if (!this.settled || sameVoice(voice, this.#codedBy)) return;
    const before = this.connection.localDescription?.sdp ?? "";
    await this.connection.setLocalDescription();
    if (!this.#waits) return;
    const now = this.connection.localDescription?.sdp ?? "";
    const same = credentialsIn(now) === credentialsIn(before) && linesIn(now) === linesIn(before);
    // There is something else to say: then it is an offer like any other.
    if (!same) await this.#tellOffer();
    else await this.#setRemote({ type: "answer", sdp: this.#theirs });
  }

  async receive({ description, offer }: DescriptionBody): Promise<void> {
    if (description.type === "offer") {
      // When offers cross, the impolite side's counts; the other side takes its own back by itself.
      if (this.#waits && !this.#options.polite) return;
      await this.#setRemote(description);
      await this.#options.fill();
      await this.connection.setLocalDescription();
      // From here on it is an answer, whenever it is needed again.
      this.#theirs = asAnswer(this.#theirs, this.connection.localDescription?.sdp ?? "");
      await this.#describe(offer);
    } else if (this.#waits && (offer === undefined || offer === this.#offer)) {
      await this.#setRemote(description);
    }
  }

  async #setRemote({ type, sdp = "" }: RTCSessionDescriptionInit): Promise<void> {
    const voice = this.#voice;
    await this.connection.setRemoteDescription({ type, sdp: tuneVoice(sdp, voice) });
    this.#theirs = sdp;
    this.#codedBy = voice;
    const early = this.#early;
    this.#early = [];
    for (const candidate of early) await this.receiveCandidate(candidate);
  }

  /** One that cannot be used, for example of an offer that was ignored, harms nothing. */
  async receiveCandidate(candidate: RTCIceCandidateInit | null): Promise<void> {
    if (this.#isEarly(candidate)) {
      this.#early = [...this.#early, candidate].slice(-CANDIDATES_MAX);
      return;
    }
    await this.connection.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  }

  /** Browsers may tell a candidate before the description that it belongs to. */
  #isEarly(candidate: RTCIceCandidateInit | null): boolean {
    const sdp = this.connection.remoteDescription?.sdp;
    if (sdp === undefined) return true;
    const name = candidate?.usernameFragment;
    return !!name && sdp.includes("a=ice-ufrag:") && !sdp.includes(`a=ice-ufrag:${name}\r\n`);
  }

  async #describe(offer: number | undefined): Promise<void> {
    const description = this.connection.localDescription;
    if (!description) return;
    const { type, sdp } = description;
    await this.#options.describe({
      connection: this.number,
      ...(offer === undefined ? {} : { offer }),
      description: { type, sdp: withoutStrays(sdp) },
    });
  }

  close(): void {
    this.connection.onicecandidate = null;
    this.connection.close();
  }
}
