import "fake-indexeddb/auto";
import { type ComponentChildren, render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "../api/client";
import { openVault } from "../offline/vault";
import ConsultHealthCard from "./ConsultHealthCard";
import HealthCard from "./HealthCard";
import {
  correctionOf,
  dateError,
  dateOf,
  dateText,
  endedBefore,
  entryErrors,
  entryOf,
  NEW_ENTRY,
  type Item,
  NO_DATE,
  partsOf,
  valuesOf,
  withLines,
} from "./items";
import TakeOver from "./TakeOver";

const NOW = Date.parse("2026-03-02T09:00:00Z");

describe("a date as exactly as it is known", () => {
  it("is a year, a month or a day and comes back as it was", () => {
    for (const date of ["2019", "2019-03", "2019-03-02", ""]) {
      expect(dateOf(partsOf(date))).toBe(date);
    }
    expect(dateOf({ year: "2019", month: "03", day: "2" })).toBe("2019-03-02");
    expect(dateText("2019-03")).toBe("Mar 2019");
    expect(dateOf({ year: "٢٠١٩", month: "03", day: "۲" })).toBe("2019-03-02");
  });

  it("is refused when there is no such day, when it is to come, and without its year", () => {
    const parts = (date: string) => dateError(partsOf(date), NOW);
    expect(parts("2023-02-29")).toBe("There is no such day.");
    expect(parts("2024-02-29")).toBeUndefined();
    expect(parts("2026-04")).toBe("This is in the future.");
    expect(parts("2026")).toBeUndefined();
    expect(parts("19")).toBe("There is no such day.");
    expect(dateError({ ...NO_DATE, month: "03" }, NOW)).toBe("Write the year too.");
    expect(endedBefore("2019-05", "2019")).toBeUndefined();
    expect(endedBefore("2019-05", "2019-04-30")).toBe("It cannot have ended before it began.");
  });
});

it("leaves the code out when the words say something else than before", () => {
  const code = { system: "http://id.who.int/icd/release/11/mms", code: "1F4Z" };
  const item = { kind: "problem", text: "Malaria", code, verification: "confirmed" } as Item;
  const values = valuesOf(item);
  expect(correctionOf({ ...values, onset: partsOf("2019") }, item)).toMatchObject({ code });
  expect(correctionOf({ ...values, text: "Typhoid" }, item)).not.toHaveProperty("code");
});

it("sends only what belongs to the kind, and an end only of what is over", () => {
  const typed = { ...NEW_ENTRY, text: " Tetanus ", dose: "x", doseNumber: "2", lot: "T-7" };
  expect(entryOf(typed, "immunization")).toEqual({
    text: "Tetanus",
    verification: "confirmed",
    doseNumber: 2,
    lot: "T-7",
  });
  const stopped = { ...typed, ended: partsOf("2025-01") };
  expect(entryOf(stopped, "medication")).not.toHaveProperty("ended");
  expect(entryOf({ ...stopped, status: "ended" }, "medication")).toMatchObject({
    dose: "x",
    status: "ended",
    ended: "2025-01",
  });
  expect(entryErrors({ ...typed, text: " ", doseNumber: "two" }, "immunization", NOW)).toEqual([
    { pointer: "/text", detail: "Say what it is." },
    { pointer: "/doseNumber", detail: "A whole number, for example 2." },
  ]);
});

it("writes below what was typed only the lines that it lacks", () => {
  expect(withLines("Asthma\n", ["Asthma", "Gout"])).toBe("Asthma\nGout");
  expect(withLines("", ["Gout"])).toBe("Gout");
});

const item = (text: string, other: Partial<Schema<"HealthItem">> = {}): Schema<"HealthItem"> => ({
  id: text,
  patientId: "p",
  kind: "problem",
  version: 1,
  noneKnown: false,
  text,
  status: "active",
  verification: "confirmed",
  assertedBy: { id: "a", name: "Amina" },
  assertedAt: "2026-03-01T10:00:00Z",
  ...other,
});

const SUMMARY: Schema<"HealthSummary"> = {
  patientId: "p",
  allergies: { state: "listed", list: ["penicillin"] },
  problems: {
    state: "listed",
    items: [
      item("Diabetes", { onset: "2019", verification: "unconfirmed" }),
      item("Malaria", { status: "ended", ended: "2024-05" }),
    ],
  },
  medications: {
    state: "none-known",
    noneKnown: item("", { kind: "medication", noneKnown: true }),
    items: [],
  },
  immunizations: { state: "not-said", items: [] },
};

let root: HTMLElement;
const sent: { method: string; path: string; body: unknown }[] = [];

const page = () => root.textContent ?? "";
const show = (children: ComponentChildren) => render(<>{children}</>, root);
const button = (words: string) => {
  const found = [...root.querySelectorAll("button")].find(
    (one) => one.textContent?.includes(words) || one.getAttribute("aria-label") === words,
  );
  if (!found) throw new Error(`no button ${words} in ${page()}`);
  return found;
};

beforeEach(() => {
  openVault("me");
  sent.length = 0;
  root = document.body.appendChild(document.createElement("div"));
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname.replace("/api/v1", "");
    if (request.method !== "GET") {
      sent.push({ method: request.method, path, body: await request.json() });
    }
    const body = request.method === "GET" ? SUMMARY : item("Diabetes");
    return new Response(JSON.stringify(body), {
      status: 200,
      headers: { "content-type": "application/json" },
    });
  });
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it("shows to a helper what is known, what is not, and nothing to press", async () => {
  show(<ConsultHealthCard consultId="c" />);
  await vi.waitFor(() => expect(page()).toContain("Diabetes"));
  expect(page()).toContain("since 2019");
  expect(page()).toContain("Told, not confirmed");
  expect(page()).toContain("Allergy: penicillin");
  expect(page()).toContain("None known");
  expect(page()).toContain("Amina asked");
  expect(page()).toContain("Nobody has said anything yet.");
  expect(page()).toContain("until May 2024");
  expect(root.querySelectorAll("button")).toHaveLength(0);
});

it("lets the clinic end an item, and says that there is none", async () => {
  show(<HealthCard patientId="p" mayEdit />);
  await vi.waitFor(() => expect(page()).toContain("Diabetes"));
  button("Diabetes").click();
  await vi.waitFor(() => button("It is over"));
  button("It is over").click();
  await vi.waitFor(() => expect(page()).toContain("Since when is it over?"));
  root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    path: "/patients/p/health-items/Diabetes/end",
    body: { version: 1 },
  });
  await vi.waitFor(() => button("No vaccines known"));
  button("No vaccines known").click();
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({
    path: "/patients/p/none-known",
    body: { kind: "immunization" },
  });
});

it("offers a request what it does not say yet", async () => {
  const taken: string[][] = [];
  const offer = (history: string, medicines: string) =>
    show(
      <TakeOver
        patientId="p"
        history={history}
        medicines={medicines}
        onTake={(...texts) => taken.push(texts)}
      />,
    );
  offer("Since Monday", "");
  await vi.waitFor(() => expect(page()).toContain("Diabetes, since 2019"));
  button("Take it over").click();
  expect(taken).toEqual([["Since Monday\nDiabetes, since 2019", "None known"]]);
  offer("Diabetes, since 2019", "None known");
  await vi.waitFor(() => expect(page()).toBe(""));
});
