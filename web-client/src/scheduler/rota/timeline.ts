import type { Schema } from "../../api/client";
import { millis } from "../../time";
import { daysFrom, startOfDay } from "../../specialist/roster/days";

export type Shift = Schema<"RotaShift">;
export type Layer = Shift["layer"];

export const LAYERS: readonly Layer[] = ["primary", "back-up"];

const QUARTER = 900_000;
export const HOUR = 3_600_000;

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

/** A row of the week: somebody's shifts of both layers, or the gaps of one layer. */
export interface Lane {
  readonly key: string;
  readonly person: Schema<"RotaPerson"> | undefined;
  readonly layer: Layer | undefined;
  readonly shifts: readonly Shift[];
}

/** Gaps in front, because they are what there is to do; then everybody who has a part in the rota. */
export function lanesOf(
  shifts: readonly Shift[],
  members: readonly Schema<"RotaPerson">[],
  window: Stretch,
): Lane[] {
  const shown = shifts.filter((shift) => inWindow(shift, window));
  const others = shown.flatMap(({ person }) => person ?? []);
  const people = [...members, ...others].filter(
    ({ id }, at, all) => all.findIndex((one) => one.id === id) === at,
  );
  const gaps = LAYERS.map((layer) => ({
    key: `gap-${layer}`,
    person: undefined,
    layer,
    shifts: shown.filter((shift) => !shift.person && shift.layer === layer),
  }));
  return [
    ...gaps.filter((lane) => lane.shifts.length > 0),
    ...people.map((person) => ({
      key: person.id,
      person,
      layer: undefined,
      shifts: shown.filter((shift) => shift.person?.id === person.id),
    })),
  ];
}

/** What is held of a shift: all of it, or one of its edges. */
export type Grip = "start" | "end" | "whole";

/** Where a shift would go. */
export interface Target {
  readonly start: string;
  readonly end: string;
  /** Nobody while a gap is not over anybody. */
  readonly personId: string | undefined;
}

/** An edge moves by quarters of an hour, the whole by hours. The end stays after the start. */
export function dragged(shift: Shift, grip: Grip, by: number): { start: string; end: string } {
  const unit = grip === "whole" ? HOUR : QUARTER;
  const step = Math.round(by / unit) * unit;
  let start = millis(shift.start);
  let end = millis(shift.end);
  if (grip !== "end") start += step;
  if (grip !== "start") end += step;
  if (grip === "start") start = Math.min(start, end - QUARTER);
  if (grip === "end") end = Math.max(end, start + QUARTER);
  return { start: instant(start), end: instant(end) };
}

/** Whether letting go there changes anything, and there is somebody to have it. */
export function isMove(shift: Shift, to: Target): to is Target & { personId: string } {
  return (
    to.personId !== undefined &&
    (to.personId !== shift.person?.id || to.start !== shift.start || to.end !== shift.end)
  );
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

function instant(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
