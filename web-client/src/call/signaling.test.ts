import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallMessage, Welcome } from "./protocol";
import { pause } from "./reconnect";
import { Signaling, type Socket, type Ticket, TicketRefused } from "./signaling";

class FakeSocket implements Socket {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  readonly readyState = 1;
  closedByClient = false;

  constructor(readonly credential: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closedByClient = true;
  }
  say(message: object): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(message) }));
  }
  drop(code = 1006, reason = ""): void {
    this.onclose?.({ code, reason } as CloseEvent);
  }
  welcome(change: Partial<Welcome> = {}): void {
    this.say({
      type: "welcome",
      resumed: false,
      self: { seat: 1, epoch: 1 },
      resumeToken: "token-1",
      seq: 0,
      accepted: 0,
      ...change,
    });
  }
  /** The numbers of what the client said, without pings. */
  numbers(): unknown[] {
    return this.sent.filter(({ type }) => type !== "ping").map(({ seq }) => seq);
  }
}

const chat = (text: string) => ({ type: "chat", body: { text } }) as const;
const heardChat = (seq: number) => ({
  type: "chat",
  seq,
  at: "",
  from: 2,
  body: { text: `${seq}` },
});

describe("Signaling", () => {
  let sockets: FakeSocket[];
  let tickets: number;
  let ticket: () => Promise<Ticket>;
  let fresh: boolean[];
  let heard: number[];
  let signaling: Signaling;

  const newest = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error("not connected");
    return socket;
  };
  const settle = () => vi.advanceTimersByTimeAsync(1);

  beforeEach(async () => {
    vi.useFakeTimers();
    sockets = [];
    tickets = 0;
    fresh = [];
    heard = [];
    ticket = () => Promise.resolve({ ticket: `t${++tickets}`, url: "ws://here/signal" });
    signaling = new Signaling({
      ticket: () => ticket(),
      open: (_, [protocol, credential]) => {
        expect(protocol).toBe("consilium.v1");
        const socket = new FakeSocket(credential ?? "");
        sockets.push(socket);
        return socket;
      },
      onWelcome: (_, isFresh) => fresh.push(isFresh),
      onMessage: (message: CallMessage) => heard.push(message.seq),
      jitter: () => 1,
    });
    signaling.start();
    await settle();
  });

  afterEach(() => {
    signaling.leave();
    vi.useRealTimers();
  });

  it("comes in with a ticket and says nothing before the welcome", () => {
    expect(newest().credential).toBe("ticket.t1");
    signaling.send(chat("early"));
    expect(newest().sent).toEqual([]);
    newest().welcome();
    expect(newest().sent).toEqual([{ type: "chat", seq: 1, body: { text: "early" } }]);
    expect(signaling.state.get()).toEqual({ kind: "open" });
    expect(fresh).toEqual([true]);
  });

  it("takes its seat again and sends what was not accepted, in order", async () => {
    newest().welcome();
    for (const text of ["a", "b", "c"]) signaling.send(chat(text));
    newest().say(heardChat(1));
    newest().say(heardChat(2));
    newest().drop(1000);
    expect(signaling.state.get()).toMatchObject({ kind: "lost", attempt: 1 });
    signaling.send(chat("d"));
    await settle();
    expect(newest().credential).toBe("resume.token-1.2");

    newest().welcome({ resumed: true, seq: 2, accepted: 2 });

    expect(newest().numbers()).toEqual([3, 4]);
    expect(fresh).toEqual([true, false]);
    newest().say(heardChat(3));
    expect(heard).toEqual([1, 2, 3]);
    expect(tickets).toBe(1);
  });

  it("hears nothing twice", () => {
    newest().welcome();
    newest().say(heardChat(1));
    newest().say(heardChat(1));
    expect(heard).toEqual([1]);
  });

  it("acknowledges with its pings and forgets what the answer accepts", async () => {
    newest().welcome();
    signaling.send(chat("a"));
    newest().say(heardChat(1));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(newest().sent.at(-1)).toEqual({ type: "ping", ack: 1 });
    newest().say({ type: "pong", accepted: 1, at: "" });
    newest().drop();
    await settle();
    newest().welcome({ resumed: true, seq: 1, accepted: 0 });
    expect(newest().numbers()).toEqual([]);
  });

  it("says that it is quiet when a ping is not answered, and when it is again", async () => {
    newest().welcome();
    signaling.ask();
    await vi.advanceTimersByTimeAsync(2_499);
    expect(signaling.state.get()).toEqual({ kind: "open" });
    await vi.advanceTimersByTimeAsync(1);
    expect(signaling.state.get()).toEqual({ kind: "open", quiet: true });
    newest().say({ type: "pong", accepted: 0, at: "" });
    expect(signaling.state.get()).toEqual({ kind: "open" });
  });

  it("gives up a connection on which nothing is heard for ten seconds", async () => {
    newest().welcome();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await settle();
    expect(sockets[0]?.closedByClient).toBe(true);
    expect(newest().credential).toBe("resume.token-1.0");
  });

  it("waits for nothing on the old network, however often it is told of the new one", async () => {
    newest().welcome();
    globalThis.dispatchEvent(new Event("online"));
    await settle();
    expect(sockets).toHaveLength(2);
    globalThis.dispatchEvent(new Event("online"));
    await settle();
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    globalThis.dispatchEvent(new Event("online"));
    await settle();
    expect(sockets.map(({ closedByClient }) => closedByClient)).toEqual([true, true, false]);
    newest().welcome({ resumed: true });
    expect(fresh).toEqual([true, false]);
  });

  it("gives an attempt up that does not open, and sooner than one that does", async () => {
    newest().welcome();
    newest().drop();
    await settle();
    await vi.advanceTimersByTimeAsync(2_990);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(260);
    expect(sockets).toHaveLength(3);
    newest().onopen?.(new Event("open"));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(sockets).toHaveLength(3);
    newest().welcome({ resumed: true });
    expect(tickets).toBe(1);
  });

  it("gives an attempt as long as the way in is known to take", async () => {
    await vi.advanceTimersByTimeAsync(8_000);
    newest().welcome();
    newest().drop();
    await settle();
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(sockets).toHaveLength(3);
  });

  it("does not wait for ever for the server's word on a ticket", async () => {
    newest().welcome();
    ticket = () => new Promise(() => {});
    newest().drop(4008, "gone");
    await settle();
    ticket = () => Promise.resolve({ ticket: "t9", url: "ws://here/signal" });
    await vi.advanceTimersByTimeAsync(16_000);
    expect(newest().credential).toBe("ticket.t9");
  });

  it("connects at once when the network is back", async () => {
    newest().welcome();
    newest().drop();
    await settle();
    newest().drop();
    expect(sockets).toHaveLength(2);
    globalThis.dispatchEvent(new Event("online"));
    await settle();
    expect(sockets).toHaveLength(3);
  });

  it("waits longer after each failure", async () => {
    newest().welcome();
    newest().drop();
    await settle();
    newest().drop();
    await vi.advanceTimersByTimeAsync(pause(2, 1) - 2);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2);
    expect(sockets).toHaveLength(3);
  });

  it("makes sure that the seat is gone before it gives its peers up", async () => {
    newest().welcome();
    const lostAt = Date.now();
    newest().drop();
    await settle();
    expect(newest().credential).toBe("resume.token-1.0");
    newest().drop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tickets).toBe(2);
    while (newest().credential === "resume.token-1.0") {
      newest().drop();
      await vi.advanceTimersByTimeAsync(5_000);
    }
    expect(Date.now() - lostAt).toBeGreaterThan(12_000);
    expect(tickets).toBe(2);
    expect(newest().credential).toBe("ticket.t2");
    newest().welcome({ resumeToken: "token-2", seq: 0 });
    expect(fresh).toEqual([true, true]);
  });

  it("asks for its seat again when the server could not be reached meanwhile", async () => {
    newest().welcome();
    ticket = () => Promise.reject(new TypeError("network"));
    newest().drop();
    await settle();
    newest().drop();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(sockets).toHaveLength(2);
    ticket = () => Promise.resolve({ ticket: "t9", url: "ws://here/signal" });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(newest().credential).toBe("resume.token-1.0");
    newest().welcome({ resumed: true });
    expect(fresh).toEqual([true, false]);
  });

  it("numbers anew in a new epoch and drops what was for the old connections", async () => {
    newest().welcome();
    newest().drop(4008, "gone");
    signaling.send({
      type: "candidate",
      to: 2,
      epoch: 1,
      body: { connection: 1, candidate: null },
    });
    signaling.send(chat("kept"));
    await settle();
    expect(newest().credential).toBe("ticket.t2");
    newest().welcome({ resumeToken: "token-2" });
    expect(newest().sent).toEqual([{ type: "chat", seq: 1, body: { text: "kept" } }]);
  });

  it("comes back when a stopping server says", async () => {
    newest().welcome();
    newest().drop(1012, "retry-ms=3700");
    await vi.advanceTimersByTimeAsync(3_699);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(newest().credential).toBe("resume.token-1.0");
  });

  it("resumes at once where another server serves the call, and says all again there", async () => {
    newest().welcome();
    for (const text of ["a", "b", "c"]) signaling.send(chat(text));
    newest().say({ type: "pong", accepted: 1, at: "" });
    newest().say(heardChat(1));
    newest().drop(4010, "moved");
    await settle();
    expect(newest().credential).toBe("resume.token-1.1");
    newest().welcome({ restored: true, seq: 0, accepted: 0 });
    expect(newest().numbers()).toEqual([2, 3]);
    expect(fresh).toEqual([true, false]);
    newest().say(heardChat(1));
    expect(heard).toEqual([1, 1]); // The new server counts anew.
  });

  it("does not take its own standing still for the server's", async () => {
    newest().welcome();
    await vi.advanceTimersByTimeAsync(9_000);
    vi.setSystemTime(Date.now() + 60_000); // A closed lid: no timer ran.
    await vi.advanceTimersByTimeAsync(1_000);
    expect(newest().sent.at(-1)).toEqual({ type: "ping", ack: 0 });
    newest().say({ type: "pong", accepted: 0, at: "" });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sockets).toHaveLength(1);
  });

  it("asks for a word when the page is looked at again", async () => {
    newest().welcome();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(newest().sent.at(-1)).toEqual({ type: "ping", ack: 0 });
    await vi.advanceTimersByTimeAsync(3_001);
    expect(sockets).toHaveLength(2);
  });

  it("does not hurry a server that closes each new connection", async () => {
    newest().welcome();
    newest().drop(4009, "sequence-gap");
    await settle();
    newest().welcome({ resumed: true });
    newest().drop(4009, "sequence-gap");
    await settle();
    expect(sockets).toHaveLength(2);
  });

  it("stops when another window has taken the seat", async () => {
    newest().welcome();
    newest().drop(4001, "replaced");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    expect(signaling.state.get()).toEqual({ kind: "over", why: "replaced" });
  });

  it("takes its seat back from an attempt of its own that came through late", async () => {
    newest().welcome();
    newest().drop();
    await settle();
    await vi.advanceTimersByTimeAsync(4_250);
    newest().welcome({ resumed: true });
    newest().drop(4001, "replaced");
    await vi.advanceTimersByTimeAsync(250);
    expect(newest().credential).toBe("resume.token-1.0");
    newest().welcome({ resumed: true });
    expect(signaling.state.get()).toEqual({ kind: "open" });
    newest().drop(4001, "replaced");
    expect(signaling.state.get()).toEqual({ kind: "over", why: "replaced" });
  });

  it("does not take the seat from another window", async () => {
    newest().welcome();
    newest().drop();
    await settle();
    await vi.advanceTimersByTimeAsync(4_250);
    newest().welcome({ resumed: true });
    newest().drop(4001, "replaced");
    await vi.advanceTimersByTimeAsync(250);
    newest().drop(); // The other window's ticket has made the token worthless.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tickets).toBe(1);
    expect(signaling.state.get()).toEqual({ kind: "over", why: "replaced" });
  });

  it("stops when no ticket is given", async () => {
    newest().welcome();
    ticket = () => Promise.reject(new TicketRefused("consult-closed"));
    newest().drop(4008, "gone");
    await settle();
    expect(signaling.state.get()).toEqual({
      kind: "over",
      why: "denied",
      detail: "consult-closed",
    });
  });

  it("gives the seat up on leaving", () => {
    newest().welcome();
    signaling.leave();
    expect(newest().sent).toEqual([{ type: "leave", seq: 1 }]);
    expect(newest().closedByClient).toBe(true);
    expect(signaling.state.get()).toEqual({ kind: "over", why: "left" });
  });

  it("begins anew rather than keep messages without end", async () => {
    newest().welcome();
    newest().drop();
    for (let count = 0; count < 401; count++) signaling.send(chat("x"));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(newest().credential).toBe("ticket.t2");
  });
});
