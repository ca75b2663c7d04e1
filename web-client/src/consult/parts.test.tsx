import "fake-indexeddb/auto";
import { type ComponentChildren, render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "../api/client";
import { writeDraft } from "../drafts";
import { acts } from "../offline/acts";
import { forget, restQueue, startQueue } from "../offline/queue";
import { openVault } from "../offline/vault";
import { resuming } from "../resume";
import { navigate } from "../router";
import { session } from "../session";
import { CaseView } from "./CaseView";
import { Decision } from "./Decision";
import { FollowUpPanel } from "./FollowUpPanel";
import { Thread } from "./Thread";

const AT = "2026-03-01T10:00:00Z";
const ME = {
  account: { id: "me", name: "Ada", email: "a@b", zone: "Africa/Nairobi", language: "en" },
  membership: { id: "m", role: "clinician", organisation: { id: "o", name: "O" } },
  memberships: [],
} as Schema<"Me">;

const NOTHING_SAID = { state: "not-said", items: [] };
const HEALTH = {
  patientId: "p",
  allergies: { state: "none" },
  problems: NOTHING_SAID,
  medications: NOTHING_SAID,
  immunizations: NOTHING_SAID,
};

let root: HTMLElement;
let answer: (request: Request) => Promise<Response> | Response;
const sent: { path: string; key: string | null; body: unknown }[] = [];

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json" },
  });
const show = (children: ComponentChildren) => render(<>{children}</>, root);
const page = () => root.textContent ?? "";
const press = (words: string) => {
  const found = [...root.querySelectorAll("button")].find((one) => one.textContent === words);
  if (!found) throw new Error(`no button ${words} in ${page()}`);
  found.click();
};
const type = (field: HTMLTextAreaElement, text: string) => {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const submit = () =>
  root
    .querySelector("form")
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

beforeEach(() => {
  session.set({ kind: "signed-in", me: ME });
  openVault(crypto.randomUUID());
  sent.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") {
      sent.push({
        path: new URL(request.url).pathname,
        key: request.headers.get("Idempotency-Key"),
        body: await request.clone().json(),
      });
    }
    if (request.url.endsWith("/attachments")) return json(200, { items: [] });
    if (request.url.endsWith("/health-summary")) return json(200, HEALTH);
    return answer(request);
  });
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

describe("a decision", () => {
  const recommendation = {
    id: "r",
    content: { kind: "treatment", text: "Give it.", urgency: "now" },
  } as const;
  const draw = () => show(<Decision consultId="c" recommendation={recommendation} />);

  beforeEach(() => {
    answer = () => json(201, recommendation);
    startQueue();
    draw();
  });

  afterEach(restQueue);

  it("to accept is one press", async () => {
    press("Accept");
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.path).toBe("/api/v1/consults/c/recommendations/r/decision");
    expect(sent[0]?.body).toEqual({ decision: "accept" });
  });

  it("made without a link is shown as not sent, then goes out once", async () => {
    answer = () => Promise.reject(new TypeError("no link"));
    press("Accept");
    await vi.waitFor(() => expect(page()).toContain("AcceptedNot sent yet"));
    expect(page()).not.toContain("Cannot do");
    sent.length = 0;
    answer = () => json(201, recommendation);
    startQueue();
    await vi.waitFor(() => expect(page()).not.toContain("Not sent yet"));
    expect(sent.map(({ body }) => body)).toEqual([{ decision: "accept" }]);
  });

  it("that was not taken does not stand, and counts for none that follows", async () => {
    const bases: string[] = [];
    answer = ({ url }) => {
      bases.push(new URL(url).search);
      return Promise.reject(new TypeError("no link"));
    };
    press("Accept");
    await vi.waitFor(() => expect(page()).toContain("AcceptedNot sent yet"));
    press("Change the decision");
    await vi.waitFor(() => expect(page()).toContain("Cancel"));
    press("Accept");
    await vi.waitFor(() => expect(page()).not.toContain("Cancel"));
    answer = ({ url }) => {
      bases.push(new URL(url).search);
      return new Response('{"status":412,"detail":"Changed."}', {
        status: 412,
        headers: { "content-type": "application/problem+json" },
      });
    };
    startQueue();
    await vi.waitFor(() => expect(page()).toContain("AcceptedNot taken"));
    for (const act of acts.get().slice(0, 1)) await forget(act);
    startQueue();
    await vi.waitFor(() => expect(page()).not.toContain("Not sent yet"));
    expect(page()).toContain("AcceptedNot taken");
    expect(page()).toContain("Cannot do");
    expect(new Set(bases)).toEqual(new Set(["?seen=0"]));
    for (const act of acts.get()) await forget(act);
  });

  it("that was not taken opens again with its words, once", async () => {
    const draft = "decision r adapt";
    await writeDraft(draft, {
      values: { reason: "", text: "Half the dose" },
      key: "k",
      savedAt: Date.now(),
    });
    navigate(resuming("/clinic/consults/c?tab=answer", draft));
    await vi.waitFor(() => expect(root.querySelector("textarea")?.value).toBe("Half the dose"));
    expect(location.search).toBe("?tab=answer");
  });

  it("not to be done needs a reason, said beside the field", async () => {
    press("Cannot do");
    await vi.waitFor(() => expect(root.querySelector("form")).not.toBeNull());
    submit();
    await vi.waitFor(() => expect(page()).toContain("Choose a reason."));
    expect(sent).toEqual([]);
  });
});

