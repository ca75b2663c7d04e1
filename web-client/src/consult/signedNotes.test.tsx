import { render } from "preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { headsOf, SignedNotes } from "./SignedNotes";

type Note = Schema<"SignedNote">;

const note = (id: string, version: number, answer: string, other: Partial<Note> = {}): Note => ({
  id,
  version,
  kind: "note",
  state: "stands",
  content: { language: "en", answer },
  recommendations: [],
  warnings: [],
  attachments: [],
  author: { id: "ines", name: "Ines" },
  signedAt: "2026-03-01T12:00:00Z",
  sha256: "ab".repeat(32),
  signature: "s",
  keyId: "k",
  ...other,
});

let root: HTMLElement;
const page = () => root.textContent ?? "";

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

it("puts an addendum under its note and strikes a corrected text under its correction", () => {
  const notes = [
    note("c", 3, "The left leg", { kind: "correction", amends: "a", reasonText: "The side." }),
    note("b", 2, "Raise the leg", { kind: "addendum", amends: "a" }),
    note("a", 1, "The right leg", { state: "corrected" }),
  ];
  expect(headsOf(notes).map(({ id }) => id)).toEqual(["c"]);
  render(<SignedNotes consultId="c" notes={notes} />, root);
  expect(page()).toContain("The left leg");
  expect(page()).toContain("The side.");
  expect(page()).toContain("Raise the leg");
  expect(root.querySelector("del")?.textContent).toContain("The right leg");
});

it("shows nothing of a note that was taken back but that it was", () => {
  const notes = [
    note("r", 2, "", { kind: "retraction", amends: "a", reason: "wrong-patient" }),
    note("a", 1, "", { state: "retracted" }),
  ];
  expect(headsOf(notes).map(({ id }) => id)).toEqual(["a"]);
  render(<SignedNotes consultId="c" notes={notes} />, root);
  expect(page()).toContain("written for another patient");
  expect(page()).toContain("Do not act on it");
});

it("says clearly whether a trainee's note is co-signed", () => {
  render(<SignedNotes consultId="c" notes={[note("a", 1, "Wait", { coSignature: {} })]} />, root);
  expect(page()).toContain("Not yet co-signed");
  const signer = { id: "arjun", name: "Arjun" };
  const signed = note("a", 1, "Wait", { coSignature: { signer, at: "2026-03-01T13:00:00Z" } });
  render(<SignedNotes consultId="c" notes={[signed]} />, root);
  expect(page()).not.toContain("Not yet co-signed");
  expect(page()).toContain("Arjun");
});

it("keeps a warning and the reason against it beside the advice", () => {
  const advised = note("a", 1, "Give it", {
    recommendations: [
      { id: "r", content: { kind: "treatment", text: "Morphine", urgency: "now" } },
    ],
    warnings: [
      {
        recommendation: 0,
        code: "dose-over-max",
        severity: "warning",
        text: "Too much.",
        reason: "Palliative",
      },
    ],
  });
  render(<SignedNotes consultId="c" notes={[advised]} />, root);
  expect(page()).toContain("Too much.");
  expect(page()).toContain("All the same, because: Palliative");
});
