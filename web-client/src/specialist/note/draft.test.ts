import { describe, expect, it } from "vitest";
import type { Schema } from "../../api/client";
import { Problem } from "../../api/problem";
import { about, kept, merged, notKept, opened, serverState, typed } from "./draft";
import { newRow, valuesOf } from "./note";

const server = (
  answer: string,
  revision: number,
  other: Partial<Schema<"NoteDraft">> = {},
): Schema<"NoteDraft"> => ({
  id: "a",
  deviceId: "d",
  kind: "note",
  late: false,
  revision,
  savedAt: "2026-03-01T12:00:00Z",
  content: { language: "en", answer, recommendations: [] },
  ...other,
});
const values = (answer: string) => valuesOf({ language: "en", answer });

describe("opening a note", () => {
  it("shows the newest draft, or an empty one in the thread's language", () => {
    expect(opened([server("Yes.", 3)], undefined, "fr").values.answer).toBe("Yes.");
    const empty = opened([], undefined, "fr");
    expect([empty.values.language, empty.revision]).toEqual(["fr", 0]);
  });

  it("goes on with what this device did not send, as what it was based on", () => {
    const mine = { id: "a", values: values("Yes, but"), revision: 3 };
    for (const drafts of [[server("Yes.", 3)], [server("Other", 7)], []]) {
      const state = opened(drafts, mine, "en");
      expect(state.values.answer).toBe("Yes, but");
      expect([state.saving.kind, state.id, state.revision]).toEqual(["waiting", "a", 3]);
    }
  });

  it("forgets a kept copy that the server has", () => {
    const mine = { id: "a", values: values("Yes."), revision: 3 };
    const state = opened([server("Yes.", 4)], mine, "en");
    expect([state.saving.kind, state.revision]).toEqual(["saved", 4]);
  });

  it("keeps a recommendation that has no sentence yet and so was never sent", () => {
    const unfinished = { ...values("Yes."), recommendations: [{ ...newRow(), drug: "Zinc" }] };
    const state = opened([server("Yes.", 3)], { id: "a", values: unfinished, revision: 3 }, "en");
    expect(state.values.recommendations).toHaveLength(1);
  });

  it("tells drafts of other notes apart", () => {
    const addendum = server("More", 1, { id: "b", kind: "addendum", amends: "n" });
    const drafts = [server("Yes.", 3), addendum];
    expect(about(drafts, { kind: "note" }).map(({ id }) => id)).toEqual(["a"]);
    expect(about(drafts, { kind: "addendum", amends: "n" }).map(({ id }) => id)).toEqual(["b"]);
    expect(about(drafts, { kind: "addendum", amends: "m" })).toEqual([]);
  });
});

describe("saving a note", () => {
  const start = opened([server("A", 1)], undefined, "en");

  it("is done only when nothing was typed since", () => {
    const first = typed(start, values("AB"));
    expect(kept(first, server("AB", 2), first.edits).saving.kind).toBe("saved");
    const second = typed(first, values("ABC"));
    const after = kept(second, server("AB", 2), first.edits);
    expect([after.saving.kind, after.revision, after.values.answer]).toEqual(["waiting", 2, "ABC"]);
  });

  it("goes on under the name by which the server kept it beside", () => {
    const mine = typed(start, values("AB"));
    const after = kept(mine, server("AB", 1, { id: "b" }), mine.edits);
    expect([after.id, after.revision]).toEqual(["b", 1]);
  });

  it("fails without losing a letter", () => {
    const away = new Problem({ kind: "unreachable", status: 0, code: "x", sentence: "Away." });
    const after = notKept(typed(start, values("AB")), away);
    expect([after.values.answer, after.saving.kind]).toEqual(["AB", "failed"]);
  });
});

describe("merging", () => {
  it("leaves nothing out and repeats nothing", () => {
    const row = (text: string) => ({ ...newRow(), text });
    const mine = { ...values("Yes."), avoid: "Steroids", recommendations: [row("Blood count")] };
    const other = {
      ...values("Yes, today."),
      avoid: "Steroids",
      limits: "No X-ray",
      recommendations: [row("Blood count"), row("Refer")],
    };
    const both = merged(mine, other);
    expect(both.answer).toBe("Yes.\nYes, today.");
    expect([both.avoid, both.limits]).toEqual(["Steroids", "No X-ray"]);
    expect(both.recommendations.map(({ text }) => text)).toEqual(["Blood count", "Refer"]);
  });

  it("goes on with another draft as it stands", () => {
    expect(serverState(server("Other", 5, { id: "b" }), 2)).toMatchObject({
      id: "b",
      revision: 5,
      saving: { kind: "saved" },
    });
  });
});
