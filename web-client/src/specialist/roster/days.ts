import type { Schema } from "../../api/client";
import { clockTime, instantOf, millis } from "../../time";

type Slot = Schema<"Slot">;

/** A part of a slot that falls on one calendar day; `from` and `to` are shares of that day. */
export interface Piece<S extends Slot = Slot> {
  readonly slot: S;
  readonly from: number;
  readonly to: number;
  /** `09:00–17:30` on the clocks of the day's zone; `24:00` where it goes on past midnight. */
  readonly words: string;
}

const DAY = 86_400_000;
/** Clocks that skip midnight in spring start the day this much later at most. */
const SKIPPED_MINUTES_MAX = 180;

/** `count` calendar days from `first`, as `2026-03-01`. */
export function daysFrom(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00Z`);
  return Array.from({ length: count }, (_, index) => isoDay(start + index * DAY));
}

/** The Monday of the week that a day lies in. */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00Z`);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return isoDay(at - sinceMonday * DAY);
}

/** The first instant of a calendar day in a zone, also where midnight itself is skipped. */
export function startOfDay(day: string, zone: string): number {
  for (let minutes = 0; minutes <= SKIPPED_MINUTES_MAX; minutes += 30) {
    const clock = new Date(minutes * 60_000).toISOString().slice(11, 16);
    const instant = instantOf(`${day}T${clock}`, zone);
    if (instant !== undefined) return millis(instant);
  }
  return Date.parse(`${day}T00:00Z`);
}

/** The parts of the slots that fall on one day of the zone's calendar, in their order. */
export function piecesOn<S extends Slot>(
  slots: readonly S[],
  day: string,
  zone: string,
): Piece<S>[] {
  const [, nextDay = day] = daysFrom(day, 2);
  const start = startOfDay(day, zone);
  const end = startOfDay(nextDay, zone);
  const share = (at: number) => (Math.min(Math.max(at, start), end) - start) / (end - start);
  return slots
    .filter((slot) => millis(slot.start) < end && millis(slot.end) > start)
    .map((slot) => ({
      slot,
      from: share(millis(slot.start)),
      to: share(millis(slot.end)),
      words: `${millis(slot.start) <= start ? "00:00" : clockTime(slot.start, zone)}–${
        millis(slot.end) >= end ? "24:00" : clockTime(slot.end, zone)
      }`,
    }))
    .sort((a, b) => a.from - b.from);
}

/** The same time in as few slots as there can be: those that overlap or meet become one. */
export function joined(slots: readonly Slot[]): Slot[] {
  const whole: Slot[] = [];
  for (const { start, end } of [...slots].sort((a, b) => millis(a.start) - millis(b.start))) {
    const last = whole.at(-1);
    if (!last || millis(start) > millis(last.end)) whole.push({ start, end });
    else if (millis(end) > millis(last.end)) whole[whole.length - 1] = { start: last.start, end };
  }
  return whole;
}

/** Hours in the slots, to a quarter: `37.5`. */
export function hoursIn(slots: readonly Slot[]): number {
  const total = slots.reduce((sum, { start, end }) => sum + millis(end) - millis(start), 0);
  return Math.round(total / 900_000) / 4;
}

/** `2026-03-01` as it reads everywhere: the same calendar day in every zone. */
export function noonOf(day: string): string {
  return `${day}T12:00:00Z`;
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
