import type { Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { bothZones, clockTime, day, dayKey, ownZone, zoneCity } from "../time";

type Slot = Schema<"Slot">;
type Participant = Schema<"Participant">;

/** Free times of one day on the reader's calendar. */
export interface SlotDay {
  /** `2026-03-01`. */
  readonly key: string;
  readonly label: string;
  readonly slots: readonly Slot[];
}

/** Groups times by the reader's own days, earliest first. */
export function slotsByDay(slots: readonly Slot[], zone = ownZone()): SlotDay[] {
  const days = new Map<string, Slot[]>();
  for (const slot of [...slots].sort((a, b) => a.start.localeCompare(b.start))) {
    const key = dayKey(slot.start, zone);
    const known = days.get(key);
    if (known) known.push(slot);
    else days.set(key, [slot]);
  }
  return [...days].map(([key, inDay]) => ({
    key,
    label: day(inDay[0]?.start ?? key, zone),
    slots: inDay,
  }));
}

/** The zones of the others whose clocks differ from the reader's then, each once. */
export function otherZones(people: readonly Participant[], at: string, own = ownZone()): string[] {
  const zones = [...new Set(people.map(({ zone }) => zone))];
  return zones.filter((zone) => bothZones(at, zone, own).other !== undefined);
}

/** `11:05 London`, with the weekday when it is another day there. */
export function timeIn(at: string, zone: string, own = ownZone()): string {
  const time = `${clockTime(at, zone)} ${zoneCity(zone)}`;
  return dayKey(at, zone) === dayKey(at, own) ? time : `${day(at, zone)}${comma()}${time}`;
}
