import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Schema } from "../api/client";
import { type Act, acts } from "../offline/acts";
import { restQueue, startQueue } from "../offline/queue";
import { readDraft, writeDraft } from "../drafts";
import { openVault, readSealed, sealedIds } from "../offline/vault";
import { session } from "../who";
import { NEW_PATIENT, type PatientValues } from "./patient";
import { RegisterForm } from "./PatientForm";

const meOf = (id: string) =>
  ({
    account: { id, name: id, email: "a@b", zone: "Africa/Nairobi", language: "en" },
    membership: {
      id: `${id}-m`,
      role: "clinician",
      organisation: { id: "o", name: "O" },
      site: { id: "s", name: "S" },
    },
    memberships: [],
  }) as unknown as Schema<"Me">;

const TYPED: PatientValues & { id: string } = {
  ...NEW_PATIENT,
  id: "6f4ff0a0-0000-4000-8000-000000000001",
  localNumber: "77",
  name: "Naisula",
  siteId: "s",
  sex: "female",
  age: { value: "30", unit: "years" },
  allergies: "none",
  language: "sw",
};

let root: HTMLElement;
let ada: string;
let ben: string;
let asked: string[];
/** Lets the look at those alike end: with an answer, or without one. */
let endLook: { answer: () => void; fail: () => void };

beforeEach(() => {
  ada = crypto.randomUUID();
  ben = crypto.randomUUID();
  asked = [];
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname.slice(8)}`);
    if (!request.url.endsWith("/look-alikes")) return Promise.reject(new TypeError("no network"));
    return new Promise<Response>((resolve, reject) => {
      endLook = {
        answer: () =>
          resolve(
            new Response(JSON.stringify({ items: [] }), {
              headers: { "content-type": "application/json" },
            }),
          ),
        fail: () => reject(new TypeError("no network")),
      };
    });
  });
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
  restQueue();
  vi.unstubAllGlobals();
});

function comes(account: string): void {
  restQueue();
  openVault(account);
  session.set({ kind: "signed-in", me: meOf(account) });
  startQueue();
}

/** Ada has pressed the button, and the link hangs over those who are alike. */
async function pressed(onRegistered: () => void): Promise<void> {
  comes(ada);
  await writeDraft("patient new", { values: TYPED, key: "key-of-naisula", savedAt: Date.now() });
  render(<RegisterForm onRegistered={onRegistered} />, root);
  const number = () => root.querySelector<HTMLInputElement>("input[name='/localNumber']")?.value;
  await vi.waitFor(() => expect(number()).toBe("77"));
  root
    .querySelector("form")
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(asked).toContain("POST patients/look-alikes"));
}

it.each(["answer", "fail"] as const)(
  "keeps a registration for who pressed, when another has come before the look: %s",
  async (end) => {
    await pressed(() => {});
    render(null, root);
    comes(ben);
    endLook[end]();
    await vi.waitFor(async () =>
      expect(await sealedIds("act", { account: ada })).toEqual(["key-of-naisula"]),
    );
    expect(await sealedIds("act")).toEqual([]);
    expect(acts.get()).toEqual([]);
    expect(asked).not.toContain("POST patients");
    openVault(ada);
    const kept = await readSealed<Act>("act", "key-of-naisula");
    expect(kept?.doing).toMatchObject({ kind: "patient", body: { localNumber: "77" } });
    expect(kept?.form.values).toMatchObject({ name: "Naisula" });
    await vi.waitFor(async () => expect(await readDraft("patient new")).toBeUndefined());
  },
);
