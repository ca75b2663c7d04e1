import { newKey, type Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { numberIn } from "./dose";

type NoteContent = Schema<"NoteContent">;
type Recommendation = Schema<"RecommendationContent">;
export type Unit = Schema<"Quantity">["unit"];
export type Certainty = NonNullable<NoteContent["certainty"]>;

/** A recommendation as it is typed: empty text where nothing was said. */
export interface RecommendationRow {
  readonly key: string;
  readonly kind: Recommendation["kind"];
  readonly text: string;
  readonly urgency: Recommendation["urgency"];
  readonly drug: string;
  /** In words, as older notes have it. */
  readonly dose: string;
  readonly amount: string;
  readonly unit: Unit;
  readonly perKg: string;
  readonly weightKg: string;
  readonly timesPerDay: string;
  readonly maxPerDay: string;
  readonly test: string;
  readonly route: string;
  readonly frequency: string;
  readonly durationDays: string;
  readonly alternative: string;
  /** Why a warning does not hold here, by its code. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** The note as it is typed. */
export interface NoteValues {
  readonly language: string;
  readonly answer: string;
  readonly impression: string;
  readonly certainty: Certainty | "";
  readonly avoid: string;
  readonly watchFor: string;
  readonly limits: string;
  readonly learningPoint: string;
  readonly followUpInDays: string;
  readonly recommendations: readonly RecommendationRow[];
}

export function newRow(kind: Recommendation["kind"] = "treatment"): RecommendationRow {
  return {
    key: newKey(),
    kind,
    text: "",
    urgency: "routine",
    drug: "",
    dose: "",
    amount: "",
    unit: "mg",
    perKg: "",
    weightKg: "",
    timesPerDay: "",
    maxPerDay: "",
    test: "",
    route: "",
    frequency: "",
    durationDays: "",
    alternative: "",
    overrides: {},
  };
}

export function valuesOf(content: NoteContent): NoteValues {
  return {
    language: content.language,
    answer: content.answer ?? "",
    impression: content.impression ?? "",
    certainty: content.certainty ?? "",
    avoid: content.avoid ?? "",
    watchFor: content.watchFor ?? "",
    limits: content.limits ?? "",
    learningPoint: content.learningPoint ?? "",
    followUpInDays: content.followUpInDays === undefined ? "" : String(content.followUpInDays),
    recommendations: (content.recommendations ?? []).map(rowIn),
  };
}

function rowIn(content: Recommendation): RecommendationRow {
  const { durationDays, timesPerDay, amount, perKg, maxPerDay, overrides, ...row } = content;
  const text = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    ...newRow(),
    ...row,
    durationDays: text(durationDays),
    timesPerDay: text(timesPerDay),
    amount: text(amount?.value),
    unit: amount?.unit ?? maxPerDay?.unit ?? "mg",
    perKg: text(perKg?.value),
    weightKg: text(perKg?.weightKg),
    maxPerDay: text(maxPerDay?.value),
    overrides: Object.fromEntries((overrides ?? []).map(({ code, reason }) => [code, reason])),
  };
}

/**
 * The note as it is sent: what was left empty is absent, and a recommendation goes along once it
 * has its sentence. What cannot be sent yet stays on this device.
 */
export function contentOf(
  values: NoteValues,
  template?: NonNullable<NoteContent["template"]>,
): NoteContent {
  const { language, certainty } = values;
  const followUpInDays = days(values.followUpInDays, 0, 730);
  return {
    language,
    ...(template ? { template } : {}),
    ...said("answer", values.answer),
    ...said("impression", values.impression),
    ...(certainty ? { certainty } : {}),
    ...said("avoid", values.avoid),
    ...said("watchFor", values.watchFor),
    ...said("limits", values.limits),
    ...said("learningPoint", values.learningPoint),
    recommendations: values.recommendations.filter(({ text }) => text.trim()).map(rowOf),
    ...(followUpInDays === undefined ? {} : { followUpInDays }),
  };
}

function rowOf(row: RecommendationRow): Recommendation {
  const overrides = Object.entries(row.overrides)
    .filter(([, reason]) => reason.trim())
    .map(([code, reason]) => ({ code, reason: reason.trim() }));
  return {
    kind: row.kind,
    text: row.text.trim(),
    urgency: row.urgency,
    ...(takesDrug(row.kind) ? drugOf(row) : {}),
    ...(row.kind === "test" ? said("test", row.test) : {}),
    ...said("alternative", row.alternative),
    ...(overrides.length > 0 ? { overrides } : {}),
  };
}

function drugOf(row: RecommendationRow): Partial<Recommendation> {
  const durationDays = days(row.durationDays, 1, 3650);
  const timesPerDay = days(row.timesPerDay, 1, 24);
  const amount = numberIn(row.amount);
  const maxPerDay = numberIn(row.maxPerDay);
  const perKg = numberIn(row.perKg);
  const weightKg = numberIn(row.weightKg);
  return {
    ...said("drug", row.drug),
    ...said("dose", row.dose),
    ...(amount === undefined ? {} : { amount: { value: amount, unit: row.unit } }),
    ...(perKg === undefined || weightKg === undefined ? {} : { perKg: { value: perKg, weightKg } }),
    ...said("route", row.route),
    ...said("frequency", row.frequency),
    ...(timesPerDay === undefined ? {} : { timesPerDay }),
    ...(durationDays === undefined ? {} : { durationDays }),
    ...(maxPerDay === undefined ? {} : { maxPerDay: { value: maxPerDay, unit: row.unit } }),
  };
}

/** Only a treatment names a drug. */
export function takesDrug(kind: Recommendation["kind"]): boolean {
  return kind === "treatment";
}

export interface Questions {
  readonly answer: string;
  readonly text: string;
  readonly days: string;
  readonly something: string;
  readonly number: string;
  readonly times: string;
}

/** What is missing before the note can be signed, at its field. */
export function checkNote(
  values: NoteValues,
  say: Questions,
  kind: Schema<"DraftKind"> = "note",
): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (pointer: string, detail: string) => errors.push({ pointer, detail });
  const adds = kind === "addendum";
  const isEmpty = !values.answer.trim() && !values.impression.trim();
  if (adds ? isEmpty && values.recommendations.length === 0 : !values.answer.trim()) {
    wrong("/answer", say.answer);
  }
  if (!adds && values.recommendations.length === 0) wrong("/recommendations", say.something);
  for (const [index, row] of values.recommendations.entries()) {
    const at = `/recommendations/${index}`;
    if (!row.text.trim()) wrong(`${at}/text`, say.text);
    if (!takesDrug(row.kind)) continue;
    if (row.durationDays.trim() && days(row.durationDays, 1, 3650) === undefined) {
      wrong(`${at}/durationDays`, say.days);
    }
    if (row.timesPerDay.trim() && days(row.timesPerDay, 1, 24) === undefined) {
      wrong(`${at}/timesPerDay`, say.times);
    }
    for (const name of ["amount", "perKg", "weightKg", "maxPerDay"] as const) {
      if (row[name].trim() && numberIn(row[name]) === undefined) wrong(`${at}/${name}`, say.number);
    }
  }
  if (values.followUpInDays.trim() && days(values.followUpInDays, 0, 730) === undefined) {
    wrong("/followUpInDays", say.days);
  }
  return errors;
}

