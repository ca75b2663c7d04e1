import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Schema } from "../api/client";
import { acts } from "../offline/acts";
import { restQueue, startQueue } from "../offline/queue";
import { openVault } from "../offline/vault";
import { session } from "../session";
import { CorrectForm } from "./PatientForm";

const PATIENT: Schema<"Patient"> = {
  id: "p",
  version: 3,
  localNumber: "KK-1",
  name: "Naisula",
  sex: "female",
  language: "sw",
  allergies: { state: "none" },
  age: { value: 30, unit: "years" },
  birthDate: { precision: "day", date: "1996-03-01" },
  identity: { given: "Naisula", unidentified: false },
  registeredAt: "2026-03-01T10:00:00Z",
} as unknown as Schema<"Patient">;

let root: HTMLElement;

beforeEach(() => {
  session.set({
    kind: "signed-in",
    me: {
      account: { id: "me", name: "Ada", email: "a@b", zone: "Africa/Nairobi", language: "en" },
      membership: { id: "m", role: "clinician", organisation: { id: "o", name: "O" } },
      memberships: [],
    } as unknown as Schema<"Me">,
  });
  openVault(crypto.randomUUID());
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no link")));
  startQueue();
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  restQueue();
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it("without a link, a second correction goes on from the first and guesses no version", async () => {
  for (const count of [1, 2]) {
    render(<CorrectForm key={count} patient={PATIENT} onCorrected={() => {}} />, root);
    await vi.waitFor(() => expect(root.querySelector("form")).not.toBeNull());
    root
      .querySelector("form")
      ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(acts.get(), root.textContent ?? "").toHaveLength(count));
  }
  const [first, second] = acts.get();
  expect(first?.after).toBeUndefined();
  expect(second?.after).toBe(first?.id);
  expect(acts.get().map(({ doing }) => doing)).toMatchObject([{ version: 3 }, { version: 3 }]);
});
