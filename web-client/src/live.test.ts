import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backOff, concerns, type Hint, Live, parseHint, type Source } from "./live";

class FakeSource implements Source {
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  readonly #listeners = new Map<string, (event: MessageEvent) => void>();

  addEventListener(type: string, listener: (event: MessageEvent) => void): void {
    this.#listeners.set(type, listener);
  }
  close(): void {
    this.closed = true;
  }
  open(): void {
    this.onopen?.(new Event("open"));
  }
  fail(): void {
    this.onerror?.(new Event("error"));
  }
  send(type: string, data = ""): void {
    this.#listeners.get(type)?.(new MessageEvent(type, { data }));
  }
}

describe("Live", () => {
  let sources: FakeSource[];
  let heard: (Hint | "everything")[];
  let lost: number;
  let live: Live;
  const newest = () => {
    const source = sources[sources.length - 1];
    if (!source) throw new Error("not connected");
    return source;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sources = [];
    heard = [];
    lost = 0;
    live = new Live({
      connect: () => {
        const source = new FakeSource();
        sources.push(source);
        return source;
      },
      onLost: () => lost++,
      jitter: () => 1,
    });
    live.listen((hint) => heard.push(hint));
    live.open();
  });

  afterEach(() => {
    live.close();
    vi.useRealTimers();
  });

  it("passes hints on and drops what is none", () => {
    newest().open();
    newest().send("message", '{"topic":"consult","id":"7"}');
    newest().send("message", '{"topic":"offer","id":"8"}');
    newest().send("message", "rubbish");
    expect(heard).toEqual([
      { topic: "consult", id: "7" },
      { topic: "offer", id: "8" },
    ]);
  });

  it("says nothing of the first opening, and everything after a gap", () => {
    newest().open();
    expect(heard).toEqual([]);
    newest().fail();
    expect(live.state.get()).toMatchObject({ kind: "lost", attempt: 1 });
    vi.advanceTimersByTime(1_000);
    expect(live.state.get().kind).toBe("lost");
    newest().open();
    expect(live.state.get().kind).toBe("open");
    expect(heard).toEqual(["everything"]);
  });

  it("loads everything again when the server may have missed something", () => {
    newest().open();
    newest().send("resync", "{}");
    expect(heard).toEqual(["everything"]);
  });

  it("does not miss the pings of a server that sends none", () => {
    newest().open();
    newest().send("message", '{"topic":"consult","id":"7"}');
    vi.advanceTimersByTime(600_000);
    expect(live.state.get().kind).toBe("open");
  });

  it("waits longer after each failure and keeps the moment of the first", () => {
    newest().open();
    newest().fail();
    const first = live.state.get();
    vi.advanceTimersByTime(1_000);
    newest().fail();
    expect(live.state.get()).toMatchObject({
      attempt: 2,
      since: first.kind === "lost" && first.since,
    });
    vi.advanceTimersByTime(1_999);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(3);
    expect(lost).toBe(2);
  });

  it("does not wait when the network is back", () => {
    newest().fail();
    live.retryNow();
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(29_000);
    expect(sources).toHaveLength(2);
  });

  it("says when it tries again, and that it is trying", () => {
    newest().fail();
    expect(live.state.get()).toMatchObject({ kind: "lost", retryAt: Date.now() + 1_000 });
    vi.advanceTimersByTime(1_000);
    expect(live.state.get()).not.toHaveProperty("retryAt");
  });

  it("does not wait for ever for a path that swallows the question", () => {
    newest().fail();
    vi.advanceTimersByTime(1_000 + 30_000);
    expect(live.state.get()).toMatchObject({ kind: "lost", attempt: 2 });
  });

  it("asks the server itself when something speaks for a dead path", () => {
    live.doubt();
    expect(sources).toHaveLength(1);
    newest().open();
    live.doubt();
    expect(sources).toHaveLength(2);
    newest().open();
    expect(live.state.get().kind).toBe("open");
    expect(heard).toEqual(["everything"]);
  });

  it("takes a path for dead when its pings stop", () => {
    newest().open();
    newest().send("ping");
    vi.advanceTimersByTime(49_999);
    newest().send("ping");
    vi.advanceTimersByTime(49_999);
    expect(live.state.get().kind).toBe("open");
    vi.advanceTimersByTime(1);
    expect(live.state.get().kind).toBe("lost");
    expect(sources[0]?.closed).toBe(true);
  });

  it("stays closed when it was closed", () => {
    newest().open();
    live.close();
    vi.advanceTimersByTime(120_000);
    expect(sources).toHaveLength(1);
    expect(live.state.get().kind).toBe("closed");
  });
});

describe("hints", () => {
  it("concern a topic, an id, or both", () => {
    const hint = { topic: "consult", id: "7" };
    expect(concerns("consult", hint)).toBe(true);
    expect(concerns("7", hint)).toBe(true);
    expect(concerns("offer", hint)).toBe(false);
    expect(concerns({ topic: "consult", id: "7" }, hint)).toBe(true);
    expect(concerns({ topic: "consult", id: "8" }, hint)).toBe(false);
  });

  it("may have no id", () => {
    expect(parseHint('{"topic":"queue"}')).toEqual({ topic: "queue", id: "" });
    expect(parseHint("7")).toBeUndefined();
  });
});

describe("backOff", () => {
  it("doubles to half a minute, and spreads by half", () => {
    expect([1, 2, 3, 10].map((attempt) => backOff(attempt, 1))).toEqual([1000, 2000, 4000, 30000]);
    expect(backOff(1, 0)).toBe(500);
  });
});
