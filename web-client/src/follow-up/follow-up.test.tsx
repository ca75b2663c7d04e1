import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { navigate } from "../router";
import { answerBody, answerErrors, doorWords, NOTHING, refusalOf } from "./answer";
import FormPage from "./FormPage";

const problem = (status: number, code: string) =>
  new Problem({ kind: "answered", status, code, sentence: "No." });

describe("an answer", () => {
  it("needs how the patient is and whether the advice was followed, and the question's words", () => {
    expect(answerErrors(NOTHING, "Choose").map(({ pointer }) => pointer)).toEqual([
      "/result",
      "/adviceFollowed",
    ]);
    const said = { ...NOTHING, result: "same", adviceFollowed: "no", asks: "yes" } as const;
    expect(answerErrors(said, "Choose").map(({ pointer }) => pointer)).toEqual(["/nextQuestion"]);
    expect(answerErrors({ ...said, nextQuestion: "How long?" }, "Choose")).toEqual([]);
  });

  it("says only what was asked", () => {
    const typed = { ...NOTHING, why: "no drug", nextQuestion: "How long?" };
    expect(answerBody({ ...typed, result: "better", adviceFollowed: "fully", asks: "no" })).toEqual(
      {
        result: "better",
        adviceFollowed: "fully",
      },
    );
    expect(
      answerBody({
        ...typed,
        result: "worse",
        adviceFollowed: "partly",
        diagnosis: "changed",
        asks: "yes",
      }),
    ).toEqual({
      result: "worse",
      adviceFollowed: "partly",
      why: "no drug",
      diagnosis: "changed",
      nextQuestion: "How long?",
    });
  });

  it("has words for a link that does not open", () => {
    expect(doorWords(problem(404, "link-not-good")).again).toBe(false);
    expect(doorWords(problem(410, "link-over")).title).toContain("too old");
    expect(doorWords(problem(503, "busy")).again).toBe(true);
  });
});

describe("a refusal at sending", () => {
  it("ends the form only when it can never be sent", () => {
    expect(refusalOf(problem(404, "link-not-good"))).toEqual({ word: "linkNotGood", ends: true });
    expect(refusalOf(problem(409, "not-taken"))).toEqual({ word: "linkNotGood", ends: true });
    expect(refusalOf(problem(409, "already-answered")).word).toBe("answered");
    expect(refusalOf(problem(429, "too-many"))).toEqual({ word: "tooMany", ends: false });
    expect(refusalOf(problem(503, "busy"))).toEqual({ word: "away", ends: false });
  });
});

describe("the page", () => {
  const sent: { path: string; body: Record<string, unknown> }[] = [];
  let drop = true;
  let refusal: { status: number; code: string } | undefined;

  beforeEach(() => {
    sent.length = 0;
    drop = true;
    refusal = undefined;
    navigate("/follow-up#secret-of-the-link-0123456789");
    vi.stubGlobal("fetch", async (request: Request) => {
      const path = new URL(request.url).pathname;
      sent.push({ path, body: (await request.json()) as Record<string, unknown> });
      if (path.endsWith("/opening")) return Response.json(QUESTIONS);
      if (drop) {
        drop = false;
        throw new TypeError("the link is cut");
      }
      if (refusal) return Response.json({ ...refusal, detail: "English." }, refusal);
      return Response.json({ reference: "K7Q2ZD", reopens: true });
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    render(null, document.body);
  });

  it("sends the same answer again when nobody knows whether it arrived", async () => {
    render(<FormPage />, document.body);
    await vi.waitFor(() => expect(document.querySelectorAll("input").length).toBeGreaterThan(8));
    choose("worse");
    choose("fully");
    press();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Not sent yet"));
    press();
    await vi.waitFor(() => expect(document.body.textContent).toContain("open again"));
    const answers = sent.filter(({ path }) => path.endsWith("/answers"));
    expect(answers).toHaveLength(2);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(answers[0]?.body["token"]).toBe("secret-of-the-link-0123456789");
    expect(sent.every(({ path }) => !path.includes("secret"))).toBe(true);
  });

  it("says in the form's own language that the link is over, and offers no sending", async () => {
    drop = false;
    refusal = { status: 410, code: "link-over" };
    render(<FormPage />, document.body);
    await vi.waitFor(() => expect(document.querySelectorAll("input").length).toBeGreaterThan(8));
    choose("better");
    choose("fully");
    press();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Ce lien est trop ancien"));
    expect(document.body.textContent).not.toContain("English.");
    expect(document.querySelector("form")).toBeNull();
  });

  it("shows what was typed to the same link only, and says so", async () => {
    const mine = "/follow-up#secret-of-my-own-link-0123456789";
    navigate(mine);
    render(<FormPage />, document.body);
    await vi.waitFor(() => expect(document.querySelectorAll("input").length).toBeGreaterThan(8));
    choose("worse");
    await vi.waitFor(() => expect(chosen()).toBe("worse"));
    // Leaving the page keeps what was chosen.
    render(null, document.body);
    navigate("/follow-up#secret-of-a-colleague-0123456789");
    render(<FormPage />, document.body);
    await vi.waitFor(() => expect(document.querySelectorAll("input").length).toBeGreaterThan(8));
    expect(document.body.textContent).not.toContain("Kept on this device");
    expect(chosen()).toBeUndefined();
    render(null, document.body);
    navigate(mine);
    render(<FormPage />, document.body);
    await vi.waitFor(() => expect(document.body.textContent).toContain("Kept on this device"));
    expect(chosen()).toBe("worse");
    document.querySelector<HTMLButtonElement>("form .notice button, form [role] button")?.click();
    await vi.waitFor(() => expect(chosen()).toBeUndefined());
  });

  function chosen(): string | undefined {
    return document.querySelector<HTMLInputElement>("input:checked")?.value;
  }

  function choose(value: string): void {
    const input = document.querySelector<HTMLInputElement>(`input[value=${value}]`);
    input?.click();
  }

  function press(): void {
    document.querySelector("form")?.requestSubmit();
  }
});

const QUESTIONS = {
  reference: "K7Q2ZD",
  language: "en",
  languages: [{ code: "en", name: "English" }],
  words: {
    away: "Not sent yet",
    linkOver: "Ce lien est trop ancien.",
    restored: "Kept on this device",
    startAgain: "Start again",
    reopened: "It is open again.",
    thanks: "Thank you",
  },
  expiresAt: "2026-03-09T09:00:00Z",
  answered: false,
};
