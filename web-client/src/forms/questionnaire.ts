import type { Schema } from "../api/client";
import { formText } from "./texts";

export type Questionnaire = Schema<"Questionnaire">;
export type Item = Schema<"FormItem">;
export type Extension = Schema<"FormExtension">;
export type Value = Schema<"FormValue">;
export type Given = Schema<"FormGiven">;
export type Answers = Schema<"FormAnswers">;
export type Coding = Schema<"FormCoding">;

const HL7 = "http://hl7.org/fhir/StructureDefinition/";
const OWN = "urn:consilium:extension:";

/** The extensions that the engine and the pages read; the same names as on the server. */
export const EXTENSION = {
  minimum: `${HL7}minValue`,
  maximum: `${HL7}maxValue`,
  unit: `${HL7}questionnaire-unitOption`,
  hidden: `${HL7}questionnaire-hidden`,
  decimals: `${HL7}maxDecimalPlaces`,
  translation: `${HL7}translation`,
  rangeAtAge: `${OWN}range-at-age`,
  danger: `${OWN}danger`,
  mayLieAhead: `${OWN}may-lie-ahead`,
  approval: `${OWN}approval`,
} as const;

export function extension(
  among: readonly Extension[] | undefined,
  url: string,
): Extension | undefined {
  return among?.find((one) => one.url === url);
}

/** How answers name a version. */
export function canonicalOf({ url, version }: { url: string; version: string }): string {
  return `${url}|${version}`;
}

/** The url of a version's name. */
export function urlOf(canonical: string): string {
  return canonical.replace(/\|[^|]*$/, "");
}

/** The item's text in a language, when the form or the program has it, else as it was written. */
export function textOf(item: Item, language: string): string {
  for (const one of item._text?.extension ?? []) {
    const tag = extension(one.extension, "lang")?.valueCode;
    const content = extension(one.extension, "content")?.valueString;
    if (one.url === EXTENSION.translation && tag === language && content) return content;
  }
  return formText(item.text);
}

/** What a code of the form is called: an answer to choose, or a unit. */
export function codeText({ code, display }: Coding): string {
  return display === undefined ? code : formText(display);
}

export function isHidden(item: Item): boolean {
  return extension(item.extension, EXTENSION.hidden)?.valueBoolean ?? false;
}

/** A yes to it is a danger sign; it is never left blank. */
export function isDanger(item: Item): boolean {
  return extension(item.extension, EXTENSION.danger) !== undefined;
}

export function isRequired(item: Item): boolean {
  return (item.required ?? false) || isDanger(item);
}

export function unitsOf(item: Item): Coding[] {
  return (item.extension ?? []).flatMap(({ url, valueCoding }) =>
    url === EXTENSION.unit && valueCoding ? [valueCoding] : [],
  );
}

export function optionsOf(item: Item): Coding[] {
  return (item.answerOption ?? []).flatMap(({ valueCoding }) => (valueCoding ? [valueCoding] : []));
}

export function hasDanger(items: readonly Item[]): boolean {
  return items.some((item) => isDanger(item) || hasDanger(item.item ?? []));
}
