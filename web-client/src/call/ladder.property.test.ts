import { describe, expect, it } from "vitest";
import {
  advance,
  begin,
  type Ladder,
  type Reading,
  type Remembered,
  slowStart,
  wish,
} from "./ladder";
import { isAbove, lower, RUNG_NAMES, type RungName, rungOf, voiceOn } from "./rungs";

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

/** What a rung puts on the wire while somebody talks, in kbit/s (docs/performance.md). */
function wireOf(rung: RungName, lossy: boolean): number {
  const voice = voiceOn(rung, lossy);
  const { video } = rungOf(rung);
  if (!voice) return 2;
  const headers = ((voice.lean ? 50 : 62) * 8) / voice.packetMilliseconds;
  const sound = (voice.bitsPerSecond / 1000) * (voice.redundant ? 2 : 1) + headers;
  return sound + ((video?.bitsPerSecond ?? 0) / 1000) * 1.15;
}

/** A link with a queue of one second that loses what does not fit, as an emulator does. */
class Pipe {
  kilobits = 500;
  baseMs = 600;
  loss = 0;
  dead = false;
  queueSeconds = 0;
  #second = 0;
  #seen = 500;
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = random(seed);
  }

  /** The browser sends less of a picture than it may when it sees the queue grow, a second late. */
  #adapted(at: Ladder): number {
    const most = wireOf(at.rung, at.lossy);
    const { video } = rungOf(at.rung);
    if (!video) return most;
    const least = wireOf("stills", at.lossy) + 35;
    const seen = this.#seen * (this.queueSeconds > 0.1 ? 0.8 : 0.95);
    this.#seen = this.kilobits;
    return Math.min(most, Math.max(least, seen));
  }

  /** One second of what the ladder sends. */
  carry(at: Ladder): Reading {
    const sent = this.#adapted(at);
    const fill = this.queueSeconds + (sent - this.kilobits) / this.kilobits;
    const dropped = Math.max(0, fill - 1) * (this.kilobits / Math.max(sent, 1));
    this.queueSeconds = Math.min(1, Math.max(0, fill));
    const share = Math.min(0.95, this.loss + dropped * (1 - this.loss));
    const packets = at.rung === "text" ? 0 : isAbove(at.rung, "stills") ? 40 : 12;
    const lost = Array.from({ length: packets }, this.#next).filter((part) => part < share).length;
    this.#second++;
    const base: Reading = {
      seconds: 1,
      roundTripMs: undefined,
      received: 0,
      lost: 0,
      remoteLoss: undefined,
      concealedPercent: undefined,
      estimateKilobits: undefined,
      silent: true,
      used: at.rung,
    };
    if (this.dead) return base;
    const voice = voiceOn(at.rung, at.lossy);
    return {
      ...base,
      // Both ways stand in the same queue; told each two seconds, as browsers do.
      roundTripMs:
        this.#second % 2 === 0
          ? this.baseMs + 1000 * this.queueSeconds + 60 * this.#next()
          : undefined,
      received: packets - lost,
      lost,
      concealedPercent: 100 * (voice?.redundant ? share * share : share),
      estimateKilobits: voice && !voice.lean ? this.kilobits * 0.88 : undefined,
      silent: packets === lost && packets > 0,
    };
  }
}

interface Run {
  readonly at: Ladder;
  readonly rungs: readonly RungName[];
  /** Seconds in which the queue made the voice late by more than half a second. */
  readonly lateSeconds: number;
}

function play(pipe: Pipe, from: Ladder, seconds: number, highest: RungName = "clear"): Run {
  let at = from;
  let lateSeconds = 0;
  const rungs: RungName[] = [];
  for (let second = 0; second < seconds; second++) {
    at = advance(at, pipe.carry(at), highest);
    rungs.push(at.rung);
    if (pipe.queueSeconds > 0.5) lateSeconds++;
  }
  return { at, rungs, lateSeconds };
}

function pipeOf(kilobits: number, change: Partial<Pipe> = {}): Pipe {
  return Object.assign(new Pipe(kilobits), { kilobits }, change);
}

const share = (rungs: readonly RungName[], of: (rung: RungName) => boolean): number =>
  rungs.filter(of).length / rungs.length;

describe("on a link of", () => {
  it.each<[number, RungName, RungName]>([
    [10, "text", "narrow"],
    [16, "narrow", "thin"],
    [24, "thin", "lean"],
    [32, "thin", "stills"],
    [40, "lean", "stills"],
    [64, "stills", "small"],
    [100, "stills", "video"],
    [128, "stills", "video"],
    [400, "video", "clear"],
    [3_000, "clear", "clear"],
  ])("%d kbit/s it stays between %s and %s", (kilobits, least, most) => {
    const { rungs, lateSeconds } = play(pipeOf(kilobits), begin("clear"), 300);
    const settled = rungs.slice(60);
    const inside = (rung: RungName) => !isAbove(least, rung) && !isAbove(rung, most);
    expect(share(settled, inside)).toBeGreaterThan(0.8);
    expect(lateSeconds).toBeLessThan(30);
  });
});

