/** What a dose by weight comes to, and what can be given of it. */
export interface Dose {
  /** The product as it is. */
  readonly exact: number;
  /** To a step that can be measured out. */
  readonly rounded: number;
  /** How far rounding moved it, in percent of the exact amount. */
  readonly percent: number;
}

/** Steps by size: below the bound, to the step. */
const STEPS: readonly (readonly [bound: number, step: number])[] = [
  [1, 0.05],
  [10, 0.5],
  [50, 1],
  [250, 5],
  [1_000, 25],
  [5_000, 100],
];
const COARSEST = 500;

/** So much per kilogram times the weight; undefined when one of them is no positive number. */
export function doseOf(perKg: string, weightKg: string): Dose | undefined {
  const a = numberIn(perKg);
  const b = numberIn(weightKg);
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return undefined;
  const exact = tidy(a * b);
  const step = STEPS.find(([bound]) => exact < bound)?.[1] ?? COARSEST;
  const rounded = tidy(Math.round(exact / step) * step) || exact;
  return { exact, rounded, percent: tidy(((rounded - exact) / exact) * 100, 1) };
}

/** A decimal number as typed, with a point or a comma. */
export function numberIn(text: string): number | undefined {
  const typed = text.trim().replace(",", ".");
  return /^-?\d{1,9}(\.\d{1,6})?$/.test(typed) ? Number(typed) : undefined;
}

/** Without the dust of binary fractions. */
function tidy(value: number, digits = 6): number {
  return Number(value.toFixed(digits));
}
