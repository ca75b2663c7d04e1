import type { Schema } from "../../api/client";
import { t } from "./words";

export type Plan = Schema<"Plan">;
export type Move = Schema<"PlanMove">;
type Change = Move["changes"][number];

/** Moves first, then what finds no other time and needs a person. */
export function sorted(moves: readonly Move[]): { movable: Move[]; unplaced: Move[] } {
  return {
    movable: moves.filter(({ start }) => start !== undefined),
    unplaced: moves.filter(({ start }) => start === undefined),
  };
}

/** What one time says against the other, the weightiest first. */
export function reasons(changes: readonly Change[]): { text: string; points: number }[] {
  return [...changes]
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map(({ before, after, points }) => ({ text: sentence(before, after), points }));
}

function sentence(before: string | undefined, after: string | undefined): string {
  if (before !== undefined && after !== undefined) return `${before} → ${after}`;
  return before ?? after ?? "";
}

export function statusWords(status: Plan["status"]): string {
  switch (status) {
    case "open":
      return t("statusOpen");
    case "applied":
      return t("statusApplied");
    case "rejected":
      return t("statusRejected");
    case "superseded":
      return t("statusSuperseded");
    case "overtaken":
      return t("statusOvertaken");
  }
}
