import { describe, expect, it } from "vitest";
import { type Move, reasons, sorted } from "./plans";

const move: Move = {
  appointmentId: "a",
  consultId: "c",
  question: "Is this leprosy?",
  urgency: "green",
  specialist: { id: "s", name: "Ada Osei" },
  specialistZone: "Europe/Lisbon",
  clinic: { id: "l", name: "Lodwar" },
  clinicZone: "Africa/Nairobi",
  was: "2026-11-13T10:00:00Z",
  start: "2026-11-10T10:00:00Z",
  minutes: 30,
  pointsBefore: 100,
  pointsAfter: 240,
  changes: [],
};

describe("a proposal", () => {
  it("keeps apart what finds no other time", () => {
    const { start: _, ...lost } = move;
    const { movable, unplaced } = sorted([lost, move]);
    expect(movable).toEqual([move]);
    expect(unplaced).toEqual([lost]);
  });

  it("says the weightiest reason first, with both sides of it", () => {
    expect(
      reasons([
        { code: "local-hour", before: "At night.", after: "By day.", points: 60 },
        { code: "wait", before: "98 hours.", after: "26 hours.", points: 144 },
        { code: "not-free", before: "Is not free at that time.", points: 0 },
      ]),
    ).toEqual([
      { text: "98 hours. → 26 hours.", points: 144 },
      { text: "At night. → By day.", points: 60 },
      { text: "Is not free at that time.", points: 0 },
    ]);
  });
});
