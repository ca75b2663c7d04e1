import type { Schema } from "../api/client";
import { millis } from "../time";
import type { Tone } from "../ui";
import { t } from "./bookingWords";

type Appointment = Schema<"Appointment">;

/** It is to take place, or goes on. */
export function isComing({ status }: Pick<Appointment, "status">): boolean {
  return ["booked", "confirmed", "arrived", "in-call"].includes(status);
}

/** It can still be moved, cancelled or answered for. */
export function isAhead({ status }: Pick<Appointment, "status">): boolean {
  return isComing({ status }) && status !== "in-call";
}

const FORGOTTEN_AFTER = 12 * 3_600_000;

/** It was to be in the last hours, and nobody has said yet what became of it. */
export function wantsWord(appointment: Appointment, now: number): boolean {
  const since = now - millis(appointment.end);
  return isAhead(appointment) && since >= 0 && since < FORGOTTEN_AFTER;
}

/** Somebody is missed, or could be said to be. */
export function canMiss(appointment: Appointment, now: number): boolean {
  return isAhead(appointment) && millis(appointment.start) + 10 * 60_000 <= now;
}

export function stateOf({ status }: Pick<Appointment, "status">): { text: string; tone: Tone } {
  const states: Record<Appointment["status"], { text: string; tone: Tone }> = {
    held: { text: t("held"), tone: "neutral" },
    booked: { text: t("booked"), tone: "blue" },
    confirmed: { text: t("isConfirmed"), tone: "green" },
    arrived: { text: t("arrived"), tone: "green" },
    "in-call": { text: t("inCall"), tone: "green" },
    done: { text: t("done"), tone: "neutral" },
    partly: { text: t("partly"), tone: "yellow" },
    cancelled: { text: t("cancelled"), tone: "neutral" },
    "no-show": { text: t("missed"), tone: "red" },
    rescheduled: { text: t("rescheduled"), tone: "neutral" },
  };
  return states[status];
}
