import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Path, Peer } from "./peer";
import type { ClientMessage } from "./protocol";

/** The signaling states of a peer connection (JSEP), without media. */
class FakeConnection {
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  readonly candidates: unknown[] = [];
  readonly transceivers: unknown[] = [];
  /** The offer that both sides agreed on last. */
  agreed = "";
  closed = false;
  #restart = false;

  constructor(readonly name: string) {}

  addTransceiver(kind: string): unknown {
    const transceiver = {
      kind,
      direction: "sendrecv",
      receiver: { track: { kind } },
      sender: { track: null, getParameters: () => ({ encodings: [] }) },
    };
    this.transceivers.push(transceiver);
    queueMicrotask(() => this.#need());
    return transceiver;
  }
  getTransceivers(): unknown[] {
    return this.transceivers;
  }
  restartIce(): void {
    this.#restart = true;
    queueMicrotask(() => this.#need());
  }
  #need(): void {
    if (this.signalingState === "stable") this.onnegotiationneeded?.();
  }
  async setLocalDescription(description?: { type: string }): Promise<void> {
    await Promise.resolve();
    if (description?.type === "rollback") {
      this.signalingState = "stable";
      this.localDescription = null;
    } else if (this.signalingState === "have-remote-offer") {
      const sdp = `answer by ${this.name} to ${this.remoteDescription?.sdp}`;
      this.localDescription = { type: "answer", sdp };
      this.agreed = this.remoteDescription?.sdp ?? "";
      this.signalingState = "stable";
    } else {
      offers++;
      this.#restart = false;
      this.localDescription = { type: "offer", sdp: `offer ${offers} by ${this.name}` };
      this.signalingState = "have-local-offer";
    }
  }
  async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    await Promise.resolve();
    if (description.type === "offer") {
      if (this.signalingState === "have-local-offer") this.#restart = true; // Rolled back.
      this.signalingState = "have-remote-offer";
    } else {
      if (this.signalingState !== "have-local-offer") throw new Error("no offer to answer");
      if (!description.sdp.endsWith(this.localDescription?.sdp ?? "?"))
        throw new Error("other offer");
      this.agreed = this.localDescription?.sdp ?? "";
      this.signalingState = "stable";
    }
    this.remoteDescription = description;
    if (this.#restart) queueMicrotask(() => this.#need());
  }
  addIceCandidate(candidate: unknown): Promise<void> {
    if (!this.remoteDescription) throw new Error("too early");
    this.candidates.push(candidate);
    return Promise.resolve();
  }
  become(state: RTCPeerConnectionState, ice: RTCIceConnectionState): void {
    this.connectionState = state;
    this.iceConnectionState = ice;
    this.onconnectionstatechange?.();
  }
  close(): void {
    this.closed = true;
  }
}

let offers = 0;

/** One end: its peer, its connections, and what is on its way to the other. */
class End {
  readonly connections: FakeConnection[] = [];
  readonly sent: ClientMessage[] = [];
  readonly paths: Path[] = [];
  readonly peer: Peer;

