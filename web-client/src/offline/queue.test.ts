import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { type Act, acts, type Doing, unheard } from "./acts";
import { fateOf, nextAct, waitsFor } from "./order";
import { perform, sameWords } from "./perform";
import { forget, hand, restQueue, startQueue, tryAgain } from "./queue";
import { openVault } from "./vault";

const form = { draft: "d", values: { text: "typed" }, page: "/clinic" };
const message = (id: string, consultId = "c"): Act => ({
  id,
  title: id,
  actedAt: 2,
  form,
  doing: { kind: "message", consultId, body: { id, text: id, language: "en" } },
});
const patientBody = {
  localNumber: "1",
  sex: "female",
  language: "sw",
  allergies: { state: "none" },
} as const;
const patient: Act = {
  id: "key-of-patient",
  title: "Naisula",
  actedAt: 0,
  form,
  doing: {
    kind: "patient",
    patientId: "p",
    body: patientBody,
  },
};
const request: Act = {
  id: "key-of-request",
  title: "What now?",
  actedAt: 1,
  form,
  doing: {
    kind: "request",
    consultId: "c",
    patientId: "p",
    body: {
      content: { patientId: "p", mode: "clinician-advice", language: "en" },
      revision: 0,
      saved: false,
      urgency: undefined,
      urgencyReason: undefined,
      findings: { age: { value: 3, unit: "years" }, sex: "female" },
      consents: [],
    },
  },
};

const problem = (status: number, retryAfterSeconds?: number) =>
  new Problem({
    kind: status === 0 ? "unreachable" : "answered",
    status,
    code: "x",
    sentence: "No.",
    ...(retryAfterSeconds && { retryAfterSeconds }),
  });

describe("the order", () => {
  it("is that of acting: the patient before the request before its messages", () => {
    const queue = [patient, request, message("m")];
    expect(nextAct(queue, new Set())).toBe(patient);
    expect(waitsFor(request, patient)).toBe(true);
    expect(waitsFor(message("m"), request)).toBe(true);
    expect(waitsFor(message("m", "another"), request)).toBe(false);
  });

  it("keeps decisions, answers and corrections in order upon the same thing, and no other", () => {
    const act = (doing: Doing): Act => ({ ...message("x"), doing });
    const decide = (recommendationId: string) =>
      act({
        kind: "decision",
        consultId: "c",
        recommendationId,
        seen: 0,
        body: { decision: "accept" },
      });
    const correct = act({ kind: "correction", patientId: "p", version: 1, body: patientBody });
    const answer = { form: "spoken", givenBy: "patient", purpose: "images" } as const;
    const back = act({
      kind: "consent-back",
      consultId: "c",
      seen: 1,
      body: { ...answer, reason: "Fear" },
    });
    const agree = (purpose: "images" | "advice") =>
      act({
        kind: "consent",
        consultId: "c",
        seen: 0,
        body: { ...answer, purpose, decision: "granted", language: "en", textVersion: "1" },
      });
    expect(waitsFor(decide("r"), decide("r"))).toBe(true);
    expect(waitsFor(decide("s"), decide("r"))).toBe(false);
    expect(waitsFor(back, agree("images"))).toBe(true);
    expect(waitsFor(agree("advice"), back)).toBe(false);
    expect(waitsFor(correct, correct)).toBe(true);
    expect(waitsFor(correct, patient)).toBe(true);
    expect(waitsFor(request, correct)).toBe(false);
    expect(waitsFor(agree("images"), request)).toBe(true);
  });

  it("lets what was refused hold back only what needs it", () => {
    const refused = { ...patient, refused: { sentence: "No.", changed: false } };
    const other = message("m", "another");
    expect(nextAct([refused, request, message("n"), other], new Set())).toBe(other);
    expect(nextAct([refused, request], new Set())).toBeUndefined();
  });
});

it("an answer means that all wait, that one waits, or that a person is needed", () => {
  expect([0, 401, 429, 502, 503].map((status) => fateOf(problem(status)))).toEqual(
    Array(5).fill("later"),
  );
  expect(fateOf(problem(500))).toBe("skip");
  expect(fateOf(problem(409, 1))).toBe("skip");
  expect(fateOf(problem(409))).toBe("refused");
  expect(fateOf(problem(412))).toBe("changed");
  expect(fateOf(problem(422))).toBe("refused");
});

