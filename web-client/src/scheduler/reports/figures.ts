import type { Schema } from "../../api/client";
import { currentLanguage } from "../../i18n/messages";
import { span } from "../../time";
import type { WeekFigure } from "./plot";
import { t } from "./words";

export type Group = Schema<"ReportGroup">;
export type Measure = Schema<"ReportMeasure">;
export type Grouping = Schema<"ReportGrouping">;
export type Timed = "allocated" | "answered" | "closed";
export type Unit = "minutes" | "share";

export const TIMED: readonly Timed[] = ["allocated", "answered", "closed"];
export const PERIODS = ["4", "12", "26", "52"] as const;
export type PeriodWeeks = (typeof PERIODS)[number];

const DAY = 86_400_000;

/** The first day of so many weeks that end with the one of `today`, `2026-03-04`; a Monday. */
export function firstDay(today: string, weeks: number): string {
  const at = Date.parse(`${today}T00:00:00Z`);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - (sinceMonday + 7 * (weeks - 1)) * DAY).toISOString().slice(0, 10);
}

export function minutes(value: number): string {
  return span(value * 60_000);
}

/** `85 %`; never 100 % or 0 % for what is only nearly so. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  const honest = whole === 100 && share < 1 ? 99 : whole === 0 && share > 0 ? 1 : whole;
  return t("percent", { value: honest });
}

/** A time in the unit of its plot: `2 h 10 min`, `85 %`, `3.2 times the target`. */
export function inUnit(value: number, unit: Unit): string {
  if (unit === "minutes") return minutes(value);
  if (value < 2) return percent(value);
  const times = new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 });
  return t("manyTimes", { value: times.format(value) });
}

/** What a group's place on the paper is, in the unit of the plot. */
export function figure(measure: Measure | undefined, unit: Unit): WeekFigure {
  return unit === "minutes"
    ? { median: measure?.medianMinutes, p90: measure?.p90Minutes }
    : { median: measure?.medianOfTarget, p90: measure?.p90OfTarget };
}

/** Times of different targets are only comparable as shares of them. */
export function unitOf(total: Measure | undefined): Unit {
  return total?.targetMinutes === undefined ? "share" : "minutes";
}

/** How many, or why that is not told. */
export function countText({ consults, hidden }: Group): string {
  if (consults !== undefined) return t("consultsCount", { count: consults });
  return hidden === "beside-few" ? t("besideFew") : t("fewerThanFive");
}

/** What the whole period says, in sentences. */
export function summary(group: Group, timed: Timed): string[] {
  const measure = group[timed];
  if (group.consults === undefined) return [countText(group)];
  const said = [t("submitted", { count: group.consults })];
  if (!measure) return said;
  const { medianMinutes: median, p90Minutes: p90, onTimeShare: share } = measure;
  said.push(
    median === undefined || p90 === undefined
      ? t("noneDone")
      : t(`${timed}Half`, { median: minutes(median), p90: minutes(p90) }),
  );
  if (share !== undefined) {
    const { onTime, due } = measure;
    said.push(
      onTime === undefined || due === undefined
        ? t("onTimeShare", { share: percent(share) })
        : t("onTimeOf", { share: percent(share), onTime, due }),
    );
  }
  if (measure.waiting !== undefined && measure.waiting > 0) {
    said.push(t("stillWaiting", { count: measure.waiting }));
  }
  return said;
}

/** Weeks before the first submission show nothing, so they are left out; a few are always kept. */
export function sinceFirst(weeks: readonly Group[], least = 4): readonly Group[] {
  const first = weeks.findIndex(({ consults }) => consults !== 0);
  return first < 0 ? weeks : weeks.slice(Math.max(0, Math.min(first, weeks.length - least)));
}

/** `21:00` of an hour of the day; 24 is written as such. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
