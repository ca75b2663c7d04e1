import type { Schema } from "../../api/client";
import { millis } from "../../time";

type Summary = Schema<"ConsultSummary">;
type Urgency = Schema<"Urgency">;
export type WaitingOn = Summary["waitingOn"];

export const URGENCIES: readonly Urgency[] = ["red", "orange", "yellow", "green", "blue"];
export const WAITING: readonly WaitingOn[] = ["coordinator", "specialist", "clinic", "nobody"];

/** What the coordinator wants to see; empty means everything. */
export interface QueueFilter {
  readonly urgency: Urgency | "";
  readonly waitingOn: WaitingOn | "";
  readonly overdue: boolean;
}

/** By time left; what has no clock running stands at the end, the more urgent of two first. */
export function byTimeLeft(consults: readonly Summary[]): Summary[] {
  return [...consults].sort(
    (a, b) =>
      due(a) - due(b) ||
      URGENCIES.indexOf(a.urgencyNow) - URGENCIES.indexOf(b.urgencyNow) ||
      millis(a.submittedAt) - millis(b.submittedAt),
  );
}

export function filtered(
  consults: readonly Summary[],
  filter: QueueFilter,
  now: number,
): Summary[] {
  return consults.filter(
    (consult) =>
      (filter.urgency === "" || consult.urgencyNow === filter.urgency) &&
      (filter.waitingOn === "" || consult.waitingOn === filter.waitingOn) &&
      (!filter.overdue || isOverdue(consult, now)),
  );
}

/** A promise that was not kept: its time is over and somebody still has to act. */
export function isOverdue({ dueAt, waitingOn }: Summary, now: number): boolean {
  return dueAt !== undefined && waitingOn !== "nobody" && millis(dueAt) <= now;
}

/** Reads a filter from the address; what is not known there is left out. */
export function filterIn(query: URLSearchParams): QueueFilter {
  return {
    urgency: URGENCIES.find((one) => one === query.get("urgency")) ?? "",
    waitingOn: WAITING.find((one) => one === query.get("waiting")) ?? "",
    overdue: query.get("overdue") === "yes",
  };
}

/** How many consults each choice of one filter would show while the others stay. */
export function counts<V extends string>(
  consults: readonly Summary[],
  values: readonly V[],
  of: (consult: Summary) => string,
): Record<V, number> {
  const found = Object.fromEntries(values.map((value) => [value, 0])) as Record<V, number>;
  for (const consult of consults) {
    const value = of(consult) as V;
    if (value in found) found[value] += 1;
  }
  return found;
}

function due({ dueAt }: Summary): number {
  return dueAt ? millis(dueAt) : Number.MAX_SAFE_INTEGER;
}
