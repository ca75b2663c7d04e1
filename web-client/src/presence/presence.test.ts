import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Socket } from "../call/signaling";
import { store } from "../store";
import { Presence } from "./presence";
import { NO_RINGS, type Rings } from "./rings";
import { keepWay, takeWay } from "./ways";

const FOLDER = "../signaling/src/main/resources/protocol/consilium.v1-presence";
const ADA = "019cad00-0000-7000-8000-0000000000a2";
const RING = "019cad00-0000-7000-8000-000000000001";

function example(name: string): string {
  return readFileSync(`${FOLDER}/${name}.json`, "utf8");
}

class Wire implements Socket {
  onopen: ((event: Event) => void) | null = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  readyState = 1;
  readonly said: unknown[] = [];
  closed = false;

  constructor(readonly protocols: string[]) {}

  send(text: string): void {
    this.said.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  hear(name: string): void {
    this.onmessage?.({ data: example(name) } as MessageEvent);
  }

  end(code: number, reason = ""): void {
    this.onclose?.({ code, reason } as CloseEvent);
  }
}

describe("a page's presence socket", () => {
  let wires: Wire[];
  let rings: ReturnType<typeof store<Rings>>;
  let presence: Presence;
  let standsBack: ReturnType<typeof store<boolean>>;
  const wire = (): Wire => wires[wires.length - 1] as Wire;

  beforeEach(async () => {
    vi.useFakeTimers();
    wires = [];
    rings = store<Rings>(NO_RINGS);
    standsBack = store(false);
    let tickets = 0;
    presence = new Presence({
      account: ADA,
      rings,
      ticket: () => Promise.resolve({ ticket: `t${++tickets}`, url: "ws://test/signal" }),
      open: (_, protocols) => {
        const opened = new Wire(protocols);
        wires.push(opened);
        return opened;
      },
      jitter: () => 1,
      standsBack,
    });
    presence.open();
    await vi.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    presence.close();
    vi.useRealTimers();
  });

  it("comes back with a new ticket, and shows what rings then", async () => {
    expect(wire().protocols).toEqual(["consilium.v1", "presence.t1"]);
    wire().hear("server-present");
    wire().end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wire().protocols).toEqual(["consilium.v1", "presence.t2"]);
    wire().hear("server-present");
    expect(rings.get().incoming.map(({ id }) => id)).toEqual([RING]);
  });

  it("says an answer again when its reply was lost", async () => {
    wire().hear("server-present");
    presence.answer(RING);
    wire().end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wire().said).toEqual([]);
    wire().hear("server-present");
    expect(wire().said).toEqual([{ type: "ring-answer", ring: RING }]);
    wire().hear("server-ring-answered");
    expect(rings.get().incoming).toEqual([]);
    wire().end(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    wire().hear("server-present");
    expect(wire().said).toEqual([]);
  });

  it("stops ringing here as soon as it is declined", () => {
    wire().hear("server-present");
    presence.decline(RING, "busy");
    expect(wire().said).toEqual([{ type: "ring-decline", ring: RING, reason: "busy" }]);
    expect(rings.get().incoming).toEqual([]);
  });

  it("gives a silent connection up", async () => {
    wire().hear("server-present");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(wire().said).toEqual([{ type: "ping" }]);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(wires).toHaveLength(2);
  });

  it("stands back while a call connects, and gives up what it had begun", async () => {
    standsBack.set(true);
    expect(wire().closed).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wires).toHaveLength(1);
    standsBack.set(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(wires).toHaveLength(2);
    wire().hear("server-present");
    // What stands already is in nobody's way.
    standsBack.set(true);
    expect(wire().closed).toBe(false);
    wire().end(1006);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wires).toHaveLength(2);
    standsBack.set(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(wires).toHaveLength(3);
  });

  it("stays away when too many windows are open, and waits when the server stops", async () => {
    wire().hear("server-present");
    wire().end(1012, "retry-ms=4000");
    await vi.advanceTimersByTimeAsync(3_900);
    expect(wires).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(wires).toHaveLength(2);
    wire().end(4001, "replaced");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wires).toHaveLength(2);
  });
});

describe("the way into a call that an answer gave", () => {
  const way = { ticket: "t", url: "ws://test/signal", expiresAt: "2026-03-02T09:16:00Z" };

  it("is good once, and not too late", () => {
    keepWay("consult", way);
    expect(takeWay("consult", Date.parse("2026-03-02T09:15:59Z"))).toBe(way);
    expect(takeWay("consult", Date.parse("2026-03-02T09:15:59Z"))).toBeUndefined();
    keepWay("consult", way);
    expect(takeWay("consult", Date.parse("2026-03-02T09:16:00Z"))).toBeUndefined();
  });
});
