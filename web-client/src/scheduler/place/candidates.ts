import type { Schema } from "../../api/client";
import { languageName, timeThere } from "../../consult";
import { comma } from "../../i18n/comma";
import { clockTime, day, dayAndTime, dayKey, ownZone } from "../../time";
import { t } from "../words";

type Candidate = Schema<"Candidate">;
type Term = Schema<"Term">;

/** Those who can be asked by rank, and those who cannot by name. */
export function placed(candidates: readonly Candidate[]): {
  able: readonly Candidate[];
  barred: readonly Candidate[];
} {
  const isBarred = ({ barred, rank }: Candidate) => barred.length > 0 || rank === 0;
  return {
    able: candidates.filter((one) => !isBarred(one)).sort((a, b) => a.rank - b.rank),
    barred: candidates
      .filter(isBarred)
      .sort((a, b) => a.specialist.name.localeCompare(b.specialist.name)),
  };
}

/** The reasons with the weightiest in front; those that change nothing stay at the end. */
export function byWeight(terms: readonly Term[]): Term[] {
  return [...terms].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** `+30`, `−6`, `0`: what a reason adds. */
export function pointsText(points: number): string {
  if (points === 0) return "0";
  return points > 0 ? `+${points}` : `−${-points}`;
}

/** When they can help, on the coordinator's clock and on theirs. */
export function dutySentence(candidate: Candidate, now: number, own = ownZone()): string {
  const { onDutyNow, nextFree, zone } = candidate;
  if (onDutyNow) return t("onDuty");
  if (!nextFree) return t("noFree");
  const here = dayAndTime(nextFree.start, own, now);
  const sameDay = dayKey(nextFree.start, own) === dayKey(nextFree.start, zone);
  const clock = clockTime(nextFree.start, zone);
  const there = sameDay ? clock : `${day(nextFree.start, zone, now)}${comma()}${clock}`;
  const sameClock = sameDay && clock === clockTime(nextFree.start, own);
  return sameClock ? t("nextFreeSame", { own: here }) : t("nextFree", { own: here, there });
}

/** `2 of 5 this week · 1 open`. */
export function loadSentence({ thisWeek, weeklyCap, openConsults }: Candidate): string {
  return thisWeek === undefined
    ? t("loadNoWeek", { cap: weeklyCap, open: openConsults })
    : t("load", { week: thisWeek, cap: weeklyCap, open: openConsults });
}

export function languagesSentence({ languages }: Candidate): string {
  return t("speaks", { languages: languages.map(languageWord).join(comma()) });
}

/** The server tells languages by name already; a bare code is put into words. */
function languageWord(language: string): string {
  return /^[a-z]{2,3}$/.test(language) ? languageName(language) : language;
}

/** The wall clock where they are; with the city when it is another zone than ours. */
export function clockThere({ zone }: Candidate, now: number): string {
  return timeThere(zone, now);
}
