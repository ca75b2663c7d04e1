import {
  EXTENSION,
  extension,
  type Extension,
  type Item,
  optionsOf,
  unitsOf,
  type Value,
} from "./questionnaire";
import { t } from "./words";

/** What is wrong with one value: where below it, and a sentence. */
export interface Fault {
  readonly at: string;
  readonly sentence: string;
}

const NAMES: Readonly<Record<Item["type"], keyof Value | "">> = {
  boolean: "valueBoolean",
  integer: "valueInteger",
  decimal: "valueDecimal",
  quantity: "valueQuantity",
  date: "valueDate",
  dateTime: "valueDateTime",
  time: "valueTime",
  string: "valueString",
  text: "valueString",
  choice: "valueCoding",
  "open-choice": "valueCoding",
  attachment: "valueAttachment",
  group: "",
  display: "",
};
const STRING_CHARS_MAX = 300;
const TEXT_CHARS_MAX = 4000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR_MIN = 1900;
const YEAR_MAX = 2200;

/** Nothing when the value can be the answer, for a patient of so many days at that moment. */
export function fault(item: Item, value: Value, ageDays: number, now: number): Fault | undefined {
  const kinds = Object.keys(value).filter((key) => value[key as keyof Value] !== undefined);
  const ownWords = item.type === "open-choice" && kinds[0] === "valueString";
  if (kinds.length !== 1 || !(kinds[0] === NAMES[item.type] || ownWords)) {
    return { at: "", sentence: t("wrongKind") };
  }
  const { valueInteger, valueDecimal, valueQuantity, valueString, valueCoding } = value;
  if (valueInteger !== undefined) return inRange(item, valueInteger, ageDays, "/valueInteger");
  if (valueDecimal !== undefined) return number(item, valueDecimal, ageDays, "/valueDecimal");
  if (valueQuantity !== undefined) {
    const { code } = valueQuantity;
    if (!unitsOf(item).some((unit) => unit.code === code)) {
      return { at: "/valueQuantity/code", sentence: t("wrongUnit") };
    }
    return number(item, valueQuantity.value, ageDays, "/valueQuantity/value", code);
  }
  if (value.valueDate !== undefined) return date(item, value.valueDate, now);
  if (value.valueDateTime !== undefined) return dateTime(item, value.valueDateTime, now);
  if (value.valueTime !== undefined) {
    const fits = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(value.valueTime);
    return fits ? undefined : { at: "/valueTime", sentence: t("wrongTime") };
  }
  if (valueString !== undefined) return written(item, valueString);
  if (valueCoding !== undefined && !optionsOf(item).some(({ code }) => code === valueCoding.code)) {
    return { at: "/valueCoding/code", sentence: t("wrongChoice") };
  }
  return undefined;
}

function number(
  item: Item,
  value: number,
  ageDays: number,
  at: string,
  unit?: string,
): Fault | undefined {
  const most = extension(item.extension, EXTENSION.decimals)?.valueInteger;
  const decimals = (String(value).split(".")[1] ?? "").length;
  return most !== undefined && decimals > most
    ? { at, sentence: t("decimals", { count: most }) }
    : inRange(item, value, ageDays, at, unit);
}

function inRange(
  item: Item,
  value: number,
  ageDays: number,
  at: string,
  unit?: string,
): Fault | undefined {
  const low = limit(item, EXTENSION.minimum, "min", ageDays, unit);
  const high = limit(item, EXTENSION.maximum, "max", ageDays, unit);
  if ((low === undefined || value >= low) && (high === undefined || value <= high)) {
    return undefined;
  }
  const sentence =
    low !== undefined && high !== undefined
      ? t("between", { low: String(low), high: String(high) })
      : low !== undefined
        ? t("atLeast", { low: String(low) })
        : t("atMost", { high: String(high) });
  return { at, sentence };
}

/** The limit at the patient's age, else the general one; of a unit, when it names one. */
function limit(
  item: Item,
  general: string,
  part: "min" | "max",
  ageDays: number,
  unit: string | undefined,
): number | undefined {
  const atAge = (item.extension ?? []).find((one) => {
    if (one.url !== EXTENSION.rangeAtAge) return false;
    const from = numberOf(extension(one.extension, "fromAgeDays"));
    const to = numberOf(extension(one.extension, "toAgeDays"));
    return (from === undefined || ageDays >= from) && (to === undefined || ageDays < to);
  });
  const bound = numberOf(extension(atAge?.extension, part));
  if (bound !== undefined) return bound;
  const fits = (item.extension ?? []).find(
    ({ url, valueQuantity }) =>
      url === general && (valueQuantity === undefined || valueQuantity.code === unit),
  );
  return numberOf(fits);
}

function numberOf(one: Extension | undefined): number | undefined {
  return one?.valueDecimal ?? one?.valueInteger ?? one?.valueQuantity?.value;
}

function date(item: Item, text: string, now: number): Fault | undefined {
  const first = firstDay(text);
  if (first === undefined) return { at: "/valueDate", sentence: t("wrongDate") };
  const latest = Math.floor(now / DAY) * DAY + DAY;
  return first > latest && !mayLieAhead(item)
    ? { at: "/valueDate", sentence: t("notYet") }
    : undefined;
}

/** The day as milliseconds, or the first day of a month or a year alone. */
function firstDay(text: string): number | undefined {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const at = Date.UTC(year, month - 1, day);
  const made = new Date(at);
  const exists = made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return exists && year >= YEAR_MIN && year <= YEAR_MAX ? at : undefined;
}

function dateTime(item: Item, text: string, now: number): Fault | undefined {
  const at = "/valueDateTime";
  const parts = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const moment = parts && firstDay(parts[1] ?? "") !== undefined ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) return { at, sentence: t("wrongMoment") };
  return moment > now + HOUR && !mayLieAhead(item) ? { at, sentence: t("notYet") } : undefined;
}

function mayLieAhead(item: Item): boolean {
  return extension(item.extension, EXTENSION.mayLieAhead)?.valueBoolean ?? false;
}

export function charsMax(item: Item): number {
  return item.maxLength ?? (item.type === "text" ? TEXT_CHARS_MAX : STRING_CHARS_MAX);
}

function written(item: Item, text: string): Fault | undefined {
  if (text.trim() === "") return { at: "/valueString", sentence: t("blank") };
  // Characters as people count them, not UTF-16 units: the server counts so too.
  return [...text].length > charsMax(item)
    ? { at: "/valueString", sentence: t("tooLong", { count: charsMax(item) }) }
    : undefined;
}
