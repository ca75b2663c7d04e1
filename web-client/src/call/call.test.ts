import { beforeEach, describe, expect, it } from "vitest";
import { store } from "../store";
import { Call } from "./call";
import type { OpenDevices } from "./media";
import type { Peer, PeerOptions } from "./peer";
import type { CallMessage, ClientMessage, Participant, Welcome } from "./protocol";
import type { SignalingOptions, SignalState, Signaling } from "./signaling";

class FakePeer {
  closed = false;
  repaired = 0;
  lookedAfter = 0;
  iceServers: readonly RTCIceServer[] = [];
  sending: PeerOptions["sending"];
  readonly heard: string[] = [];
  reachable = true;
  readonly stills = undefined;
  readonly fingerprints = undefined;
  stats: readonly (readonly [string, unknown])[] = [];
  constructor(readonly options: PeerOptions) {
    this.sending = options.sending;
  }
  getStats(): Promise<unknown> {
    return Promise.resolve(this.stats);
  }
  close(): void {
    this.closed = true;
  }
  repair(): void {
    this.repaired++;
  }
  repairIfUnsettled(): void {
    this.lookedAfter++;
  }
  setIceServers(iceServers: readonly RTCIceServer[]): void {
    this.iceServers = iceServers;
  }
  setReachable(reachable: boolean): void {
    this.reachable = reachable;
  }
  receiveDescription(): void {
    this.heard.push("description");
  }
  send(sending: PeerOptions["sending"]): Promise<void> {
    this.sending = sending;
    return Promise.resolve();
  }
}

const at = "2026-03-02T09:15:00Z";
const participant = (seat: number, change: Partial<Participant> = {}): Participant => ({
  seat,
  epoch: 1,
  name: `Person ${seat}`,
  role: "specialist",
  host: true,
  present: true,
  since: at,
  ...change,
});

