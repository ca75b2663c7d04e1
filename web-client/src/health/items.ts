import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { comma } from "../i18n/comma";
import { dayKey, locale, withOwnCalendar } from "../time";
import { t } from "./words";

export type Item = Schema<"HealthItem">;
export type Kind = Item["kind"];
export type Summary = Schema<"HealthSummary">;
export type HealthList = Schema<"HealthList">;
type Entry = Schema<"HealthEntry">;

export const KINDS: readonly Kind[] = ["problem", "medication", "immunization"];

export function listOf(summary: Summary, kind: Kind): HealthList {
  switch (kind) {
    case "problem":
      return summary.problems;
    case "medication":
      return summary.medications;
    case "immunization":
      return summary.immunizations;
  }
}

/** What the button and the dialog that add one are called. */
export function addTitle(kind: Kind): string {
  switch (kind) {
    case "problem":
      return t("addProblem");
    case "medication":
      return t("addMedication");
    case "immunization":
      return t("addImmunization");
  }
}

/** Arabic and Persian keyboards have digits of their own. */
export function foldDigits(typed: string): string {
  return typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) =>
    String(digit.charCodeAt(0) & 0xf),
  );
}

/** A date as its parts are typed: the year alone, with the month, or whole. */
export interface DateParts {
  readonly year: string;
  /** `03`, or empty. */
  readonly month: string;
  readonly day: string;
}

export const NO_DATE: DateParts = { year: "", month: "", day: "" };

export function partsOf(date: string | undefined): DateParts {
  const [year = "", month = "", day = ""] = (date ?? "").split("-");
  return { year, month, day };
}

/** `2019`, `2019-03`, `2019-03-02`, or empty; what is not known is left out. */
export function dateOf(parts: DateParts): string {
  const year = foldDigits(parts.year.trim());
  const day = foldDigits(parts.day.trim());
  if (!year) return "";
  if (!parts.month) return year;
  const known = `${year}-${parts.month}`;
  return day ? `${known}-${day.padStart(2, "0")}` : known;
}

