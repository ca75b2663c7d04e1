import type { Schema } from "../api/client";
import { dayKey, millis } from "../time";

type Appointment = Schema<"Appointment">;

/** The room can be entered this long before the start. */
const EARLY_MILLISECONDS = 15 * 60_000;

/** What still lies ahead or goes on, by the days of `zone`; the rest is left out. */
export function byDay(
  appointments: readonly Appointment[],
  zone: string,
  now: number,
): { day: string; items: Appointment[] }[] {
  const days = new Map<string, Appointment[]>();
  const ahead = appointments
    .filter(({ status, end }) => status === "booked" && millis(end) > now)
    .sort((a, b) => millis(a.start) - millis(b.start));
  for (const one of ahead) {
    const key = dayKey(one.start, zone);
    days.set(key, [...(days.get(key) ?? []), one]);
  }
  return [...days].map(([day, items]) => ({ day, items }));
}

export function mayEnter({ start, end }: Pick<Appointment, "start" | "end">, now: number): boolean {
  return millis(start) - EARLY_MILLISECONDS <= now && now < millis(end);
}
