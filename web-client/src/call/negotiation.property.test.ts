import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { End, sendingAt } from "./testing/end";

const RUNS = 400;
const STEPS = 60;
/** Both sides must be done that long after the last disturbance. */
const CALM_MILLISECONDS = 120_000;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Two ends between which everything takes its own time: each message, and each step of a browser.
 * Messages keep their order, as the protocol promises; a cut loses some of them and says so.
 */
class World {
  readonly next: () => number;
  readonly ends: readonly [End, End];
  /** What the browsers are at. */
  #turns: (() => void)[] = [];
  readonly log: string[] = [];

  constructor(seed: number) {
    this.next = random(seed);
    const turn = () => new Promise<void>((done) => this.#turns.push(done));
    this.ends = [new End("i", false, turn), new End("p", true, turn)];
  }

  #below(count: number): number {
    return Math.floor(this.next() * count);
  }
  #anEnd(): End {
    return this.ends[this.#below(2)] as End;
  }
  #other(end: End): End {
    return end === this.ends[0] ? this.ends[1] : this.ends[0];
  }

  /** One thing that was to happen happens; false when there is none. */
  async proceed(): Promise<boolean> {
    const possible = [
      ...this.#turns.map((_, index) => () => this.#turns.splice(index, 1)[0]?.()),
      ...this.ends
        .filter(({ sent }) => sent.length > 0)
        .map((from) => () => this.#other(from).take(from.sent.shift())),
    ];
    if (possible.length === 0) return false;
    possible[this.#below(possible.length)]?.();
    await vi.advanceTimersByTimeAsync(0);
    this.#followPaths();
    return true;
  }

  /** A path works where both ends have applied the same exchange. */
  #followPaths(): void {
    const [one, two] = this.ends.map(({ connection }) => connection);
    if (!one?.pairedWith(two as typeof one)) return;
    for (const connection of [one, two]) {
      if (connection && connection.connectionState !== "connected") {
        connection.become("connected", "connected");
      }
    }
  }

  async disturb(): Promise<void> {
    const end = this.#anEnd();
    const disturbances: Record<string, () => unknown> = {
      failed: () => end.connection.become("failed", "failed"),
      disconnected: () => end.connection.become("disconnected", "disconnected"),
      network: () => globalThis.dispatchEvent(new Event("online")),
      "link lost": () => end.peer.setReachable(false),
      "link back": () => end.peer.setReachable(true),
      "too much missed": () => {
        this.#other(end).sent.splice(0);
        end.peer.repair();
      },
      // What the dead node had accepted is gone; the rest is sent again.
      "node died": () => {
        for (const { sent } of this.ends) sent.splice(0, this.#below(sent.length + 1));
        for (const { peer } of this.ends) peer.repairIfUnsettled();
      },
      time: () => vi.advanceTimersByTimeAsync(this.next() * 10_000),
      voice: () => void end.peer.send(sendingAt(6_000 + this.#below(4) * 4_000)),
    };
    const names = Object.keys(disturbances);
    const name = names[this.#below(names.length)] as string;
    this.log.push(`${end === this.ends[0] ? "impolite" : "polite"}: ${name}`);
    await disturbances[name]?.();
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Either side has something to offer, at the worst moment. */
  offer(): void {
    const { connection } = this.#anEnd();
    if (connection.remoteDescription) connection.restartIce();
  }

  async calm(): Promise<void> {
    for (const { peer } of this.ends) peer.setReachable(true);
    for (let waited = 0; waited < CALM_MILLISECONDS; waited += 1_000) {
      while (await this.proceed());
      await vi.advanceTimersByTimeAsync(1_000);
    }
  }

  close(): void {
    for (const { peer } of this.ends) peer.close();
  }
}

describe("however messages and browsers interleave", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("settles offers that cross without a pause, and without a restart", async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const world = new World(seed);
      for (let step = 0; step < STEPS; step++) {
        if (world.next() < 0.2) world.offer();
        else await world.proceed();
      }
      while (await world.proceed());
      const [impolite, polite] = world.ends;
      const paired = impolite.connection.pairedWith(polite.connection);
      expect([seed, paired, impolite.connection.signalingState]).toEqual([seed, true, "stable"]);
      expect(polite.connection.signalingState).toBe("stable");
      expect(impolite.connections).toHaveLength(1);
      world.close();
    }
  });

  it("ends in one stable connection with the lines of both agreed", async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const world = new World(seed);
      for (let step = 0; step < STEPS; step++) {
        if (world.next() < 0.15) await world.disturb();
        else await world.proceed();
      }
      await world.calm();
      const [impolite, polite] = world.ends;
      const found = {
        states: [impolite.connection.signalingState, polite.connection.signalingState],
        paired: impolite.connection.pairedWith(polite.connection),
        paths: [impolite.paths.at(-1), polite.paths.at(-1)],
        left: impolite.connections.filter(({ closed }) => !closed).length,
      };
      expect(found, `seed ${seed}: ${world.log.join(", ")}`).toEqual({
        states: ["stable", "stable"],
        paired: true,
        paths: ["connected", "connected"],
        left: 1,
      });
      // And then they are quiet: nobody goes on restarting what works.
      const offers = impolite.offers + polite.offers;
      await world.calm();
      expect(impolite.offers + polite.offers, `seed ${seed} is restless`).toBe(offers);
      world.close();
    }
  });
});
