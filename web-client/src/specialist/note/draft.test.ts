import { describe, expect, it } from "vitest";
import { Problem } from "../../api/problem";
import { keepMine, kept, notKept, opened, overtaken, takeTheirs, typed } from "./draft";
import { newRow, valuesOf } from "./note";

const server = (answer: string, revision: number) => ({
  revision,
  savedAt: "2026-03-01T12:00:00Z",
  content: { language: "en", answer, recommendations: [] },
});
const values = (answer: string) => valuesOf({ language: "en", answer });

describe("opening a note", () => {
  it("shows the server's draft, or an empty one in the thread's language", () => {
    expect(opened(server("Yes.", 3), undefined, "fr").values.answer).toBe("Yes.");
    const empty = opened(undefined, undefined, "fr");
    expect([empty.values.language, empty.revision]).toEqual(["fr", 0]);
  });

  it("goes on with what this device did not send", () => {
    const state = opened(server("Yes.", 3), { values: values("Yes, but"), revision: 3 }, "en");
    expect(state.values.answer).toBe("Yes, but");
    expect(state.saving.kind).toBe("waiting");
  });

  it("forgets a kept copy that the server has", () => {
    const state = opened(server("Yes.", 4), { values: values("Yes."), revision: 3 }, "en");
    expect([state.saving.kind, state.revision]).toEqual(["saved", 4]);
  });

  it("keeps a recommendation that has no sentence yet and so was never sent", () => {
    const unfinished = { ...values("Yes."), recommendations: [{ ...newRow(), drug: "Zinc" }] };
    const state = opened(server("Yes.", 3), { values: unfinished, revision: 3 }, "en");
    expect(state.values.recommendations).toHaveLength(1);
  });

  it("shows both when another device saved something else", () => {
    const state = opened(server("No.", 4), { values: values("Yes."), revision: 3 }, "en");
    expect(state.saving.kind).toBe("conflict");
    expect(state.values.answer).toBe("Yes.");
  });
});

describe("saving a note", () => {
  const start = opened(server("A", 1), undefined, "en");

  it("is done only when nothing was typed since", () => {
    const first = typed(start, values("AB"));
    expect(kept(first, server("AB", 2), first.edits).saving.kind).toBe("saved");
    const second = typed(first, values("ABC"));
    const after = kept(second, server("AB", 2), first.edits);
    expect([after.saving.kind, after.revision, after.values.answer]).toEqual(["waiting", 2, "ABC"]);
  });

  it("fails without losing a letter", () => {
    const away = new Problem({ kind: "unreachable", status: 0, code: "x", sentence: "Away." });
    const after = notKept(typed(start, values("AB")), away);
    expect([after.values.answer, after.saving.kind]).toEqual(["AB", "failed"]);
  });

  it("takes an earlier try that arrived unseen for its own", () => {
    const mine = typed(start, values("AB"));
    const after = overtaken(mine, server("AB", 2), mine.values);
    expect([after.saving.kind, after.revision]).toEqual(["saved", 2]);
  });

  it("lets the person choose between two texts", () => {
    const mine = typed(start, values("AB"));
    const conflict = overtaken(mine, server("other", 2), mine.values);
    expect(conflict.saving.kind).toBe("conflict");
    expect(typed(conflict, values("ABC")).saving.kind).toBe("conflict");
    expect(keepMine(conflict)).toMatchObject({ revision: 2, saving: { kind: "waiting" } });
    expect(takeTheirs(conflict).values.answer).toBe("other");
  });
});
