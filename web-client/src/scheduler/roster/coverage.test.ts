import { describe, expect, it } from "vitest";
import type { Schema } from "../../api/client";
import { byDuty, cellsOf, checkShift, gapOn, hasAnything, nowOn, windowOf } from "./coverage";

type Row = Schema<"CoverageRow">;

const row = (name: string, parts: Partial<Row> = {}, volunteer: object = {}) =>
  ({
    volunteer: { id: name, name, zone: "Asia/Kolkata", onDutyNow: false, ...volunteer },
    available: [],
    onCall: [],
    booked: [],
    ...parts,
  }) as unknown as Row;

describe("coverage", () => {
  it("asks for a day more on each side, so that the week is whole in every zone", () => {
    expect(windowOf("2026-03-02")).toEqual({ from: "2026-03-01T00:00:00Z", days: 9 });
  });

  it("lays the same shift on the day it falls on, here and there", () => {
    const shift = { id: "s", start: "2026-03-02T17:30:00Z", end: "2026-03-02T20:30:00Z" };
    const here = cellsOf(row("Ada", { onCall: [shift] }), ["2026-03-02"], "Africa/Nairobi");
    expect(here[0]?.onCall.map(({ words }) => words)).toEqual(["20:30–23:30"]);
    const there = cellsOf(
      row("Ada", { onCall: [shift] }),
      ["2026-03-02", "2026-03-03"],
      "Asia/Kolkata",
    );
    expect(there[0]?.onCall.map(({ words }) => words)).toEqual(["23:00–24:00"]);
    expect(there[1]?.onCall.map(({ words }) => words)).toEqual(["00:00–02:00"]);
    expect(there[1]?.onCall[0]?.slot.id).toBe("s");
    const shown = row("Ada", { onCall: [shift] });
    expect(hasAnything(shown, ["2026-03-03"], "Asia/Kolkata")).toBe(true);
    expect(hasAnything(shown, ["2026-03-03"], "Africa/Nairobi")).toBe(false);
  });

  it("says the hours of several rotas once, and single shifts each", () => {
    const shift = (id: string, from: string, to: string, rotaId?: string) => ({
      id,
      start: `2026-03-02T${from}:00Z`,
      end: `2026-03-02T${to}:00Z`,
      ...(rotaId && { rotaId }),
    });
    const onCall = [
      shift("b", "06:00", "09:00", "2"),
      shift("a", "04:00", "07:00", "1"),
      shift("c", "09:00", "10:00", "1"),
      shift("own", "05:00", "08:00"),
    ];
    const [cell] = cellsOf(row("Ada", { onCall }), ["2026-03-02"], "UTC");
    expect(cell?.inRotas.map(({ words }) => words)).toEqual(["04:00–10:00"]);
    expect(cell?.onCall.map(({ slot }) => slot.id)).toEqual(["own"]);
  });

  it("begins with those who can be rung now", () => {
    const rows = byDuty([
      row("Cy"),
      row("Ben", {}, { onDutyNow: true }),
      row("Zoe", {}, { onCallNow: true }),
      row("Ada"),
    ]);
    expect(rows.map(({ volunteer }) => volunteer.name)).toEqual(["Zoe", "Ben", "Ada", "Cy"]);
  });

  it("knows how much of a day nobody covers", () => {
    const rows = [
      row("a", { available: [{ start: "2026-03-02T00:00:00Z", end: "2026-03-02T12:00:00Z" }] }),
      row("b", { available: [{ start: "2026-03-02T06:00:00Z", end: "2026-03-02T18:00:00Z" }] }),
    ];
    expect(gapOn(rows, "2026-03-02", "UTC")).toBe(0.25);
    expect(gapOn([], "2026-03-02", "UTC")).toBe(1);
  });

  it("draws now on today only", () => {
    const noon = Date.parse("2026-03-02T12:00:00Z");
    expect(nowOn("2026-03-02", "UTC", noon)).toBe(0.5);
    expect(nowOn("2026-03-03", "UTC", noon)).toBeUndefined();
  });

  it("wants a shift to have somebody, a start and a later end", () => {
    const say = { who: "who?", when: "when?", order: "order?" };
    const good = { specialistId: "1", start: "2026-03-02T12:00:00Z", end: "2026-03-02T13:00:00Z" };
    expect(checkShift(good, say)).toEqual([]);
    expect(checkShift({ ...good, end: good.start }, say)).toEqual([
      { pointer: "/end", detail: "order?" },
    ]);
    expect(checkShift({ specialistId: "", start: "", end: "" }, say)).toHaveLength(3);
  });
});
