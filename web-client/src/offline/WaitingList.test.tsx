import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readDraft, removeDraft, writeDraft } from "../drafts";
import { currentAddress } from "../router";
import { type Act, acts } from "./acts";
import { openVault, sealedIds, writeSealed } from "./vault";
import WaitingList from "./WaitingList";

const draft = "supplement c";
const refusedWith = (id: string, text: string): Act => ({
  id,
  title: text,
  actedAt: 1,
  form: { draft, values: { text }, page: "/clinic/consults/c?tab=case" },
  doing: { kind: "supplement", consultId: "c", body: { id, text } },
  refused: { sentence: "Too long.", changed: false },
});

let root: HTMLElement;
const page = () => root.textContent ?? "";
const mend = (nth: number) =>
  [...root.querySelectorAll("button")].filter((one) => one.textContent === "Back to the form")[nth];

beforeEach(async () => {
  openVault(crypto.randomUUID());
  const both = [refusedWith("a", "Fever since noon"), refusedWith("b", "Now vomits")];
  for (const act of both) await writeSealed("act", act.id, act);
  acts.set(both);
  root = document.body.appendChild(document.createElement("div"));
  render(<WaitingList />, root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  acts.set([]);
});

it("puts refused words back into their form, and never over other words there", async () => {
  await writeDraft(draft, { values: { text: "Half a sent" }, key: "k", savedAt: Date.now() });
  mend(0)?.click();
  await vi.waitFor(() => expect(page()).toContain("Send or delete those first."));
  expect((await readDraft(draft))?.values).toEqual({ text: "Half a sent" });
  expect(await sealedIds("act")).toEqual(["a", "b"]);
  const link = root.querySelector("a")?.getAttribute("href") ?? "";
  expect(link).toContain("resume=supplement");

  await removeDraft(draft);
  mend(0)?.click();
  await vi.waitFor(() => expect(acts.get().map(({ id }) => id)).toEqual(["b"]));
  expect((await readDraft(draft))?.values).toEqual({ text: "Fever since noon" });
  expect(currentAddress().query.get("resume")).toBe(draft);

  await vi.waitFor(() => expect(page()).not.toContain("Fever"));
  mend(0)?.click();
  await vi.waitFor(() => expect(page()).toContain("Send or delete those first."));
  expect((await readDraft(draft))?.values).toEqual({ text: "Fever since noon" });
  expect(await sealedIds("act")).toEqual(["b"]);
});
