import type { Schema } from "../api/client";
import { millis } from "../time";
import { unitText } from "./names";
import { t } from "./words";

type VitalSign = Schema<"VitalSign">;
type Reason = Schema<"Triage">["reasons"][number];
type Labels = Pick<Schema<"TriageRules">, "vitals">;
export type Limits = Schema<"VitalLimits">;

/** One value, and when it was taken in milliseconds; none counts as the newest. */
export interface Measured {
  readonly value: number;
  readonly at: number | undefined;
}

/** What one line of a chart is drawn from, oldest first. */
export interface VitalLine {
  readonly measured: readonly Measured[];
  readonly limits: Limits | undefined;
}

/** Everything measured of one kind, the latest value in front. */
export interface VitalSeries {
  readonly code: string;
  readonly label: string;
  /** The latest, as it is written: `38.5`, `120/80`. */
  readonly text: string;
  readonly unit: string;
  readonly takenAt: string | undefined;
  readonly method: string | undefined;
  /** One, or for the blood pressure the upper and the lower. */
  readonly lines: readonly VitalLine[];
  /** Earlier ones as they are written, oldest first. */
  readonly earlier: readonly string[];
  /** The triage reason that names this measurement. */
  readonly reason: Reason | undefined;
}

/** Puts measurements of one kind together, in the order of the rules; pressure is one row. */
export function vitalSeries(
  vitals: readonly VitalSign[],
  rules: Labels | undefined,
  reasons: readonly Reason[],
  limits: readonly Limits[] = [],
): VitalSeries[] {
  const order = rules?.vitals.map(({ code }) => code) ?? [];
  const codes = [...new Set(vitals.map(({ code }) => code))].sort(
    (a, b) => place(order, a) - place(order, b),
  );
  const series = codes.map((code) => {
    const label = rules?.vitals.find((vital) => vital.code === code)?.label ?? code;
    return ofOne(
      code,
      label,
      vitals.filter((vital) => vital.code === code),
      reasons,
      limits.find((one) => one.code === code),
    );
  });
  return withPressureJoined(series);
}

function place(order: readonly string[], code: string): number {
  const at = order.indexOf(code);
  return at < 0 ? order.length : at;
}

function ofOne(
  code: string,
  label: string,
  measured: readonly VitalSign[],
  reasons: readonly Reason[],
  limits: Limits | undefined,
): VitalSeries {
  const sorted = [...measured].sort((a, b) => moment(a) - moment(b));
  const latest = sorted[sorted.length - 1];
  return {
    code,
    label,
    text: latest ? String(latest.value) : "",
    unit: unitText(latest?.unit ?? ""),
    takenAt: latest?.takenAt,
    method: latest?.method,
    lines: [
      {
        measured: sorted.map(({ value, takenAt }) => ({
          value,
          at: takenAt === undefined ? undefined : millis(takenAt),
        })),
        limits,
      },
    ],
    earlier: sorted.slice(0, -1).map(({ value }) => String(value)),
    reason: latest && reasons.find(({ sentence }) => names(sentence, label, latest.value)),
  };
}

/** One without a time counts as the newest, as the triage rules take it. */
function moment({ takenAt }: VitalSign): number {
  return takenAt === undefined ? Number.MAX_SAFE_INTEGER : millis(takenAt);
}

/**
 * Whether a reason speaks of this measurement. Reasons carry no code of the measurement, but their
 * sentences tell its value and share a word with its label: `Heart rate 162 a minute is very fast`.
 */
export function names(sentence: string, label: string, value: number): boolean {
  const words = sentence.toLowerCase();
  const telling = label
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3 && word !== "rate");
  const number = new RegExp(`(^|[^\\d.])${String(value).replace(".", "\\.")}($|[^\\d.]|\\.\\D)`);
  return number.test(sentence) && telling.some((word) => words.includes(word));
}

function withPressureJoined(series: readonly VitalSeries[]): VitalSeries[] {
  const upper = series.find(({ code }) => code === "systolic");
  const lower = series.find(({ code }) => code === "diastolic");
  if (!upper || !lower || upper.earlier.length !== lower.earlier.length) return [...series];
  const joined: VitalSeries = {
    ...upper,
    code: "blood-pressure",
    label: t("bloodPressure"),
    text: `${upper.text}/${lower.text}`,
    lines: [...upper.lines, ...lower.lines],
    earlier: upper.earlier.map((value, index) => `${value}/${lower.earlier[index] ?? ""}`),
    reason: upper.reason ?? lower.reason,
  };
  return series.flatMap((one) => (one === upper ? [joined] : one === lower ? [] : [one]));
}