describe("the ladder", () => {
  it("shows the picture with the first look on a quick link, on a slow one the voice first", () => {
    expect(play(pipeOf(3_000, { baseMs: 20 }), begin("clear"), 2).at.rung).toBe("small");
    expect(play(pipeOf(3_000), begin("clear"), 9).at.rung).toBe("stills");
  });

  it("begins where the last call over this link ended, but never with a picture", () => {
    const known = (rung: RungName): Remembered => ({ rung, baseMs: 600 });
    expect(begin("clear", known("thin")).rung).toBe("thin");
    expect(begin("clear", { rung: "thin", baseMs: 30 }).rung).toBe("stills");
    expect(begin("clear", known("clear")).rung).toBe("stills");
    expect(begin("text", known("clear"))).toMatchObject({ rung: "text", why: "wished" });
  });

  it("shows the picture at once also when the first look saw nothing come", () => {
    const seen = new Pipe(1).carry(begin("clear"));
    const quick = { ...seen, roundTripMs: 20, silent: true };
    const at = advance(begin("clear"), quick, "clear");
    expect(advance(at, { ...quick, silent: false }, "clear").rung).toBe("small");
  });

  it("tries no picture for half a minute where already the way was hard to find", () => {
    const { rungs } = play(pipeOf(500), slowStart(begin("clear"), "thin"), 60);
    expect(rungs.slice(0, 29).every((rung) => rung === "lean")).toBe(true);
    expect(rungs.at(-1)).not.toBe("lean");
  });

  it("falls from 500 to 40 kbit/s within three seconds, and has the picture back within 20", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const pipe = Object.assign(new Pipe(seed), { kilobits: 500, baseMs: 100 + 12 * seed });
      const before = play(pipe, begin("clear"), 60).at;
      expect(isAbove(before.rung, "small")).toBe(true);
      pipe.kilobits = 40;
      expect(isAbove(play(pipe, before, 3).at.rung, "stills")).toBe(false);
      const thin = play(pipe, before, 30).at;
      pipe.kilobits = 500;
      expect(isAbove(play(pipe, thin, 20).at.rung, "stills"), `seed ${seed}`).toBe(true);
    }
  });

  it("repeats the voice when packets are lost on a link that is not full, and falls no further", () => {
    const { at, rungs } = play(pipeOf(40, { loss: 0.08 }), begin("clear"), 120);
    expect(at.lossy).toBe(true);
    expect(share(rungs.slice(30), (rung) => rung === "lean" || rung === "stills")).toBeGreaterThan(
      0.95,
    );
    expect(play(pipeOf(64), at, 60).at.lossy).toBe(false);
  });

  it("goes back to where the voice can be repeated, however it came below", () => {
    const lost = { loss: 0.1 };
    const { rungs } = play(pipeOf(40, lost), slowStart(begin("clear"), "thinnest"), 60);
    expect(rungs[0]).toBe("thin");
    expect(share(rungs.slice(20), (rung) => isAbove("lean", rung))).toBeLessThan(0.1);
    // Many are lost: less of it would be heard on any rung below.
    const worse = play(pipeOf(40, { loss: 0.35 }), begin("clear"), 60).rungs;
    expect(share(worse.slice(10), (rung) => isAbove("lean", rung))).toBe(0);
  });

  it("keeps its place over an outage, without the picture, and shows it soon afterwards", () => {
    const pipe = pipeOf(800, { baseMs: 80 });
    const before = play(pipe, begin("clear"), 60).at;
    pipe.dead = true;
    const out = play(pipe, before, 30).at;
    expect(out).toMatchObject({ rung: "stills", why: "lost" });
    pipe.dead = false;
    expect(isAbove(play(pipe, out, 8).at.rung, "stills")).toBe(true);
  });

  it("takes a way that has become longer for what it is", () => {
    const pipe = pipeOf(800, { baseMs: 50 });
    const before = play(pipe, begin("clear"), 60).at;
    pipe.baseMs = 900;
    const { at } = play(pipe, before, 60);
    expect(isAbove(at.rung, "stills")).toBe(true);
  });

  it("tries less and less often what has failed", () => {
    const { rungs } = play(pipeOf(48), begin("clear"), 600);
    const climbs = rungs.flatMap((rung, second) =>
      second > 0 && isAbove(rung, rungs[second - 1] ?? rung) ? [second] : [],
    );
    const last = climbs.filter((second) => second > 300).length;
    expect(last).toBeLessThanOrEqual(4);
  });

  it("proves nothing by what the others do not take", () => {
    const pipe = pipeOf(3_000, { baseMs: 20 });
    let at = begin("clear");
    for (let second = 0; second < 120; second++) {
      const used = lower(at.rung, "stills");
      at = advance(at, { ...pipe.carry({ ...at, rung: used }), used }, "clear");
    }
    expect(at.rung).toBe("small");
  });
});

describe("whatever a link does", () => {
  it("the ladder never goes above what the person allows, and never by two rungs up", () => {
    const wrong: unknown[] = [];
    for (let seed = 1; seed <= 100; seed++) {
      const next = random(seed);
      const pipe = new Pipe(seed * 7);
      let highest: RungName = "clear";
      let at = begin(highest);
      for (let second = 0; second < 200; second++) {
        if (next() < 0.05) pipe.kilobits = 8 * 2 ** (next() * 8);
        if (next() < 0.03) pipe.loss = next() < 0.5 ? 0 : next() * 0.3;
        if (next() < 0.02) pipe.dead = !pipe.dead;
        if (next() < 0.02) {
          highest = RUNG_NAMES[Math.floor(next() * RUNG_NAMES.length)] ?? "clear";
          at = wish(at, highest);
        }
        const before = at.rung;
        at = advance(at, pipe.carry(at), highest);
        const step = RUNG_NAMES.indexOf(at.rung) - RUNG_NAMES.indexOf(before);
        const known = Number.isFinite(at.packets + at.lost + at.concealed);
        if (isAbove(at.rung, highest) || step > 1 || !known) wrong.push({ seed, second, at });
      }
    }
    expect(wrong).toEqual([]);
  });
});