/** The rows with one of them a place further up or down. */
export function moved<R>(rows: readonly R[], index: number, by: -1 | 1): readonly R[] {
  const to = index + by;
  const row = rows[index];
  const other = rows[to];
  if (row === undefined || other === undefined) return rows;
  return rows.map((one, at) => (at === index ? other : at === to ? row : one));
}

/** Where an error of the sent body stands in the form: rows without a sentence were not sent. */
export function fieldIn(values: NoteValues, pointer: string): string {
  const found = /^(?:\/content)?\/recommendations\/(\d+)(.*)$/.exec(pointer);
  if (!found) return pointer.replace(/^\/content/, "");
  return `/recommendations/${rowAt(values, Number(found[1]))}${found[2]}`;
}

function days(text: string, low: number, high: number): number | undefined {
  const typed = text.trim();
  if (!/^\d{1,4}$/.test(typed)) return undefined;
  const value = Number(typed);
  return value >= low && value <= high ? value : undefined;
}

/** Where a sent recommendation stands in the form. */
export function rowAt(values: NoteValues, sent: number): number {
  const places = values.recommendations.flatMap(({ text }, index) => (text.trim() ? [index] : []));
  return places[sent] ?? sent;
}

function said<K extends string>(name: K, text: string): { [P in K]?: string } {
  const trimmed = text.trim();
  return trimmed ? ({ [name]: trimmed } as { [P in K]: string }) : {};
}
