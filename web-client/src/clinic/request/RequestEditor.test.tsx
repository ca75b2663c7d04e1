import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "../../api/client";
import { readDraft } from "../../drafts";
import { openVault } from "../../offline/vault";
import { navigate } from "../../router";
import { session } from "../../session";
import { RequestEditor } from "./RequestEditor";
import { draftName } from "./draftName";
import { beginConsult, openDraft } from "./store";
import { type DraftValues, emptyDraft } from "./values";

const ME = {
  account: { id: "me", name: "Ada", email: "a@b", zone: "Africa/Nairobi", language: "en" },
  membership: {
    id: "m",
    role: "clinician",
    organisation: { id: "o", name: "O" },
    site: { id: "s", name: "Hill", zone: "Africa/Nairobi", emergencyContact: "Ambulance 111" },
  },
  memberships: [],
} as Schema<"Me">;
const PATIENT: Schema<"PatientShared"> = {
  id: "p",
  name: "Grace",
  age: { value: 8, unit: "months" },
  sex: "female",
  allergies: { state: "none" },
  language: "sw",
};
const RULES: Schema<"TriageRules"> = {
  version: "1",
  dangerSigns: [
    { code: "fits", label: "Fits now", urgency: "red" },
    { code: "floppy", label: "Floppy", urgency: "red" },
  ],
  vitals: [{ code: "weight", label: "Weight", unit: "kg", minimum: 0.3, maximum: 400 }],
};

let root: HTMLElement;
const json = (body: unknown) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
const page = () => root.textContent ?? "";
const press = (words: string) => {
  const found = [...root.querySelectorAll("button")].find((one) => one.textContent === words);
  if (!found) throw new Error(`no button ${words} in ${page()}`);
  found.click();
};

const enter = (selector: string, value: string, event = "input") => {
  const field = root.querySelector<HTMLInputElement>(selector);
  if (!field) throw new Error(`no ${selector} in ${root.innerHTML}`);
  field.value = value;
  field.dispatchEvent(new Event(event, { bubbles: true }));
};
const choose = (label: string) =>
  [...root.querySelectorAll("label")]
    .find(({ textContent }) => textContent === label)
    ?.querySelector("input")
    ?.click();

/** A server that finds everything with a fit red. */
async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/triage-rules")) return json(RULES);
  if (pathname.endsWith("/triage")) {
    const { dangerSigns = [] } = (await request.json()) as Schema<"TriageFindings">;
    const red = dangerSigns.some(({ present }) => present);
    return json({
      urgency: red ? "red" : "green",
      reasons: red ? [{ code: "fits", urgency: "red", sentence: "Fits now." }] : [],
      unanswered: [],
      ruleVersion: "1",
    });
  }
  if (pathname.endsWith("/look-alikes")) return json({ items: [] });
  if (pathname.endsWith("/catalogue")) {
    return json({ specialties: [], languages: [{ code: "sw", label: "Swahili" }], urgencies: [] });
  }
  if (pathname.endsWith("/consent-texts") || pathname.endsWith("/sites"))
    return json({ items: [] });
  throw new TypeError("no network");
}

beforeEach(() => {
  session.set({ kind: "signed-in", me: ME });
  openVault(crypto.randomUUID());
  vi.stubGlobal("fetch", answer);
  vi.stubGlobal("scrollTo", () => {});
  root = document.body.appendChild(document.createElement("main"));
});

function open(step: string, patient: DraftValues["patient"]) {
  navigate(`/clinic/drafts/c?step=${step}`, { replace: true });
  render(
    <RequestEditor consultId="c" values={{ ...emptyDraft("en"), patient }} theirs={undefined} />,
    root,
  );
}

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

describe("writing a request", () => {
  it("goes on by a press on Next while the patient is being registered", async () => {
    let register: (answer: Response) => void = () => {};
    const registered = new Promise<Response>((resolve) => (register = resolve));
    vi.stubGlobal("fetch", (request: Request) =>
      request.method === "POST" && request.url.endsWith("/patients") ? registered : answer(request),
    );
    open("patient", null);
    press("Register a new patient");
    await vi.waitFor(() => expect(page()).toContain("Local number"));
    enter("input[name='/localNumber']", "7");
    enter("input[inputmode=numeric]", "34");
    for (const label of ["Female", "None known"]) choose(label);
    await vi.waitFor(() => expect(page()).toContain("Swahili"));
    enter("select[name='/language']", "sw", "change");
    press("Register a patient");
    await vi.waitFor(() => expect(root.querySelector("form [aria-busy=true]")).not.toBeNull());
    press("Next");
    await vi.waitFor(() => expect(root.querySelectorAll("[aria-busy=true]")).toHaveLength(2));
    expect(location.search).toBe("?step=patient");
    register(json({ ...PATIENT, version: 1 }));
    await vi.waitFor(() => expect(location.search).toBe("?step=situation"));
  });

  it("asks the server for no draft that has just been begun", async () => {
    const consultId = beginConsult();
    const start = { language: "en", patientId: null, specialty: null };
    vi.stubGlobal("fetch", () => Promise.reject(new Error("asked")));
    expect(await openDraft(consultId, start)).toMatchObject({ kind: "draft", theirs: undefined });
    await expect(openDraft(consultId, start)).rejects.toThrow();
  });

  it("lets no danger sign stay blank, and shows local help as soon as one is red", async () => {
    open("signs", PATIENT);
    await vi.waitFor(() => expect(page()).toContain("2 not answered"));
    expect(page()).toContain("Grace, Female, 8 months");
    press("Next");
    await vi.waitFor(() => expect(page()).toContain("Answer 2 more danger signs."));
    expect(location.search).toBe("?step=signs");

    root.querySelector<HTMLInputElement>(".sign input")?.click();
    await vi.waitFor(() => expect(page()).toContain("Answer 1 more danger sign."));
    press("I looked for all the others: none present");
    await vi.waitFor(() => expect(page()).not.toContain("more danger sign"));
    await vi.waitFor(() => expect(page()).toContain("Call: Ambulance 111"));
    press("Next");
    await vi.waitFor(() => expect(location.search).toBe("?step=details"));
  });

  it("keeps what is typed on this device when the server is away, and says so", async () => {
    open("signs", PATIENT);
    await vi.waitFor(() => expect(page()).toContain("2 not answered"));
    root.querySelector<HTMLInputElement>(".sign input")?.click();
    await vi.waitFor(() => expect(page()).toContain("1 not answered"));
    press("Back");
    await vi.waitFor(() => expect(page()).toContain("not yet on the server"));
    await vi.waitFor(async () =>
      expect((await readDraft(draftName("c")))?.values).toMatchObject({ signs: { fits: "yes" } }),
    );
  });
});