it("a date that was typed before somebody else set one is shown beside theirs", async () => {
  const due = { asking: false, checks: [], closed: false, reference: "A", remindedAt: [] };
  answer = () => json(200, { ...due, dueOn: "2026-03-20", note: "Theirs" });
  const typed = (from: string) => ({
    values: { dueOn: "2026-03-10", note: "Mine", from },
    key: "k",
    savedAt: Date.now(),
  });
  const changed = "Somebody changed the same meanwhile.";
  const open = async () => {
    show(<FollowUpPanel consultId="c" mayPlan />);
    await vi.waitFor(() => press("Change the date"));
    await vi.waitFor(() => expect(root.querySelector("textarea")?.value).toBe("Mine"));
  };
  await writeDraft("follow-up c", typed("2026-03-20 Theirs"));
  await open();
  expect(page()).not.toContain(changed);
  show(null);
  await writeDraft("follow-up c", typed("2026-03-05 "));
  await open();
  await vi.waitFor(() => expect(page()).toContain(changed));
  expect(root.querySelector("form")?.textContent).toContain("Theirs");
});

describe("a thread", () => {
  const consult = {
    summary: { id: "c", status: "in-discussion", waitingOn: "clinic" },
    team: [],
  } as unknown as Schema<"Consult">;
  const message = (id: string, text: string) => ({
    id,
    text,
    author: { id: "dr", name: "Dr Example" },
    authorRole: "specialist",
    language: "en",
    sentAt: AT,
    attachments: [],
    seenBy: [{ person: { id: "me", name: "Ada" }, at: AT }],
  });

  it("sends one message however often it is sent, and says who waits", async () => {
    let lost = true;
    answer = (request) => {
      if (request.method === "GET") return json(200, { items: [message("1", "Is she alert?")] });
      if (lost) throw new TypeError("no network");
      const { id, text } = (sent.at(-1)?.body ?? {}) as { id: string; text: string };
      return json(201, { ...message(id, text), author: { id: "me", name: "Ada" } });
    };
    show(<Thread consult={consult} side="clinic" />);
    await vi.waitFor(() => expect(page()).toContain("Is she alert?"));
    expect(page()).toContain("Waiting for you");
    const field = root.querySelector("textarea");
    if (!field) throw new Error("no field");
    type(field, "Yes, alert.");
    startQueue();
    submit();
    await vi.waitFor(() => expect(page()).toContain("Not sent yet"));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(page()).toContain("Yes, alert.");
    lost = false;
    startQueue();
    await vi.waitFor(() => expect(page()).not.toContain("Not sent yet"));
    restQueue();
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]?.body).toMatchObject({ id: sent[0]?.key, text: "Yes, alert." });
    expect(root.querySelector("textarea")?.value).toBe("");
  });
});

describe("a red case", () => {
  it("shows local help first, then the allergies and the question", async () => {
    answer = () => json(200, { version: "1", dangerSigns: [], vitals: [], specialties: [] });
    const request: Schema<"Request"> = {
      consultId: "c",
      status: "submitted",
      revision: 1,
      requester: { id: "me", name: "Ada" },
      patient: {
        id: "p",
        age: { value: 8, unit: "months" },
        sex: "female",
        allergies: { state: "listed", list: ["penicillin"] },
        language: "sw",
      },
      content: {
        patientId: "p",
        mode: "clinician-advice",
        language: "en",
        situation: { question: "Which antibiotic?" },
      },
      triage: {
        urgency: "red",
        reasons: [{ code: "x", urgency: "red", sentence: "Fits now." }],
        unanswered: [],
        ruleVersion: "1",
      },
      savedAt: AT,
    };
    const site = {
      id: "s",
      name: "Hill",
      zone: "Africa/Nairobi",
      emergencyContact: "Ambulance +254 700 123456",
    };
    show(<CaseView request={request} site={site} />);
    await vi.waitFor(() => expect(page()).toContain("No vital sign was measured."));
    const order = ["local help first", "8 months", "Allergy: penicillin", "Which antibiotic?"];
    const places = order.map((words) => page().indexOf(words));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(root.querySelector("a[href='tel:+254700123456']")).not.toBeNull();
    expect(page()).toContain("Fits now.");
  });
});
