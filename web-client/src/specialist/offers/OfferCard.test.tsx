import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Schema } from "../../api/client";
import { pretendServer } from "../pretendServer";
import { OfferCard } from "./OfferCard";

const OFFER: Schema<"Offer"> = {
  id: "01932f5e-8c3a-7d11-9c4e-0f6f2f3a4b5d",
  consultId: "01932f5e-8c3a-7d11-9c4e-0f6f2f3a4b5c",
  specialist: { id: "s", name: "Dr Example" },
  status: "open",
  sentAt: "2026-03-01T11:00:00Z",
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  rank: 1,
  terms: [{ code: "field", sentence: "Works in dermatology.", points: 30 }],
  about: {
    age: { value: 4, unit: "years" },
    sex: "female",
    question: "Could this be an infection?",
    urgency: "orange",
    specialty: "dermatology",
    mode: "clinician-advice",
    patientLanguage: "sw",
    clinicLanguage: "en",
    site: { id: "1", name: "Hill Station", zone: "Africa/Nairobi" },
  },
};

let root: HTMLElement;
const onAnswered = vi.fn();
const page = () => root.textContent ?? "";
const button = (label: string) =>
  [...root.querySelectorAll("button")].find(
    (one) => one.textContent === label || one.getAttribute("aria-label") === label,
  );
const submit = () =>
  root
    .querySelector("dialog form")
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

beforeEach(() => {
  onAnswered.mockReset();
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it("tells age, question, languages and site, and no name", () => {
  pretendServer({});
  render(<OfferCard offer={OFFER} onAnswered={onAnswered} />, root);
  for (const words of [
    "Female, 4 years",
    "Could this be an infection?",
    "Swahili",
    "Hill Station",
  ]) {
    expect(page()).toContain(words);
  }
});

it("says that an offer is over when it ran out meanwhile, and looks again", async () => {
  pretendServer({
    [`POST /offers/${OFFER.id}/acceptance`]: () => ({
      status: 410,
      body: { code: "offer-expired", detail: "This offer ran out at 12:00." },
    }),
  });
  render(<OfferCard offer={OFFER} onAnswered={onAnswered} />, root);
  button("Accept: Could this be an infection?")?.click();
  await vi.waitFor(() => expect(page()).toContain("This offer ran out at 12:00."));
  button("Try again")?.click();
  expect(onAnswered).toHaveBeenCalled();
});

it("refuses with a reason, and not without one", async () => {
  const asked = pretendServer({
    [`POST /offers/${OFFER.id}/refusal`]: () => ({ status: 200, body: OFFER }),
  });
  render(<OfferCard offer={OFFER} onAnswered={onAnswered} />, root);
  button("Refuse: Could this be an infection?")?.click();
  await vi.waitFor(() => expect(page()).toContain("Refuse this consult"));
  submit();
  await vi.waitFor(() => expect(page()).toContain("Choose a reason."));
  root.querySelector<HTMLInputElement>("input[value=not-my-field]")?.click();
  submit();
  await vi.waitFor(() => expect(onAnswered).toHaveBeenCalled());
  expect(asked.find(({ path }) => path.endsWith("/refusal"))?.body).toEqual({
    reason: "not-my-field",
  });
});
