import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "../../api/client";
import { readDraft, setDraftOwner } from "../../drafts";
import { navigate } from "../../router";
import { session } from "../../session";
import { RequestEditor } from "./RequestEditor";
import { draftName } from "./store";
import { emptyDraft } from "./values";

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
  if (pathname.endsWith("/consent-texts") || pathname.endsWith("/sites"))
    return json({ items: [] });
  throw new TypeError("no network");
}

beforeEach(() => {
  session.set({ kind: "signed-in", me: ME });
  setDraftOwner(crypto.randomUUID());
  vi.stubGlobal("fetch", answer);
  vi.stubGlobal("scrollTo", () => {});
  root = document.body.appendChild(document.createElement("main"));
  navigate("/clinic/drafts/c?step=signs", { replace: true });
  render(
    <RequestEditor
      consultId="c"
      values={{ ...emptyDraft("en"), patient: PATIENT }}
      theirs={undefined}
    />,
    root,
  );
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

describe("writing a request", () => {
  it("lets no danger sign stay blank, and shows local help as soon as one is red", async () => {
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
    await vi.waitFor(() => expect(location.search).toBe("?step=wanted"));
  });

  it("keeps what is typed on this device when the server is away, and says so", async () => {
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
