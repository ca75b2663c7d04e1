import { termText } from "../consult/termWords";
import { languageName, unitText } from "../consult/names";
import ENGLISH from "../i18n/catalogue/en/said.json";
import { currentLanguage } from "../i18n/messages";
import type { Said } from "./said";
import { t } from "./words";

export { refusalText } from "../api/refusalWords";

type Values = Readonly<Record<string, string>>;

const any = t as (key: string, values?: Record<string, string | number>) => string;

/** Sentences without values, by their English. */
const BY_ENGLISH = new Map(
  Object.entries(ENGLISH).flatMap(([key, english]) =>
    english.includes("{") ? [] : [[english, key] as const],
  ),
);

/**
 * Sentences that come with their English alone, because they stand in what was signed, or were
 * kept as they were said: their values are read out of the English. The longer goes first, so that
 * one that begins like another is not taken for it.
 */
const READ = Object.entries(ENGLISH)
  .flatMap(([key, english]) =>
    /^(warning|answer)\./.test(key) && english.includes("{") ? [{ key, english }] : [],
  )
  .sort((a, b) => bare(b.english).length - bare(a.english).length)
  .map(({ key, english }) => ({ key, pattern: patternOf(english) }));

/** The sentence in the language of the page; undefined when it is not known here. */
export function inWords(sentence: string, said?: Said): string | undefined {
  if (said && said.code in ENGLISH) return filled(said.code, said.values);
  const key = BY_ENGLISH.get(sentence);
  if (key) return any(key);
  for (const { key: candidate, pattern } of READ) {
    const values = pattern.exec(sentence)?.groups;
    if (values) return filled(candidate, values);
  }
  return undefined;
}

function filled(key: string, values: Values): string {
  const shown = Object.entries(values).map(([name, value]) => [name, shownValue(name, value)]);
  return any(key, Object.fromEntries(shown) as Record<string, string | number>);
}

/** A day or a country that is none stands as it came: the rest of the sentence is still read. */
function shownValue(name: string, value: string): string | number {
  try {
    return valueText(name, value);
  } catch (error) {
    if (error instanceof RangeError) return value;
    throw error;
  }
}

/** What a value is, its name tells: `urgencyNow` is an urgency, `momentThere` a moment. */
function valueText(name: string, value: string): string | number {
  switch (/^[a-z]+/.exec(name)?.[0]) {
    case "count":
      return Number(value);
    case "urgency":
      return lower(termText("urgency", value, value));
    case "specialty":
      return termText("specialty", value, value);
    case "refusal":
      return lower(termText("refusal", value, value));
    case "sign":
      return termText("sign", value, value);
    case "vital":
      return termText("vital", value, value);
    case "unit":
      return unitText(value);
    case "language":
      return languageName(value);
    case "country":
      return new Intl.DisplayNames(currentLanguage(), { type: "region" }).of(value) ?? value;
    case "date":
      return dateText(value);
    case "moment":
      return momentText(value);
    case "age":
      return ageText(value);
    case "ages":
      return any(`ages.${value}`);
    case "absent":
      return listText(value.split(",").map((role) => any(`absent.${role}`)));
    case "warning":
    case "why":
      return inWords(value) ?? value;
    default:
      return value;
  }
}

function lower(text: string): string {
  return text.toLocaleLowerCase(currentLanguage());
}

function dateText(day: string): string {
  return latin({ dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** What a clock on somebody's wall shows: no zone is applied to it. */
function momentText(wall: string): string {
  return latin({
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  }).format(new Date(`${wall}:00Z`));
}

function latin(how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(currentLanguage(), { ...how, numberingSystem: "latn" });
}

/** `3 years` as the server writes an age. */
function ageText(age: string): string {
  const [, count, unit] = /^(\d+) (day|week|month|year)s?$/.exec(age) ?? [];
  if (count === undefined || unit === undefined) return age;
  const how = { style: "unit", unit, unitDisplay: "long", numberingSystem: "latn" } as const;
  return new Intl.NumberFormat(currentLanguage(), how).format(Number(count));
}

function listText(parts: string[]): string {
  return new Intl.ListFormat(currentLanguage(), { type: "conjunction" }).format(parts);
}

function bare(english: string): string {
  return english.replace(/\{\w+\}/g, "");
}

function patternOf(english: string): RegExp {
  const parts = english.split(/\{(\w+)\}/);
  const source = parts
    .map((part, at) =>
      at % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : `(?<${part}>.+?)`,
    )
    .join("");
  return new RegExp(`^${source}$`, "su");
}