/** What is wrong with a date, in words; undefined when nothing is. */
export function dateError(parts: DateParts, now = Date.now()): string | undefined {
  const date = dateOf(parts);
  if (!date) return parts.month || parts.day.trim() ? t("yearNeeded") : undefined;
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(date) || (parts.day.trim() && !parts.month)) {
    return t("noSuchDay");
  }
  const whole = new Date(`${`${date}-01-01`.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(whole.getTime()) || !whole.toISOString().startsWith(date)) return t("noSuchDay");
  return date > dayKey(now).slice(0, date.length) ? t("future") : undefined;
}

/** A date as exactly as it is known, in the reader's language. */
export function dateText(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const noon = new Date(Date.UTC(year, month - 1, day, 12));
  const options = {
    timeZone: "UTC",
    year: "numeric",
    ...(date.length > 4 && { month: "short" as const }),
    ...(date.length > 7 && { day: "numeric" as const }),
  } as const;
  const written = new Intl.DateTimeFormat(locale(), options).format(noon);
  // A month or a year alone lies in two of another calendar.
  return date.length > 7 ? withOwnCalendar(written, noon, options) : written;
}

/** What is typed about an item. */
export interface EntryValues {
  readonly text: string;
  readonly code: Entry["code"] | null;
  readonly verification: Entry["verification"];
  readonly onset: DateParts;
  readonly status: "active" | "ended";
  readonly ended: DateParts;
  readonly dose: string;
  readonly doseNumber: string;
  readonly lot: string;
}

export const NEW_ENTRY: EntryValues = {
  text: "",
  code: null,
  verification: "confirmed",
  onset: NO_DATE,
  status: "active",
  ended: NO_DATE,
  dose: "",
  doseNumber: "",
  lot: "",
};

export function valuesOf(item: Item): EntryValues {
  return {
    text: item.text ?? "",
    code: item.code ?? null,
    verification: item.verification,
    onset: partsOf(item.onset),
    status: item.status === "ended" ? "ended" : "active",
    ended: partsOf(item.ended),
    dose: item.dose ?? "",
    doseNumber: item.doseNumber ? String(item.doseNumber) : "",
    lot: item.lot ?? "",
  };
}

export function entryErrors(values: EntryValues, kind: Kind, now = Date.now()): FieldError[] {
  const errors: FieldError[] = [];
  const say = (pointer: string, detail: string | undefined) => {
    if (detail) errors.push({ pointer, detail });
  };
  if (!values.text.trim()) say("/text", t("textNeeded"));
  say("/onset", dateError(values.onset, now));
  if (kind === "immunization") {
    const number = foldDigits(values.doseNumber.trim());
    if (number && !/^[1-9]\d?$/.test(number)) say("/doseNumber", t("doseNumberWrong"));
  } else if (values.status === "ended") {
    const wrong = dateError(values.ended, now);
    say("/ended", wrong ?? endedBefore(dateOf(values.onset), dateOf(values.ended)));
  }
  return errors;
}

/** Only as far as both are known: 2019 may have ended in 2019-03. */
export function endedBefore(onset: string, ended: string): string | undefined {
  const known = Math.min(onset.length, ended.length);
  return ended.slice(0, known) < onset.slice(0, known) ? t("endedBefore") : undefined;
}

/** What is sent; call it only when there are no errors. */
export function entryOf(values: EntryValues, kind: Kind): Entry {
  const onset = dateOf(values.onset);
  const ended = dateOf(values.ended);
  const over = kind !== "immunization" && values.status === "ended";
  const dose = values.dose.trim();
  const lot = values.lot.trim();
  const doseNumber = foldDigits(values.doseNumber.trim());
  return {
    text: values.text.trim(),
    verification: values.verification,
    ...(values.code && { code: values.code }),
    ...(onset && { onset }),
    ...(over && { status: "ended" as const, ...(ended && { ended }) }),
    ...(kind === "medication" && dose && { dose }),
    ...(kind === "immunization" && doseNumber && { doseNumber: Number(doseNumber) }),
    ...(kind === "immunization" && lot && { lot }),
  };
}

/** What is sent of an item's correction: another text is no longer what the code stands for. */
export function correctionOf(values: EntryValues, item: Item): Entry {
  const same = values.text.trim() === item.text;
  return entryOf(same ? values : { ...values, code: null }, item.kind);
}

/** The line below an item's name: how it is taken, and when. */
export function detailOf(item: Item): string {
  return [
    item.dose,
    item.doseNumber && t("doseOf", { number: item.doseNumber }),
    whenText(item),
    item.lot && t("lotOf", { lot: item.lot }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function whenText({ kind, onset, ended }: Item): string | undefined {
  if (kind === "immunization") return onset && t("given", { date: dateText(onset) });
  if (onset && ended) return t("from", { onset: dateText(onset), ended: dateText(ended) });
  if (ended) return t("until", { date: dateText(ended) });
  return onset && t("since", { date: dateText(onset) });
}

/** What holds now as lines of text, for a request's background: `Metformin, one twice a day`. */
export function linesOf(summary: Summary, kind: Kind): string[] {
  const list = listOf(summary, kind);
  if (list.state === "none-known") return [t("noneKnown")];
  return list.items
    .filter(({ status }) => status === "active")
    .map((item) => [item.text, item.dose, onsetText(item)].filter(Boolean).join(comma()));
}

function onsetText({ onset }: Item): string | undefined {
  return onset && t("since", { date: dateText(onset) });
}

/** What was typed, and below it the lines that it does not have yet. */
export function withLines(typed: string, lines: readonly string[]): string {
  const missing = lines.filter((line) => !typed.includes(line));
  return [typed.trimEnd(), ...missing].filter(Boolean).join("\n");
}
