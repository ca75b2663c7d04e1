import type { Schema } from "../api/client";
import { isComing, wantsWord } from "../consult/appointmentState";
import { clockTime, dayAndTime, dayKey, millis, ownZone, zoneCity } from "../time";

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
    .filter((one) => isComing(one) && (millis(one.end) > now || wantsWord(one, now)))
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

/** A moment on the reader's clock and, where it differs, on the clinic's. */
export function bothClocks(at: string, clinic = ownZone()): string {
  const own = dayAndTime(at);
  const there = clockTime(at, clinic);
  return there === clockTime(at) ? own : `${own} (${there} ${zoneCity(clinic)})`;
}
