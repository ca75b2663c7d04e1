import type { Schema } from "../../api/client";
import { daysFrom, joined, piecesOn, type Piece, startOfDay } from "../../specialist/roster/days";
import { dayKey, millis } from "../../time";

type Row = Schema<"CoverageRow">;
type Shift = Schema<"Shift">;

export const WEEK_DAYS = 7;

/** One volunteer on one day of some zone's calendar. */
export interface Cell {
  readonly day: string;
  readonly available: readonly Piece[];
  /** Shifts that stand alone: each can be dropped. */
  readonly onCall: readonly Piece<Shift>[];
  /** On call in rotas, of which several may ask for the same hours. */
  readonly inRotas: readonly Piece[];
  readonly booked: readonly Piece[];
}

/**
 * What to ask the server for, so that every day is whole on everybody's calendar: zones lie up to 14
 * hours from UTC, so a day before and after covers them in any of them.
 */
export function windowOf(monday: string, days = WEEK_DAYS): { from: string; days: number } {
  const [dayBefore = monday] = daysFrom(monday, 1).map((day) =>
    new Date(Date.parse(`${day}T00:00Z`) - 86_400_000).toISOString().slice(0, 10),
  );
  return { from: `${dayBefore}T00:00:00Z`, days: days + 2 };
}

export function cellsOf(row: Row, days: readonly string[], zone: string): Cell[] {
  const rotas = joined(row.onCall.filter(({ rotaId }) => rotaId));
  const alone = row.onCall.filter(({ rotaId }) => !rotaId);
  return days.map((day) => ({
    day,
    available: piecesOn(row.available, day, zone),
    onCall: piecesOn(alone, day, zone),
    inRotas: piecesOn(rotas, day, zone),
    booked: piecesOn(row.booked, day, zone),
  }));
}

export function hasAnything(row: Row, days: readonly string[], zone: string): boolean {
  return cellsOf(row, days, zone).some(
    ({ available, onCall, inRotas, booked }) =>
      available.length + onCall.length + inRotas.length + booked.length > 0,
  );
}

/** Those on duty in front, then by name: who can be rung now stands where the eye begins. */
export function byDuty(rows: readonly Row[]): Row[] {
  const duty = ({ volunteer }: Row) => (volunteer.onCallNow ? 0 : volunteer.onDutyNow ? 1 : 2);
  return [...rows].sort(
    (a, b) => duty(a) - duty(b) || a.volunteer.name.localeCompare(b.volunteer.name),
  );
}

/** Hours of a day in which nobody is available or on call, as a share from 0 to 1. */
export function gapOn(rows: readonly Row[], day: string, zone: string): number {
  const pieces = rows
    .flatMap(({ available, onCall }) => piecesOn([...available, ...onCall], day, zone))
    .sort((a, b) => a.from - b.from);
  let reached = 0;
  let gap = 0;
  for (const { from, to } of pieces) {
    if (from > reached) gap += from - reached;
    reached = Math.max(reached, to);
  }
  return gap + (1 - reached);
}

/** Where now is on a day, or undefined on other days. */
export function nowOn(day: string, zone: string, now: number): number | undefined {
  if (dayKey(now, zone) !== day) return undefined;
  const [, next = day] = daysFrom(day, 2);
  const start = startOfDay(day, zone);
  return (now - start) / (startOfDay(next, zone) - start);
}

/** A shift must end after it starts, and before a week has gone by. */
export function checkShift(
  shift: { specialistId: string; start: string; end: string },
  say: { who: string; when: string; order: string },
): { pointer: string; detail: string }[] {
  const errors = [];
  if (!shift.specialistId) errors.push({ pointer: "/specialistId", detail: say.who });
  if (!shift.start) errors.push({ pointer: "/start", detail: say.when });
  if (!shift.end) errors.push({ pointer: "/end", detail: say.when });
  else if (shift.start && millis(shift.end) <= millis(shift.start)) {
    errors.push({ pointer: "/end", detail: say.order });
  }
  return errors;
}