  constructor(name: string, polite: boolean) {
    this.peer = new Peer({
      polite,
      to: { seat: polite ? 1 : 2, epoch: 1 },
      iceServers: [],
      tracks: { audio: undefined, video: undefined },
      videoLimit: { bitsPerSecond: 1, framesPerSecond: 1, scaleDownBy: 1 },
      send: (message) => this.sent.push(message),
      onStream: () => {},
      onPath: (path) => this.paths.push(path),
      create: () => {
        const connection = new FakeConnection(`${name}${this.connections.length + 1}`);
        this.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
    });
  }
  get connection(): FakeConnection {
    const connection = this.connections.at(-1);
    if (!connection) throw new Error("none");
    return connection;
  }
  take(message: ClientMessage | undefined): void {
    if (message?.type === "description") this.peer.receiveDescription(message.body);
    else if (message?.type === "candidate") this.peer.receiveCandidate(message.body);
    else if (message?.type === "restart") this.peer.receiveRestart(message.body);
  }
}

describe("two peers", () => {
  let impolite: End;
  let polite: End;

  const settle = () => vi.advanceTimersByTimeAsync(0);
  /** Delivers everything, in order, until nothing is on its way. */
  async function talk(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await settle();
      const [toPolite, toImpolite] = [impolite.sent.splice(0), polite.sent.splice(0)];
      if (toPolite.length + toImpolite.length === 0) return;
      toPolite.forEach((message) => polite.take(message));
      toImpolite.forEach((message) => impolite.take(message));
    }
    throw new Error("they never stop");
  }
  const expectAgreement = (): void => {
    expect(impolite.connection.signalingState).toBe("stable");
    expect(polite.connection.signalingState).toBe("stable");
    expect(impolite.connection.agreed).not.toBe("");
    expect(polite.connection.agreed).toBe(impolite.connection.agreed);
  };

  beforeEach(async () => {
    vi.useFakeTimers();
    offers = 0;
    impolite = new End("i", false);
    polite = new End("p", true);
    await talk();
  });
  afterEach(() => {
    impolite.peer.close();
    polite.peer.close();
    vi.useRealTimers();
  });

  it("agree, the lower seat laying out two lines", () => {
    expectAgreement();
    expect(impolite.connection.transceivers).toHaveLength(2);
    expect(polite.connection.transceivers).toHaveLength(0);
    expect(offers).toBe(1);
  });

  it("agree when both offer at once", async () => {
    impolite.connection.restartIce();
    polite.connection.restartIce();
    await talk();
    expectAgreement();
  });

  it("keep candidates that come before the description", async () => {
    const late = new End("l", true);
    late.take({
      type: "candidate",
      to: 2,
      epoch: 1,
      body: { connection: 1, candidate: { candidate: "c" } },
    });
    await settle();
    expect(late.connection.candidates).toEqual([]);
    late.take({
      type: "description",
      to: 2,
      epoch: 1,
      body: { connection: 1, description: { type: "offer", sdp: "offer" } },
    });
    await settle();
    expect(late.connection.candidates).toEqual([{ candidate: "c" }]);
    late.peer.close();
  });

  it("agree after an answer was lost and one side repairs", async () => {
    impolite.connection.restartIce();
    await settle();
    impolite.sent.splice(0).forEach((message) => polite.take(message));
    await settle();
    polite.sent.splice(0); // Lost, and too old to be replayed.
    expect(impolite.connection.signalingState).toBe("have-local-offer");
    impolite.peer.repair();
    await talk();
    expectAgreement();
  });

  it("agree after an offer was lost and the polite side repairs", async () => {
    impolite.connection.restartIce();
    await settle();
    impolite.sent.splice(0);
    polite.peer.repair();
    await talk();
    expectAgreement();
  });

  it("restart three seconds after the path is disconnected", async () => {
    polite.connection.become("disconnected", "disconnected");
    await vi.advanceTimersByTimeAsync(2_999);
    expect(offers).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(offers).toBe(2);
    expect(polite.paths.at(-1)).toBe("interrupted");
    await talk();
    expectAgreement();
  });

  it("do not restart a path that came back by itself", async () => {
    polite.connection.become("disconnected", "disconnected");
    await vi.advanceTimersByTimeAsync(2_000);
    polite.connection.become("connected", "connected");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(offers).toBe(1);
  });

  it("restart once for a network that changed", async () => {
    polite.connection.become("connected", "connected");
    globalThis.dispatchEvent(new Event("online"));
    globalThis.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    const restarts = polite.sent.filter(({ type }) => type === "description");
    expect(restarts).toHaveLength(1);
  });

  it("hold a restart back until the other side can hear it", async () => {
    polite.peer.setReachable(false);
    polite.connection.become("failed", "failed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(offers).toBe(1);
    polite.peer.setReachable(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(offers).toBe(2);
  });

  it("make a new connection when restarts bring nothing", async () => {
    impolite.connection.become("failed", "failed");
    for (let restart = 0; restart < 5; restart++) {
      await vi.advanceTimersByTimeAsync(6_000);
      await talk();
    }
    expect(impolite.connections).toHaveLength(2);
    expect(polite.connections).toHaveLength(2);
    expect(impolite.connections[0]?.closed).toBe(true);
    expectAgreement();
  });

  it("ignore what comes from a connection that is past", async () => {
    const old = { type: "offer" as const, sdp: "old" };
    polite.take({ type: "restart", to: 2, epoch: 1, body: { connection: 2 } });
    await settle();
    polite.take({
      type: "description",
      to: 2,
      epoch: 1,
      body: { connection: 1, description: old },
    });
    await settle();
    expect(polite.connection.remoteDescription).toBeNull();
  });
});
