import { newKey, type Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";

type Hours = Schema<"Hours">;
type Roster = Schema<"Roster">;
export type Weekday = Schema<"Weekday">;
export type ExceptionKind = Schema<"HoursException">["kind"];

export const WEEKDAYS: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** Weekly hours as they are typed: empty text where nothing was said. */
export interface WeeklyRow {
  readonly key: string;
  readonly days: readonly Weekday[];
  readonly start: string;
  readonly end: string;
  readonly everyWeeks: string;
  readonly anchor: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface ExceptionRow {
  readonly key: string;
  readonly kind: ExceptionKind;
  readonly date: string;
  readonly lastDate: string;
  readonly start: string;
  readonly end: string;
  /** Instants, of `busy` only. */
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** The shape of the body that is sent, so that the server's pointers fit. */
export interface RosterForm {
  readonly hours: {
    readonly zone: string;
    readonly weekly: readonly WeeklyRow[];
    readonly exceptions: readonly ExceptionRow[];
    readonly zoneChanges: NonNullable<Hours["zoneChanges"]>;
  };
  readonly weeklyCap: string;
  readonly redCalls: boolean;
  /** The version that this was based on. */
  readonly version: number;
}

export interface Questions {
  readonly days: string;
  readonly time: string;
  readonly date: string;
  readonly order: string;
  readonly cap: string;
  readonly anchor: string;
}

export function formOf(roster: Roster): RosterForm {
  const { hours } = roster;
  return {
    hours: {
      zone: hours.zone,
      weekly: hours.weekly.map((row) => ({
        ...newWeekly(),
        days: row.days,
        start: row.start,
        end: clockOf(row.end),
        everyWeeks: row.everyWeeks && row.everyWeeks > 1 ? String(row.everyWeeks) : "1",
        anchor: row.anchor ?? "",
        validFrom: row.validFrom ?? "",
        validTo: row.validTo ?? "",
      })),
      exceptions: (hours.exceptions ?? []).map((row) => ({
        ...newException(row.kind),
        date: row.date ?? "",
        lastDate: row.lastDate ?? "",
        start: row.start ?? "",
        end: clockOf(row.end ?? ""),
        from: row.from ?? "",
        to: row.to ?? "",
        note: row.note ?? "",
      })),
      zoneChanges: hours.zoneChanges ?? [],
    },
    weeklyCap: String(roster.weeklyCap),
    redCalls: roster.redCalls,
    version: roster.version,
  };
}

export function newWeekly(): WeeklyRow {
  return {
    key: newKey(),
    days: [],
    start: "09:00",
    end: "12:00",
    everyWeeks: "1",
    anchor: "",
    validFrom: "",
    validTo: "",
  };
}

export function newException(kind: ExceptionKind): ExceptionRow {
  return {
    key: newKey(),
    kind,
    date: "",
    lastDate: "",
    start: "",
    end: "",
    from: "",
    to: "",
    note: "",
  };
}

/** The hours as the contract wants them; only what the kind of each row needs. */
export function hoursOf(form: RosterForm): Hours {
  const { zone, weekly, exceptions, zoneChanges } = form.hours;
  return {
    zone,
    weekly: weekly.map((row) => ({
      days: WEEKDAYS.filter((day) => row.days.includes(day)),
      start: row.start,
      end: row.end,
      ...(Number(row.everyWeeks) > 1
        ? { everyWeeks: Number(row.everyWeeks), ...said("anchor", row.anchor) }
        : {}),
      ...said("validFrom", row.validFrom),
      ...said("validTo", row.validTo),
    })),
    exceptions: exceptions.map((row) => ({
      kind: row.kind,
      ...(row.kind === "busy"
        ? { ...said("from", row.from), ...said("to", row.to) }
        : said("date", row.date)),
      ...(row.kind === "away" ? said("lastDate", row.lastDate || row.date) : {}),
      ...(hasClock(row.kind) ? { ...said("start", row.start), ...said("end", row.end) } : {}),
      ...said("note", row.note.trim()),
    })),
    ...(zoneChanges.length > 0 ? { zoneChanges } : {}),
  };
}

export function rosterBody(form: RosterForm): Schema<"RosterHours"> {
  return { hours: hoursOf(form), weeklyCap: Number(form.weeklyCap), redCalls: form.redCalls };
}

/** What is still missing or cannot be, beside the field that says it. */
export function checkRoster(form: RosterForm, say: Questions): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (pointer: string, detail: string) => errors.push({ pointer, detail });
  for (const [index, row] of form.hours.weekly.entries()) {
    const at = `/hours/weekly/${index}`;
    if (row.days.length === 0) wrong(`${at}/days`, say.days);
    if (!row.start) wrong(`${at}/start`, say.time);
    if (!row.end) wrong(`${at}/end`, say.time);
    if (Number(row.everyWeeks) > 1 && !row.anchor) wrong(`${at}/anchor`, say.anchor);
    if (row.validFrom && row.validTo && row.validTo < row.validFrom) {
      wrong(`${at}/validTo`, say.order);
    }
  }
  for (const [index, row] of form.hours.exceptions.entries()) {
    const at = `/hours/exceptions/${index}`;
    if (row.kind === "busy") {
      if (!row.from) wrong(`${at}/from`, say.date);
      if (!row.to) wrong(`${at}/to`, say.date);
      if (row.from && row.to && Date.parse(row.to) <= Date.parse(row.from)) {
        wrong(`${at}/to`, say.order);
      }
      continue;
    }
    if (!row.date) wrong(`${at}/date`, say.date);
    if (row.kind === "away" && row.lastDate && row.lastDate < row.date) {
      wrong(`${at}/lastDate`, say.order);
    }
    if (hasClock(row.kind)) {
      if (!row.start) wrong(`${at}/start`, say.time);
      if (!row.end) wrong(`${at}/end`, say.time);
    }
  }
  if (!/^\d{1,3}$/.test(form.weeklyCap.trim()) || Number(form.weeklyCap) > 100) {
    wrong("/weeklyCap", say.cap);
  }
  return errors;
}

export function hasClock(kind: ExceptionKind): boolean {
  return kind === "replace" || kind === "extra";
}

/** Browsers have no 24:00; 00:00 as an end means the same midnight. */
function clockOf(end: string): string {
  return end === "24:00" ? "00:00" : end;
}

function said<K extends string>(name: K, text: string): { [P in K]?: string } {
  return text ? ({ [name]: text } as { [P in K]: string }) : {};
}
