/** A calendar day (`2026-03-31`) as a person reads it; it has no zone. */
export function dayText(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

/** Minutes as hours with one digit: `3.5 h`. */
export function hoursText(minutes: number): string {
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(minutes / 60)} h`;
}

export function countryText(code: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A whole number between 0 and `max`, or undefined. */
export function wholeUpTo(text: string, max: number): number | undefined {
  const typed = text.trim();
  return /^\d{1,3}$/.test(typed) && Number(typed) <= max ? Number(typed) : undefined;
}
