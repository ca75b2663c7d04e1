import { describe, expect, it } from "vitest";
import type { Schema } from "../../api/client";
import { byTimeLeft, counts, filtered, filterIn, isOverdue, WAITING } from "./queue";

type Summary = Schema<"ConsultSummary">;

const NOW = Date.parse("2026-03-01T12:00:00Z");
const consult = (id: string, parts: Partial<Summary>) =>
  ({
    id,
    urgencyNow: "yellow",
    waitingOn: "coordinator",
    submittedAt: "2026-03-01T08:00:00Z",
    ...parts,
  }) as Summary;
const ids = (consults: readonly Summary[]) => consults.map(({ id }) => id);

const QUEUE = [
  consult("no-clock", { waitingOn: "nobody", urgencyNow: "blue" }),
  consult("later", { dueAt: "2026-03-01T13:00:00Z", waitingOn: "specialist" }),
  consult("over", { dueAt: "2026-03-01T11:00:00Z", urgencyNow: "red" }),
  consult("same-time-red", { dueAt: "2026-03-01T13:00:00Z", urgencyNow: "red" }),
];

describe("the queue", () => {
  it("is ordered by time left, then by urgency", () => {
    expect(ids(byTimeLeft(QUEUE))).toEqual(["over", "same-time-red", "later", "no-clock"]);
  });

  it("is filtered by urgency, by whom it waits on, and by what is overdue", () => {
    const none = { urgency: "", waitingOn: "", overdue: false } as const;
    expect(filtered(QUEUE, none, NOW)).toHaveLength(4);
    expect(ids(filtered(QUEUE, { ...none, urgency: "red" }, NOW))).toEqual([
      "over",
      "same-time-red",
    ]);
    expect(ids(filtered(QUEUE, { ...none, waitingOn: "specialist" }, NOW))).toEqual(["later"]);
    expect(ids(filtered(QUEUE, { ...none, overdue: true }, NOW))).toEqual(["over"]);
  });

  it("counts nothing as overdue that nobody has to act on, and the very moment as over", () => {
    const at = "2026-03-01T12:00:00Z";
    expect(isOverdue(consult("a", { dueAt: at }), NOW)).toBe(true);
    expect(isOverdue(consult("a", { dueAt: at, waitingOn: "nobody" }), NOW)).toBe(false);
  });

  it("reads its filter from the address and ignores rubbish there", () => {
    expect(filterIn(new URLSearchParams("urgency=red&waiting=clinic&overdue=yes"))).toEqual({
      urgency: "red",
      waitingOn: "clinic",
      overdue: true,
    });
    expect(filterIn(new URLSearchParams("urgency=purple"))).toEqual({
      urgency: "",
      waitingOn: "",
      overdue: false,
    });
  });

  it("says how many each choice would show", () => {
    expect(counts(QUEUE, WAITING, ({ waitingOn }) => waitingOn)).toEqual({
      coordinator: 2,
      specialist: 1,
      clinic: 0,
      nobody: 1,
    });
  });
});
