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

/** What a day's doses come to; undefined until there is an amount and how often. */
export function dayOf(row: {
  readonly amount: string;
  readonly timesPerDay: string;
  readonly weightKg: string;
}): { total: number; perKg: number | undefined } | undefined {
  const amount = numberIn(row.amount);
  const times = numberIn(row.timesPerDay);
  const weight = numberIn(row.weightKg);
  if (amount === undefined || times === undefined || times < 1 || amount <= 0) return undefined;
  const total = tidy(amount * times);
  return {
    total,
    perKg: weight === undefined || weight <= 0 ? undefined : tidy(total / weight, 1),
  };
}

/** Millilitres of a liquid with so much in so many millilitres, to a tenth; below one to hundredths. */
export function volumeOf(amount: string, strength: string, inMl: string): number | undefined {
  const [wanted, has, ml] = [numberIn(amount), numberIn(strength), numberIn(inMl)];
  if (wanted === undefined || has === undefined || ml === undefined) return undefined;
  if (wanted <= 0 || has <= 0 || ml <= 0) return undefined;
  const volume = (wanted / has) * ml;
  return tidy(volume, volume < 1 ? 2 : 1);
}

/** The drug that was typed: by its whole name, the longest when several stand in the text. */
export function drugIn<D extends { readonly name: string }>(
  drugs: readonly D[],
  typed: string,
): D | undefined {
  const text = ` ${typed.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, " ")} `;
  return drugs
    .filter(({ name }) => text.includes(` ${name.toLowerCase()} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
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
