import type { Limits, Measured, VitalLine } from "./vitals";

/** The sheet that a chart is drawn on, in its own units. */
export const SHEET = { width: 160, height: 56 } as const;
const EDGE = 6;

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly judged: Judged;
}

export type Judged = "usual" | "unusual" | "danger" | "unknown";

/** A stripe across the sheet: `y` is its upper end. */
export interface Stripe {
  readonly kind: "usual" | "danger";
  readonly y: number;
  readonly height: number;
}

export interface Plot {
  readonly stripes: readonly Stripe[];
  readonly lines: readonly (readonly Dot[])[];
  /** From when until when, in milliseconds; undefined when fewer than two times are known. */
  readonly span: readonly [from: number, until: number] | undefined;
}

/** One value on a bar that runs from low to high. */
export interface Gauge {
  readonly zones: readonly { kind: "usual" | "danger"; x: number; width: number }[];
  readonly mark: { readonly x: number; readonly judged: Judged };
}

/** What a value means for the patient whose limits these are. */
export function judge(value: number, limits: Limits | undefined): Judged {
  if (!limits) return "unknown";
  const { usualFrom, usualTo, dangerTo, dangerFrom } = limits;
  if (dangerTo !== undefined && value <= dangerTo) return "danger";
  if (dangerFrom !== undefined && value >= dangerFrom) return "danger";
  if (usualFrom !== undefined && value < usualFrom) return "unusual";
  if (usualTo !== undefined && value > usualTo) return "unusual";
  return usualFrom === undefined && usualTo === undefined ? "unknown" : "usual";
}

/**
 * Lays lines out on the sheet: values between what is usual and what was measured, so that a normal
 * one looks normal; danger comes into sight only where a value goes towards it.
 */
export function plotOf(lines: readonly VitalLine[], now: number): Plot {
  const [bottom, top] = reachOf(lines);
  const y = (value: number) =>
    round(EDGE + ((SHEET.height - 2 * EDGE) * (top - value)) / (top - bottom));
  const times = lines.flatMap(({ measured }) => measured.map(({ at }) => at ?? now));
  const from = Math.min(...times);
  const until = Math.max(...times);
  const x = (at: number) =>
    until === from
      ? SHEET.width / 2
      : round(EDGE + ((SHEET.width - 2 * EDGE) * (at - from)) / (until - from));
  const dots = ({ measured, limits }: VitalLine) =>
    measured.map(({ value, at }: Measured) => ({
      x: x(at ?? now),
      y: y(value),
      value,
      judged: judge(value, limits),
    }));
  return {
    // What is dangerous in one line is usual in another: there only the marks tell it.
    stripes: lines.flatMap(({ limits }) =>
      stripesOf(limits, y).filter(
        ({ kind, height }) => kind === "usual" || (lines.length === 1 && height >= EDGE),
      ),
    ),
    lines: lines.map(dots),
    span: until > from ? [from, until] : undefined,
  };
}

function reachOf(lines: readonly VitalLine[]): [bottom: number, top: number] {
  const bounds = lines.flatMap(({ measured, limits }) => {
    const values = measured.map(({ value }) => value);
    const { usualFrom, usualTo, dangerTo, dangerFrom } = limits ?? {};
    const low = values.some((value) => value < (usualFrom ?? Infinity)) ? dangerTo : undefined;
    const high = values.some((value) => value > (usualTo ?? -Infinity)) ? dangerFrom : undefined;
    return [...values, usualFrom, usualTo, low, high].filter((one) => one !== undefined);
  });
  const bottom = Math.min(...bounds);
  const top = Math.max(...bounds);
  const room = top === bottom ? Math.abs(top) || 1 : 0;
  return [bottom - room, top + room];
}

/** A single value against what is usual and what is dangerous for this patient. */
export function gaugeOf(value: number, limits: Limits): Gauge {
  const { usualFrom, usualTo, dangerTo, dangerFrom } = limits;
  const bounds = [value, usualFrom, usualTo, dangerTo, dangerFrom].filter(
    (one) => one !== undefined,
  );
  const bottom = Math.min(...bounds);
  const top = Math.max(...bounds);
  const spread = top - bottom || Math.abs(top) || 1;
  const x = (at: number) =>
    round((SHEET.width * (at - bottom + spread * 0.15)) / (top - bottom + spread * 0.3));
  const zone = (kind: "usual" | "danger", low: number | undefined, high: number | undefined) => {
    const from = low === undefined ? 0 : x(low);
    return { kind, x: from, width: round((high === undefined ? SHEET.width : x(high)) - from) };
  };
  return {
    zones: [
      ...(usualFrom !== undefined || usualTo !== undefined
        ? [zone("usual", usualFrom, usualTo)]
        : []),
      ...(dangerTo !== undefined ? [zone("danger", undefined, dangerTo)] : []),
      ...(dangerFrom !== undefined ? [zone("danger", dangerFrom, undefined)] : []),
    ],
    mark: { x: x(value), judged: judge(value, limits) },
  };
}

/** What lies beyond the sheet is cut off at its end. */
function stripesOf(limits: Limits | undefined, y: (value: number) => number): Stripe[] {
  if (!limits) return [];
  const { usualFrom, usualTo, dangerTo, dangerFrom } = limits;
  const stripe = (kind: Stripe["kind"], low: number | undefined, high: number | undefined) => {
    const upper = high === undefined ? 0 : clamp(y(high));
    const lower = low === undefined ? SHEET.height : clamp(y(low));
    return lower > upper ? [{ kind, y: upper, height: round(lower - upper) }] : [];
  };
  const isUsual = usualFrom !== undefined || usualTo !== undefined;
  return [
    ...(isUsual ? stripe("usual", usualFrom, usualTo) : []),
    ...(dangerFrom !== undefined ? stripe("danger", dangerFrom, undefined) : []),
    ...(dangerTo !== undefined ? stripe("danger", undefined, dangerTo) : []),
  ];
}

function clamp(y: number): number {
  return Math.min(SHEET.height, Math.max(0, y));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