describe("Call", () => {
  let call: Call;
  let peers: FakePeer[];
  let sent: ClientMessage[];
  let server: SignalingOptions;
  const signal = store<SignalState>({ kind: "idle" });

  const open = () => peers.filter(({ closed }) => !closed).map(({ options }) => options.to.seat);
  const hear = (message: object): void =>
    server.onMessage({ seq: 1, at, ...message } as unknown as CallMessage);
  const welcome = (
    seat: number,
    participants: Participant[],
    change: {
      fresh?: boolean;
      resumed?: boolean;
      restored?: boolean;
      state?: "waiting" | "admitted";
      iceServers?: RTCIceServer[];
    } = {},
  ): void => {
    const { fresh = true, resumed = false, restored = false, state = "admitted" } = change;
    const { iceServers = [] } = change;
    const self = { ...participant(seat), state };
    const message = { self, resumed, restored, participants, waiting: [], iceServers };
    signal.set({ kind: "open" });
    server.onWelcome(message as unknown as Welcome, fresh);
  };
  const talking = () => {
    const state = call.state.get();
    if (state.kind !== "talking") throw new Error(state.kind);
    return state;
  };

  /** The others are connected, over a link that answers at once. */
  const connect = async (): Promise<void> => {
    const pair = { type: "candidate-pair", nominated: true, responsesReceived: 1 };
    for (const peer of peers) {
      peer.stats = [["pair", { ...pair, currentRoundTripTime: 0.02 }]];
      peer.options.onPath("connected");
    }
    await settled();
  };
  const track = (kind: string) => ({ kind, stop: () => {} }) as MediaStreamTrack;
  const settled = () => new Promise((done) => setTimeout(done));
  const refused = () => Promise.reject(new DOMException("", "NotAllowedError"));
  const enter = async (openDevices: OpenDevices = refused, hideAddress = false): Promise<void> => {
    peers = [];
    sent = [];
    localStorage.clear();
    signal.set({ kind: "idle" });
    call = new Call({
      ticket: () => Promise.reject(new Error("not used")),
      openDevices,
      hideAddress,
      peer: (options) => {
        const peer = new FakePeer(options);
        peers.push(peer);
        return peer as unknown as Peer;
      },
      signaling: (options) => {
        server = options;
        const fake = {
          state: signal,
          start: () => signal.set({ kind: "connecting" }),
          send: (message: ClientMessage) => sent.push(message),
          leave: () => signal.set({ kind: "over", why: "left" }),
        };
        return fake as unknown as Signaling;
      },
    });
    await call.enter();
  };

  beforeEach(() => enter());

  it("goes in without devices and says why", () => {
    expect(call.state.get()).toMatchObject({
      kind: "connecting",
      own: { microphone: false, camera: false, audioTrouble: "refused", videoTrouble: "refused" },
    });
  });

  it("meets everybody, polite to the lower seats", () => {
    welcome(2, [participant(1), participant(3)]);
    expect(open()).toEqual([1, 3]);
    expect(peers.map(({ options }) => options.polite)).toEqual([true, false]);
    expect(sent).toEqual([{ type: "media", body: { audio: false, video: false, packs: true } }]);
    expect(talking().people.map(({ name }) => name)).toEqual(["Person 1", "Person 3"]);
  });

  it("waits outside until it is let in", () => {
    welcome(3, [], { state: "waiting" });
    expect(call.state.get().kind).toBe("waiting");
    expect(sent).toEqual([]);
    const everybody = [participant(1), participant(3)];
    hear({ type: "admitted", by: 1, participants: everybody, waiting: [], iceServers: [] });
    expect(open()).toEqual([1]);
    expect(talking().self.state).toBe("admitted");
  });

  it("keeps the peer of one who is away, and makes a new one for a new page", () => {
    welcome(1, [participant(2)]);
    hear({ type: "away", seat: 2, until: at });
    expect(peers[0]?.reachable).toBe(false);
    hear({ type: "back", participant: participant(2), resumed: true });
    expect(peers).toHaveLength(1);
    expect(peers[0]?.reachable).toBe(true);
    hear({ type: "back", participant: participant(2, { epoch: 2 }), resumed: false });
    expect(peers[0]?.closed).toBe(true);
    expect(peers[1]?.options.to).toEqual({ seat: 2, epoch: 2 });
  });

  it("goes on without a word when it has resumed", () => {
    welcome(1, [participant(2)]);
    signal.set({ kind: "lost", since: 0, attempt: 1 });
    expect(talking().link.kind).toBe("lost");
    expect(peers[0]?.reachable).toBe(false);
    welcome(1, [participant(2)], { fresh: false, resumed: true });
    expect(talking().link.kind).toBe("open");
    expect(peers).toHaveLength(1);
    expect(peers[0]?.repaired).toBe(0);
  });

  it("repairs its peers when too much was missed", () => {
    welcome(1, [participant(2), participant(3)]);
    welcome(1, [participant(2), participant(4)], { fresh: false });
    expect(peers[0]?.repaired).toBe(1);
    expect(open()).toEqual([2, 4]);
  });

  it("lets be what is settled when another server has taken the call over", () => {
    welcome(1, [participant(2)]);
    welcome(1, [participant(2)], { fresh: false, restored: true });
    expect(peers).toHaveLength(1);
    expect(peers[0]?.repaired).toBe(0);
    expect(peers[0]?.lookedAfter).toBe(1);
    expect(sent.at(-1)?.type).toBe("media");
  });

  it("hears once what is said again to the server that took over", () => {
    welcome(1, [participant(2)]);
    hear({ type: "chat", from: 2, sent: 4, body: { text: "once" } });
    welcome(1, [participant(2)], { fresh: false, restored: true });
    hear({ type: "chat", from: 2, sent: 4, body: { text: "once" } });
    hear({ type: "description", from: 2, sent: 3, body: {} });
    hear({ type: "chat", from: 2, sent: 5, body: { text: "more" } });
    expect(talking().chat.map(({ text }) => text)).toEqual(["once", "more"]);
    expect(peers[0]?.heard).toEqual([]);
  });

  it("reaches those who have come back while too much was missed", () => {
    welcome(1, [participant(2, { present: false })]);
    expect(peers[0]?.reachable).toBe(false);
    welcome(1, [participant(2)], { fresh: false });
    expect(peers[0]?.reachable).toBe(true);
  });

  it("sends its picture only while fewer than four come before it", async () => {
    await enter(() =>
      Promise.resolve({ getTracks: () => [track("audio"), track("video")] } as MediaStream),
    );
    const media = { audio: true, video: true };
    welcome(
      6,
      [1, 2, 3, 4].map((seat) => participant(seat, { media })),
    );
    await settled();
    expect(talking().own).toMatchObject({ camera: true, pictureWaits: true });
    expect(sent.at(-1)).toEqual({
      type: "media",
      body: { audio: true, video: false, packs: true },
    });
    await connect();
    expect(talking().line).toMatchObject({ rung: "small", why: "proved" });
    expect(peers[0]?.sending.tracks).toMatchObject({ video: undefined });
    hear({ type: "media", from: 3, sent: 1, body: { audio: true, video: false } });
    await settled();
    expect(talking().own.pictureWaits).toBe(false);
    expect(sent.at(-1)).toEqual({ type: "media", body: { ...media, packs: true } });
    expect(peers[0]?.sending.tracks.video?.kind).toBe("video");
  });

  it("sends the voice first, and more as the link and the wishes of the others allow", async () => {
    await enter(() =>
      Promise.resolve({ getTracks: () => [track("audio"), track("video")] } as MediaStream),
    );
    welcome(1, [participant(2), participant(3)]);
    expect(sent.at(-1)).toEqual({
      type: "media",
      body: { audio: true, video: false, packs: true },
    });
    expect(peers[0]?.sending.tracks).toMatchObject({ audio: { kind: "audio" }, video: undefined });
    await connect();
    expect(sent.slice(-2)).toMatchObject([
      { type: "quality", body: { level: "good", rung: "small", wants: "small" } },
      { type: "media", body: { audio: true, video: true } },
    ]);
    expect(peers[0]?.sending).toMatchObject({
      tracks: { video: { kind: "video" } },
      video: { bitsPerSecond: 30_000 },
    });

    const body = { level: "poor", roundTripMs: 900, lossPercent: 4, rung: "thin", wants: "thin" };
    hear({ type: "quality", from: 2, sent: 1, body });
    await settled();
    expect(peers.map(({ sending }) => sending.voice.packetMilliseconds)).toEqual([120, 60]);
    expect(peers[0]?.sending.tracks.video).toBeUndefined();
    expect(peers[1]?.sending.tracks.video?.kind).toBe("video");

    call.setWish({ highest: "text", receiveVideo: true, megabytes: undefined });
    await settled();
    expect(peers[1]?.sending.tracks).toEqual({ audio: undefined, video: undefined });
    expect(sent.map(({ type }) => type).slice(-2)).toEqual(["quality", "media"]);
    expect(talking().line).toMatchObject({ rung: "text", why: "wished" });
  });

  it("goes through the relay only when the address is to be hidden, or says that it cannot", async () => {
    await enter(undefined, true);
    const relay = [{ urls: ["turn:turn.example.org"], username: "u", credential: "c" }];
    welcome(1, [participant(2)], { iceServers: relay });
    expect(peers[0]?.options.iceTransportPolicy).toBe("relay");
    expect(talking().own.addressShown).toBe(false);
    welcome(1, [participant(2)]);
    expect(peers[1]?.options.iceTransportPolicy).toBe("all");
    expect(talking().own.addressShown).toBe(true);
  });

  it("gives newer credentials of the relay to its peers", () => {
    welcome(1, [participant(2)]);
    const renewed = [{ urls: ["turn:turn.example.org"], username: "v", credential: "d" }];
    server.onIceServers?.(renewed);
    expect(peers[0]?.iceServers).toEqual(renewed);
    hear({ type: "joined", participant: participant(3) });
    expect(peers[1]?.options.iceServers).toEqual(renewed);
  });

  it("makes every peer anew in a new epoch", () => {
    welcome(1, [participant(2)]);
    welcome(1, [participant(2)]);
    expect(peers.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it("closes the peer of one who left, and tells of one who joined", () => {
    welcome(1, [participant(2)]);
    hear({ type: "left", seat: 2, reason: "left" });
    hear({ type: "joined", participant: participant(3) });
    expect(open()).toEqual([3]);
  });

  it("hands messages to the peer of their sender", () => {
    welcome(1, [participant(2)]);
    hear({ type: "description", from: 2, body: {} });
    hear({ type: "description", from: 9, body: {} });
    expect(peers[0]?.heard).toEqual(["description"]);
  });

  it("follows what it and others are in the call", () => {
    welcome(1, [participant(2)]);
    hear({ type: "waiting", participant: participant(9, { role: "patient", host: false }) });
    hear({ type: "role", seat: 2, role: "observer", host: false, by: 1 });
    hear({ type: "role", seat: 1, role: "observer", host: false, by: 2 });
    expect(call.state.get()).toMatchObject({
      kind: "talking",
      self: { role: "observer", host: false },
      people: [{ seat: 2, role: "observer", host: false }],
      waiting: [],
    });
    call.setRole(2, "specialist");
    call.handOver(2);
    expect(sent.slice(-2)).toEqual([
      { type: "role", seat: 2, body: { role: "specialist" } },
      { type: "hand-over", seat: 2 },
    ]);
  });

  it("shows its own words and those of others", () => {
    welcome(1, [participant(2)]);
    call.say("  Can you hear me? ");
    call.say("   ");
    hear({ type: "chat", from: 2, body: { text: "yes" } });
    expect(talking().chat.map(({ seat, text }) => [seat, text])).toEqual([
      [0, "Can you hear me?"],
      [2, "yes"],
    ]);
  });

  it("is over when the server says so, and then nothing changes it", () => {
    welcome(1, [participant(2)]);
    signal.set({ kind: "over", why: "ended" });
    expect(call.state.get()).toEqual({ kind: "over", why: "ended" });
    expect(open()).toEqual([]);
    hear({ type: "joined", participant: participant(3) });
    expect(call.state.get()).toEqual({ kind: "over", why: "ended" });
  });
});
