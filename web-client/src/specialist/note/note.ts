import { newKey, type Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";

type NoteContent = Schema<"NoteContent">;
type Recommendation = Schema<"RecommendationContent">;
export type Certainty = NonNullable<NoteContent["certainty"]>;

/** A recommendation as it is typed: empty text where nothing was said. */
export interface RecommendationRow {
  readonly key: string;
  readonly kind: Recommendation["kind"];
  readonly text: string;
  readonly urgency: Recommendation["urgency"];
  readonly drug: string;
  readonly dose: string;
  readonly route: string;
  readonly frequency: string;
  readonly durationDays: string;
  readonly alternative: string;
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
    route: "",
    frequency: "",
    durationDays: "",
    alternative: "",
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
    recommendations: (content.recommendations ?? []).map(({ durationDays, ...row }) => ({
      ...newRow(),
      ...row,
      durationDays: durationDays === undefined ? "" : String(durationDays),
    })),
  };
}

/**
 * The note as it is sent: what was left empty is absent, and a recommendation goes along once it
 * has its sentence. What cannot be sent yet stays on this device.
 */
export function contentOf(values: NoteValues): NoteContent {
  const { language, certainty } = values;
  const followUpInDays = days(values.followUpInDays, 0, 730);
  return {
    language,
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
  const durationDays = takesDrug(row.kind) ? days(row.durationDays, 1, 3650) : undefined;
  return {
    kind: row.kind,
    text: row.text.trim(),
    urgency: row.urgency,
    ...(takesDrug(row.kind)
      ? {
          ...said("drug", row.drug),
          ...said("dose", row.dose),
          ...said("route", row.route),
          ...said("frequency", row.frequency),
        }
      : {}),
    ...(durationDays === undefined ? {} : { durationDays }),
    ...said("alternative", row.alternative),
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
}

/** What is missing before the note can be signed, at its field. */
export function checkNote(values: NoteValues, say: Questions): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (pointer: string, detail: string) => errors.push({ pointer, detail });
  if (!values.answer.trim()) wrong("/answer", say.answer);
  if (values.recommendations.length === 0) wrong("/recommendations", say.something);
  for (const [index, row] of values.recommendations.entries()) {
    const at = `/recommendations/${index}`;
    if (!row.text.trim()) wrong(`${at}/text`, say.text);
    if (
      takesDrug(row.kind) &&
      row.durationDays.trim() &&
      days(row.durationDays, 1, 3650) === undefined
    ) {
      wrong(`${at}/durationDays`, say.days);
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
  const sent = values.recommendations.flatMap(({ text }, index) => (text.trim() ? [index] : []));
  return `/recommendations/${sent[Number(found[1])] ?? found[1]}${found[2]}`;
}

function days(text: string, low: number, high: number): number | undefined {
  const typed = text.trim();
  if (!/^\d{1,4}$/.test(typed)) return undefined;
  const value = Number(typed);
  return value >= low && value <= high ? value : undefined;
}

function said<K extends string>(name: K, text: string): { [P in K]?: string } {
  const trimmed = text.trim();
  return trimmed ? ({ [name]: trimmed } as { [P in K]: string }) : {};
}
