import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Act, acts, type Doing } from "./acts";
import { forget, hand, restQueue, startQueue, tryAgain } from "./queue";
import { openVault } from "./vault";

const BODY = {
  localNumber: "1",
  sex: "female",
  language: "sw",
  allergies: { state: "none" },
} as const;
const ANSWER = { form: "spoken", givenBy: "patient", purpose: "images" } as const;

/** A correction, a decision, an answer: each based on 3 that the server had. */
const KINDS: Record<string, Doing> = {
  correction: { kind: "correction", patientId: "p", version: 3, body: BODY },
  decision: {
    kind: "decision",
    consultId: "c",
    recommendationId: "r",
    seen: 3,
    body: { decision: "accept" },
  },
  consent: {
    kind: "consent",
    consultId: "c",
    seen: 3,
    body: { ...ANSWER, decision: "granted", language: "en", textVersion: "1" },
  },
  "consent taken back": {
    kind: "consent-back",
    consultId: "c",
    seen: 3,
    body: { ...ANSWER, reason: "Fear" },
  },
};

describe.each(Object.entries(KINDS))("of two acts of the kind %s the second", (_, doing) => {
  /** How many the server has: what every act must be based upon. */
  let there: number;
  let taken: string[];
  let down: boolean;
  let first: string;
  let second: string;
  const act = (id: string, actedAt: number, after?: string): Act => ({
    id,
    doing,
    title: id,
    actedAt,
    ...(after && { after }),
    form: { draft: "d", values: { name: id, version: 3, after: after ?? "" }, page: "/clinic" },
  });
  const refused = () =>
    acts
      .get()
      .filter((one) => one.refused?.changed)
      .map(({ id }) => id);

  beforeEach(async () => {
    there = 3;
    taken = [];
    down = true;
    first = crypto.randomUUID();
    second = crypto.randomUUID();
    openVault(crypto.randomUUID());
    vi.stubGlobal("fetch", async (request: Request) => {
      if (down) throw new TypeError("no network");
      const based =
        request.headers.get("If-Match")?.replaceAll('"', "") ??
        new URL(request.url).searchParams.get("seen");
      const isRight = Number(based) === there;
      if (isRight) {
        there++;
        taken.push(String(request.headers.get("Idempotency-Key")));
      }
      return new Response(JSON.stringify(isRight ? { version: there } : { status: 412 }), {
        status: isRight ? 200 : 412,
        headers: { "Content-Type": isRight ? "application/json" : "application/problem+json" },
      });
    });
    startQueue();
    await hand(act(first, 1));
    await hand(act(second, 2, first));
  });

  afterEach(() => {
    restQueue();
    vi.unstubAllGlobals();
  });

  it("goes on from what the first has left", async () => {
    down = false;
    startQueue();
    await vi.waitFor(() => expect(acts.get()).toEqual([]));
    expect(taken).toEqual([first, second]);
    // It was typed before the first had gone, and is sent after.
    const third = crypto.randomUUID();
    await hand(act(third, 3, second));
    expect(taken).toEqual([first, second, third]);
  });

  it("is not taken over a colleague's change when the first is given up", async () => {
    there = 4;
    down = false;
    startQueue();
    await vi.waitFor(() => expect(refused()).toEqual([first]));
    await forget(act(first, 1));
    startQueue();
    await vi.waitFor(() => expect(refused()).toEqual([second]));
    expect(taken).toEqual([]);
    expect(there).toBe(4);
  });

  it("still goes on from the first when that one is sent again", async () => {
    there = 4;
    down = false;
    startQueue();
    await vi.waitFor(() => expect(refused()).toEqual([first]));
    there = 3;
    await tryAgain(act(first, 1));
    await vi.waitFor(() => expect(acts.get()).toEqual([]));
    expect(taken).toEqual([expect.not.stringContaining(first), second]);
    expect(there).toBe(5);
  });
});
