import { describe, expect, it } from "vitest";
import type { Schema } from "../../api/client";
import { byWeight, dutySentence, loadSentence, placed, pointsText } from "./candidates";
import { checkTriage, isChange, triageOf } from "./triage";

type Candidate = Schema<"Candidate">;

const NOW = Date.parse("2026-03-02T12:00:00Z");
const candidate = (name: string, parts: Partial<Candidate> = {}) =>
  ({
    specialist: { id: name, name },
    zone: "Asia/Kolkata",
    rank: 1,
    barred: [],
    terms: [],
    onDutyNow: false,
    openConsults: 1,
    weeklyCap: 5,
    ...parts,
  }) as unknown as Candidate;
const bar = [{ code: "not-active", sentence: "Does not take consults.", points: 0 }];

describe("candidates", () => {
  it("stand by rank, and those who cannot be asked apart by name", () => {
    const { able, barred } = placed([
      candidate("Zoe", { rank: 0, barred: bar }),
      candidate("Ben", { rank: 2 }),
      candidate("Ada", { rank: 0, barred: bar }),
      candidate("Cy", { rank: 1 }),
    ]);
    expect(able.map(({ specialist }) => specialist.name)).toEqual(["Cy", "Ben"]);
    expect(barred.map(({ specialist }) => specialist.name)).toEqual(["Ada", "Zoe"]);
  });

  it("say when they can help on both clocks", () => {
    const slot = { start: "2026-03-02T19:30:00Z", end: "2026-03-02T21:00:00Z" };
    expect(dutySentence(candidate("Ada", { nextFree: slot }), NOW, "Africa/Nairobi")).toBe(
      "Next free 22:30 (Tue 3 Mar, 01:00 there)",
    );
    expect(dutySentence(candidate("Ada", { nextFree: slot }), NOW, "Asia/Kolkata")).toBe(
      "Next free Tue 3 Mar, 01:00",
    );
    expect(dutySentence(candidate("Ada", { onDutyNow: true }), NOW)).toBe("On duty now");
    expect(dutySentence(candidate("Ada"), NOW)).toBe("No free time in the coming days");
  });

  it("give their reasons by weight, with what each adds or takes", () => {
    const terms = [
      { code: "a", sentence: "A", points: 0 },
      { code: "b", sentence: "B", points: -12 },
      { code: "c", sentence: "C", points: 5 },
    ];
    expect(byWeight(terms).map(({ code }) => code)).toEqual(["b", "c", "a"]);
    expect([30, -6, 0].map(pointsText)).toEqual(["+30", "−6", "0"]);
    expect(loadSentence(candidate("Ada", { thisWeek: 2 }))).toBe("2 of 5 this week · 1 open");
  });
});

describe("triage", () => {
  const summary = {
    urgencyNow: "yellow",
    mode: "clinician-advice",
    specialty: "dermatology",
  } as Schema<"ConsultSummary">;
  const say = { specialty: "which?", reason: "why?" };

  it("needs a reason for a change and none for a confirmation", () => {
    const asked = triageOf(summary);
    expect(checkTriage(asked, summary, say)).toEqual([]);
    expect(checkTriage({ ...asked, urgency: "red" }, summary, say)).toEqual([
      { pointer: "/reason", detail: "why?" },
    ]);
    expect(checkTriage({ ...asked, urgency: "red", reason: "Shock" }, summary, say)).toEqual([]);
  });

  it("lets the coordinator choose a specialty where the clinic asked for none", () => {
    const { specialty: _, ...open } = summary;
    const asked = triageOf(open);
    expect(checkTriage(asked, open, say)).toEqual([{ pointer: "/specialty", detail: "which?" }]);
    expect(isChange({ ...asked, specialty: "paediatrics" }, open)).toBe(false);
  });
});
