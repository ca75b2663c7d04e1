import { locale, withOwnCalendar } from "../time";
import { t } from "./words";

/** A calendar day (`2026-03-31`) as a person reads it; it has no zone. */
export function dayText(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const date = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return withOwnCalendar(new Intl.DateTimeFormat(locale(), date).format(noon), noon, date);
}

/** Minutes as hours with one digit: `3.5 h`. */
export function hoursText(minutes: number): string {
  return t("hours", { hours: hoursNumber(minutes) });
}

/** Only the number, for a sentence that names the unit. */
export function hoursNumber(minutes: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(minutes / 60);
}

export function countryText(code: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A whole number between 0 and `max`, or undefined. */
export function wholeUpTo(text: string, max: number): number | undefined {
  const typed = text.trim();
  return /^\d{1,3}$/.test(typed) && Number(typed) <= max ? Number(typed) : undefined;
}
