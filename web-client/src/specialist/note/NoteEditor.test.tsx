import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Schema } from "../../api/client";
import { readDraft } from "../../drafts";
import { openVault } from "../../offline/vault";
import { pretendServer } from "../pretendServer";
import { NoteEditor } from "./NoteEditor";

/** Another one in each test: leaving a page still saves, while the next test has begun. */
let consult: string;
const DRAFT: Schema<"NoteDraft"> = {
  id: "0197b3a0-0000-7000-8000-000000000001",
  deviceId: "0197b3a0-0000-7000-8000-0000000000d1",
  kind: "note",
  late: false,
  revision: 3,
  savedAt: "2026-03-01T12:00:00Z",
  content: {
    language: "en",
    answer: "Yes",
    recommendations: [
      { kind: "test" as const, text: "Blood count", urgency: "today" as const },
      { kind: "transfer" as const, text: "Refer if worse", urgency: "routine" as const },
    ],
  },
};

/** Drafts are sealed as they are kept: on a busy machine that takes more than the usual second. */
const SLOWLY = { timeout: 10_000 };

let root: HTMLElement;
const onSigned = vi.fn();
const page = () => root.textContent ?? "";
const button = (label: string) =>
  [...root.querySelectorAll("button")].find(
    (one) => one.textContent === label || one.getAttribute("aria-label") === label,
  );
const type = (element: HTMLInputElement | HTMLTextAreaElement | null, text: string) => {
  if (!element) throw new Error("no field");
  element.value = text;
  element.dispatchEvent(new Event("input", { bubbles: true }));
};
const answerField = () => root.querySelector<HTMLTextAreaElement>("textarea[name='/answer']");

const onMoved = vi.fn();

function open(...drafts: Schema<"NoteDraft">[]) {
  render(
    <NoteEditor
      consultId={consult}
      subject={{ kind: "note" }}
      drafts={drafts}
      seenVersion={0}
      language="en"
      languages={["en"]}
      later={false}
      onSigned={onSigned}
      onMoved={onMoved}
    />,
    root,
  );
}

beforeEach(() => {
  consult = crypto.randomUUID();
  openVault(crypto.randomUUID());
  onSigned.mockReset();
  onMoved.mockReset();
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

it("says what is missing before it lets a note be signed", async () => {
  const asked = pretendServer({});
  open();
  button("Preview and sign")?.click();
  await vi.waitFor(() => expect(page()).toContain("Answer the question in one line."), SLOWLY);
  expect(page()).toContain("Add at least one recommendation");
  expect(document.activeElement).toBe(answerField());
  expect(asked.filter(({ path }) => path.includes("preview"))).toEqual([]);
});

it("keeps what is typed on the device at once", async () => {
  pretendServer({});
  open(DRAFT);
  type(answerField(), "Yes, and watch the hand");
  await vi.waitFor(
    async () =>
      expect((await readDraft(`note-${consult}`))?.values).toMatchObject({
        revision: 3,
        values: { answer: "Yes, and watch the hand" },
      }),
    SLOWLY,
  );
});

it("saves the revision it was based on, shows what the server will sign, and signs just that", async () => {
  const hash = "ab".repeat(32);
  const asked = pretendServer({
    [`PUT /consults/${consult}/notes/drafts/${DRAFT.id}`]: ({ body }) => ({
      status: 200,
      body: { ...DRAFT, revision: 4, content: (body as { content: unknown }).content },
    }),
    [`POST /consults/${consult}/notes/preview`]: () => ({
      status: 200,
      body: {
        text: "Note\nPatient: 30 years",
        sha256: hash,
        warnings: [],
        needsCoSignature: false,
      },
    }),
    [`POST /consults/${consult}/notes`]: () => ({ status: 201, body: {} }),
  });
  open(DRAFT);
  type(answerField(), "Yes, today");
  button("Preview and sign")?.click();
  await vi.waitFor(() => expect(page()).toContain("Patient: 30 years"), SLOWLY);
  expect(page()).toContain(hash);
  const saved = asked.find(({ method }) => method === "PUT");
  expect(saved?.headers.get("If-Match")).toBe('"3"');
  expect(saved?.body).toMatchObject({ kind: "note", content: { answer: "Yes, today" } });
  type(root.querySelector("input[type=password]"), "secret");
  root
    .querySelector("dialog form")
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(onSigned).toHaveBeenCalled(), SLOWLY);
  const signed = asked.find(({ method, path }) => method === "POST" && path.endsWith("/notes"));
  expect(signed?.body).toEqual({
    draftId: DRAFT.id,
    revision: 4,
    shownSha256: hash,
    password: "secret",
  });
});

it("shows another draft beside, puts its text in, and only then throws it away", async () => {
  const other: Schema<"NoteDraft"> = {
    ...DRAFT,
    id: "0197b3a0-0000-7000-8000-000000000002",
    revision: 5,
    content: { ...DRAFT.content, answer: "From the phone" },
  };
  const asked = pretendServer({
    [`PUT /consults/${consult}/notes/drafts/${DRAFT.id}`]: ({ body }) => ({
      status: 200,
      body: { ...DRAFT, revision: 4, content: (body as { content: unknown }).content },
    }),
    [`DELETE /consults/${consult}/notes/drafts/${other.id}`]: () => ({ status: 204 }),
  });
  open(DRAFT, other);
  expect(page()).toContain("From the phone");
  expect(answerField()?.value).toBe("Yes");
  button("Put its text in here")?.click();
  await vi.waitFor(() => expect(asked.map(({ method }) => method)).toContain("DELETE"), SLOWLY);
  expect(answerField()?.value).toBe("Yes\nFrom the phone");
  const methods = asked.map(({ method }) => method).filter((method) => /PUT|DELETE/.test(method));
  expect(methods).toEqual(["PUT", "DELETE"]);
});

it("warns while typing and keeps the reason against it", async () => {
  const asked = pretendServer({
    [`POST /consults/${consult}/notes/checks`]: () => ({
      status: 200,
      body: {
        formulary: "f",
        weightKg: 8.2,
        warnings: [
          { recommendation: 0, code: "dose-over-max", severity: "warning", text: "Too much." },
        ],
      },
    }),
  });
  open(DRAFT);
  await vi.waitFor(() => expect(page()).toContain("Too much."), SLOWLY);
  type(root.querySelector("input[name='overrides/dose-over-max']"), "Loading dose");
  await vi.waitFor(
    () =>
      expect(
        asked.some(
          ({ method, body }) => method === "PUT" && JSON.stringify(body).includes("Loading dose"),
        ),
      ).toBe(true),
    SLOWLY,
  );
});

it("moves and removes recommendations by buttons", async () => {
  pretendServer({});
  open(DRAFT);
  const texts = () =>
    [...root.querySelectorAll<HTMLTextAreaElement>("textarea[name=text]")].map(
      ({ value }) => value,
    );
  button("Move recommendation 2 up")?.click();
  await vi.waitFor(() => expect(texts()).toEqual(["Refer if worse", "Blood count"]), SLOWLY);
  button("Remove recommendation 1")?.click();
  await vi.waitFor(() => expect(texts()).toEqual(["Blood count"]), SLOWLY);
});
