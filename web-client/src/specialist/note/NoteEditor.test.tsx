import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readDraft, setDraftOwner } from "../../drafts";
import { pretendServer } from "../pretendServer";
import { NoteEditor } from "./NoteEditor";

/** Another one in each test: leaving a page still saves, while the next test has begun. */
let consult: string;
const DRAFT = {
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

function open(draft?: typeof DRAFT) {
  render(
    <NoteEditor
      consultId={consult}
      draft={draft}
      language="en"
      languages={["en"]}
      later={false}
      onSigned={onSigned}
    />,
    root,
  );
}

beforeEach(() => {
  consult = crypto.randomUUID();
  setDraftOwner(crypto.randomUUID());
  onSigned.mockReset();
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
  await vi.waitFor(() => expect(page()).toContain("Answer the question in one line."));
  expect(page()).toContain("Add at least one recommendation");
  expect(document.activeElement).toBe(answerField());
  expect(asked).toEqual([]);
});

it("keeps what is typed on the device at once", async () => {
  pretendServer({});
  open(DRAFT);
  type(answerField(), "Yes, and watch the hand");
  await vi.waitFor(async () =>
    expect((await readDraft(`note-${consult}`))?.values).toMatchObject({
      revision: 3,
      values: { answer: "Yes, and watch the hand" },
    }),
  );
});

it("saves the revision it was based on, shows it, and signs just that one", async () => {
  const asked = pretendServer({
    [`PUT /consults/${consult}/notes/draft`]: ({ body }) => ({
      status: 200,
      body: { revision: 4, content: body, savedAt: "2026-03-01T12:05:00Z" },
    }),
    [`POST /consults/${consult}/notes`]: () => ({ status: 201, body: {} }),
  });
  open(DRAFT);
  type(answerField(), "Yes, today");
  button("Preview and sign")?.click();
  await vi.waitFor(() => expect(page()).toContain("Sign exactly this"));
  const saved = asked.find(({ method, path }) => method === "PUT" && path.includes(consult));
  expect(saved?.headers.get("If-Match")).toBe('"3"');
  expect(saved?.body).toMatchObject({ answer: "Yes, today" });
  type(root.querySelector("input[type=password]"), "secret");
  root
    .querySelector("dialog form")
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(onSigned).toHaveBeenCalled());
  const signed = asked.find(({ method }) => method === "POST");
  expect(signed?.body).toEqual({ revision: 4, password: "secret" });
});

it("shows both texts when another device saved meanwhile", async () => {
  const theirs = { ...DRAFT, revision: 5, content: { ...DRAFT.content, answer: "From the phone" } };
  pretendServer({
    [`PUT /consults/${consult}/notes/draft`]: () => ({
      status: 412,
      body: { code: "version-changed", detail: "Changed meanwhile." },
    }),
    [`GET /consults/${consult}/notes`]: () => ({
      status: 200,
      body: { draft: theirs, signed: [] },
    }),
  });
  open(DRAFT);
  type(answerField(), "From the desk");
  button("Preview and sign")?.click();
  await vi.waitFor(() => expect(page()).toContain("From the phone"));
  expect(answerField()?.value).toBe("From the desk");
  button("Take the other one")?.click();
  await vi.waitFor(() => expect(answerField()?.value).toBe("From the phone"));
});

it("moves and removes recommendations by buttons", async () => {
  pretendServer({});
  open(DRAFT);
  const texts = () =>
    [...root.querySelectorAll<HTMLTextAreaElement>("textarea[name=text]")].map(
      ({ value }) => value,
    );
  button("Move recommendation 2 up")?.click();
  await vi.waitFor(() => expect(texts()).toEqual(["Refer if worse", "Blood count"]));
  button("Remove recommendation 1")?.click();
  await vi.waitFor(() => expect(texts()).toEqual(["Blood count"]));
});