it("the same words are the same in whatever order they come", () => {
  expect(sameWords({ a: 1, b: { c: [1, 2], d: 2 } }, { b: { d: 2, c: [1, 2] }, a: 1 })).toBe(true);
  expect(sameWords({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

describe("the queue", () => {
  /** What the server was asked, in order; `answers` decides by path. */
  let asked: string[];
  let keys: (string | null)[];
  let answers: (path: string) => Response | undefined;
  const json = (status: number, body: unknown = {}) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
    });

  beforeEach(() => {
    asked = [];
    keys = [];
    openVault(crypto.randomUUID());
    vi.stubGlobal("fetch", async (one: Request) => {
      const answer = answers(`${one.method} ${new URL(one.url).pathname.slice(8)}`);
      if (!answer) throw new TypeError("no network");
      asked.push(`${one.method} ${new URL(one.url).pathname.slice(8)}`);
      keys.push(one.headers.get("Idempotency-Key"));
      return answer;
    });
    startQueue();
  });

  afterEach(() => {
    restQueue();
    vi.unstubAllGlobals();
  });

  it("takes no further step of an act for another person", async () => {
    answers = () => {
      openVault(crypto.randomUUID());
      return json(200, { revision: 1 });
    };
    await expect(perform(request)).rejects.toMatchObject({ outcomeUnknown: true });
    expect(asked).toEqual(["PUT consults/c/request"]);
  });

  it("keeps what cannot be sent, and sends all of it in order when the link is back", async () => {
    answers = () => undefined;
    for (const act of [patient, request, message("key-of-message")]) {
      expect(await hand(act)).toEqual({ kind: "kept" });
    }
    expect(acts.get().map(({ title }) => title)).toEqual([
      "Naisula",
      "What now?",
      "key-of-message",
    ]);
    answers = (path) =>
      path === "POST triage"
        ? json(200, { urgency: "red", reasons: [], unanswered: [], ruleVersion: "1" })
        : json(200, { revision: 1 });
    startQueue();
    await vi.waitFor(() => expect(acts.get()).toEqual([]));
    expect(asked).toEqual([
      "POST patients",
      "PUT consults/c/request",
      "POST triage",
      "POST consults/c/submission",
      "POST consults/c/messages",
    ]);
    expect(keys).toContain("key-of-patient");
    expect(keys).toContain("key-of-request");
    expect(keys).toContain("key-of-message");
  });

  it("goes on when the answer to a save was lost, and stops when somebody else saved", async () => {
    let theirs: unknown = { language: "en", mode: "clinician-advice", patientId: "p" };
    answers = (path) => {
      if (path.startsWith("PUT")) return json(412, { status: 412, detail: "Changed." });
      if (path.startsWith("GET"))
        return json(200, { content: theirs, revision: 4, status: "draft" });
      return json(200, { urgency: "green" });
    };
    expect(await hand(request)).toMatchObject({ kind: "sent" });
    theirs = { language: "en", mode: "clinician-advice", patientId: "somebody else" };
    await expect(hand({ ...request, id: "another-key" })).rejects.toMatchObject({ status: 412 });
    expect(acts.get()).toEqual([]);
  });

  it("keeps refused words with the reason, until they are mended, sent again or deleted", async () => {
    answers = () => undefined;
    await hand(message("key-of-one"));
    answers = () => json(422, { status: 422, detail: "Too long." });
    startQueue();
    await vi.waitFor(() => expect(acts.get()[0]?.refused?.sentence).toBe("Too long."));
    const [act] = acts.get();
    expect(act?.form.values).toEqual({ text: "typed" });
    answers = () => json(201, {});
    if (act) await tryAgain(act);
    await vi.waitFor(() => expect(acts.get()).toEqual([]));
    expect(keys.at(-1)).not.toBe("key-of-one");
  });

  it("shows what somebody changed meanwhile, and passes over nothing", async () => {
    answers = () => undefined;
    await hand({
      ...message("key-of-correction"),
      doing: { kind: "correction", patientId: "p", version: 3, body: patientBody },
    });
    answers = () => json(412, { status: 412, detail: "Changed." });
    startQueue();
    await vi.waitFor(() => expect(acts.get()[0]?.refused?.changed).toBe(true));
    expect(asked).toEqual(["PUT patients/p"]);
    for (const act of acts.get()) await forget(act);
  });

  it("gives the reason to the form that still waits for it", async () => {
    answers = () => json(422, { status: 422, detail: "Too long." });
    await expect(hand(message("key-of-two"))).rejects.toMatchObject({ sentence: "Too long." });
    expect(acts.get()).toEqual([]);
  });

  it("keeps a refusal with its words when nobody sees the form any more", async () => {
    let end = () => {};
    answers = () => json(422, { status: 422, detail: "Too long." });
    const answerAt = new Promise<void>((resolve) => (end = resolve));
    const soon = globalThis.fetch;
    vi.stubGlobal("fetch", (one: Request) => answerAt.then(() => soon(one)));
    const outcome = hand(message("key-of-gone"));
    await vi.waitFor(() => expect(acts.get()).toHaveLength(1));
    unheard.set("key-of-gone");
    expect(await outcome).toEqual({ kind: "kept" });
    end();
    await vi.waitFor(() => expect(acts.get()[0]?.refused?.sentence).toBe("Too long."));
    for (const act of acts.get()) await forget(act);
  });

  it("shows nobody what waits for somebody else", async () => {
    answers = () => undefined;
    await hand(message("key-of-three"));
    restQueue();
    openVault("somebody else");
    answers = () => json(201);
    startQueue();
    await new Promise((resolve) => setTimeout(resolve));
    expect(acts.get()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("forgets what nobody wants any more", async () => {
    answers = () => undefined;
    await hand(message("key-of-four"));
    const [act] = acts.get();
    if (act) await forget(act);
    expect(acts.get()).toEqual([]);
  });
});
