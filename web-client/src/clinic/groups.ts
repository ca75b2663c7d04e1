import type { Schema } from "../api/client";
import { millis } from "../time";

type Summary = Schema<"ConsultSummary">;
export type Side = Summary["waitingOn"];

export interface Group {
  readonly side: Side;
  readonly consults: readonly Summary[];
}

/** The clinic's own moves come first. */
const ORDER: readonly Side[] = ["clinic", "coordinator", "specialist", "nobody"];

/** Consults by who has the next move; in a group what is due first stands first. */
export function grouped(consults: readonly Summary[]): Group[] {
  return ORDER.map((side) => ({
    side,
    consults: consults.filter((one) => one.waitingOn === side).sort(byTimeLeft),
  })).filter((group) => group.consults.length > 0);
}

/** Those without a clock come last, the latest change first. */
export function byTimeLeft(a: Summary, b: Summary): number {
  if (a.dueAt && b.dueAt) return millis(a.dueAt) - millis(b.dueAt);
  if (a.dueAt || b.dueAt) return a.dueAt ? -1 : 1;
  return millis(b.changedAt) - millis(a.changedAt);
}
