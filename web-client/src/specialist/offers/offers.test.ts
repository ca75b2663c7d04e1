import { describe, expect, it } from "vitest";
import type { Schema } from "../../api/client";
import { byMyTurn, sorted } from "./offers";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const offer = (id: string, status: Schema<"Offer">["status"], expires: string, sent = "11:00") =>
  ({
    id,
    status,
    expiresAt: `2026-03-01T${expires}:00Z`,
    sentAt: `2026-03-01T${sent}:00Z`,
  }) as Schema<"Offer">;

describe("offers", () => {
  it("stand with the one that runs out first in front, and expire on the page too", () => {
    const { open, earlier } = sorted(
      [
        offer("late", "open", "15:00"),
        offer("soon", "open", "12:05"),
        offer("gone", "open", "12:00", "10:00"),
        offer("refused", "refused", "14:00", "11:30"),
      ],
      NOW,
    );
    expect(open.map(({ id }) => id)).toEqual(["soon", "late"]);
    expect(earlier.map(({ id }) => id)).toEqual(["refused", "gone"]);
  });
});

describe("my consults", () => {
  it("begin with those that wait for me, by time left", () => {
    const consult = (id: string, waitingOn: string, dueAt?: string) =>
      ({ id, waitingOn, changedAt: "2026-03-01T00:00:00Z", dueAt }) as Schema<"ConsultSummary">;
    expect(
      byMyTurn([
        consult("theirs", "clinic", "2026-03-01T12:00:00Z"),
        consult("late", "specialist", "2026-03-01T14:00:00Z"),
        consult("whenever", "specialist"),
        consult("soon", "specialist", "2026-03-01T12:30:00Z"),
      ]).map(({ id }) => id),
    ).toEqual(["soon", "late", "whenever", "theirs"]);
  });
});
