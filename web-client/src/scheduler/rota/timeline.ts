import type { Schema } from "../../api/client";
import { dayKey, millis } from "../../time";
import { daysFrom, startOfDay } from "../../specialist/roster/days";

export type Shift = Schema<"RotaShift">;
export type Layer = Shift["layer"];

const QUARTER = 900_000;

/** A stretch of time on the clock of the page, as milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The part of a shift that falls into a window, as shares of it from 0 to 1. */
export function shareOf(shift: { start: string; end: string }, window: Stretch): Stretch {
  const length = window.to - window.from;
  const share = (at: number) =>
    (Math.min(Math.max(at, window.from), window.to) - window.from) / length;
  return { from: share(millis(shift.start)), to: share(millis(shift.end)) };
}

export function inWindow(shift: { start: string; end: string }, window: Stretch): boolean {
  return millis(shift.start) < window.to && millis(shift.end) > window.from;
}

/** `count` days of a zone's calendar from `first`. */
export function windowOfDays(first: string, count: number, zone: string): Stretch {
  const after = daysFrom(first, count + 1)[count] ?? first;
  return { from: startOfDay(first, zone), to: startOfDay(after, zone) };
}

/**
 * What dragging makes of a shift: its whole moved, or one edge; to the quarter of an hour. The end
 * stays at least a quarter after the start.
 */
export function dragged(
  shift: { start: string; end: string },
  edge: "start" | "end" | "whole",
  by: number,
): { start: string; end: string } {
  const step = Math.round(by / QUARTER) * QUARTER;
  let start = millis(shift.start);
  let end = millis(shift.end);
  if (edge !== "end") start += step;
  if (edge !== "start") end += step;
  if (edge === "start") start = Math.min(start, end - QUARTER);
  if (edge === "end") end = Math.max(end, start + QUARTER);
  return { start: instant(start), end: instant(end) };
}

/** One change of the plan: this person in this time. */
export interface Change {
  readonly layer: Layer;
  readonly start: string;
  readonly end: string;
  readonly specialistId: string;
}

/**
 * What must be said to the server so that a shift of a rota gets a new edge: who gains time is put
 * there. A shorter shift gives its time to the neighbour, and nothing can be said when there is none.
 */
export function changeOf(
  shifts: readonly Shift[],
  shift: Shift,
  to: { start: string; end: string },
): Change | undefined {
  const { layer, person } = shift;
  const earlier = millis(to.start) < millis(shift.start);
  const later = millis(to.end) > millis(shift.end);
  if (person && (earlier || later)) {
    return {
      layer,
      start: earlier ? to.start : shift.end,
      end: later ? to.end : shift.start,
      specialistId: person.id,
    };
  }
  const own = shifts.filter((one) => one.layer === layer);
  const at = own.findIndex(({ id }) => id === shift.id);
  if (millis(to.start) > millis(shift.start)) {
    const before = own[at - 1]?.person;
    return before && { layer, start: shift.start, end: to.start, specialistId: before.id };
  }
  if (millis(to.end) < millis(shift.end)) {
    const after = own[at + 1]?.person;
    return after && { layer, start: to.end, end: shift.end, specialistId: after.id };
  }
  return undefined;
}

/** A number for each person, so that the same one looks the same everywhere. */
export function hueOf(people: readonly { id: string }[], id: string | undefined): number {
  const at = people.findIndex((person) => person.id === id);
  return at < 0 ? 0 : at % 6;
}

/** Weeks of a month's view: each as its days. */
export function weeksFrom(monday: string, count: number): string[][] {
  const days = daysFrom(monday, count * 7);
  return Array.from({ length: count }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

export function todayIn(zone: string, now: number): string {
  return dayKey(now, zone);
}

function instant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
