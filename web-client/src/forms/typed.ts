import { numberIn } from "../ui";
import { type Checked, check } from "./engine";
import {
  type Given,
  type Item,
  optionsOf,
  type Questionnaire,
  unitsOf,
  type Value,
} from "./questionnaire";
import { t } from "./words";

/** What stands in the fields of one question, as it was typed: "38," is not thrown away. */
export interface Typed {
  /** Texts and numbers as typed; `yes` or `no`; the chosen codes. */
  readonly values: readonly string[];
  /** Of a quantity; the first of the form when nothing was chosen. */
  readonly unit?: string;
  /** Own words beside the choices. */
  readonly words?: string;
}

/** By link id. */
export type TypedForm = Readonly<Record<string, Typed>>;

const EMPTY: Typed = { values: [] };

export function typedAt(form: TypedForm, linkId: string): Typed {
  return form[linkId] ?? EMPTY;
}

/** What is wrong with the typing itself: the number is none. */
function typingError(item: Item, typed: Typed): string | undefined {
  const text = typed.values[0]?.trim() ?? "";
  if (text === "") return undefined;
  const number = numberIn({ value: text, unit: "" });
  switch (item.type) {
    case "integer":
      return number === undefined || !Number.isInteger(number) ? t("notWhole") : undefined;
    case "decimal":
    case "quantity":
      return number === undefined ? t("notNumber") : undefined;
    default:
      return undefined;
  }
}

/** The answers in the shape that is sent; what is typed wrongly is not among them. */
function valuesOf(item: Item, typed: Typed): Value[] {
  const texts = typed.values.map((text) => text.trim()).filter((text) => text !== "");
  const [text = ""] = texts;
  const number = numberIn({ value: text, unit: "" });
  switch (item.type) {
    case "boolean":
      return text === "" ? [] : [{ valueBoolean: text === "yes" }];
    case "integer":
      return number === undefined ? [] : [{ valueInteger: number }];
    case "decimal":
      return number === undefined ? [] : [{ valueDecimal: number }];
    case "quantity": {
      const units = unitsOf(item);
      const unit = units.find(({ code }) => code === typed.unit) ?? units[0];
      if (number === undefined || !unit) return [];
      // In the server's order of members, so that a draft equals itself after it was saved.
      return [
        { valueQuantity: { value: number, unit: unit.display ?? unit.code, code: unit.code } },
      ];
    }
    case "date":
      return text === "" ? [] : [{ valueDate: text }];
    case "dateTime":
      return text === "" ? [] : [{ valueDateTime: text }];
    case "time":
      return text === "" ? [] : [{ valueTime: text }];
    case "string":
    case "text":
      return text === "" ? [] : [{ valueString: text }];
    case "choice":
    case "open-choice": {
      const words = typed.words?.trim();
      return [
        ...optionsOf(item)
          .filter(({ code }) => texts.includes(code))
          .map(({ code, display }) => ({ valueCoding: { code, ...(display && { display }) } })),
        ...(words ? [{ valueString: words }] : []),
      ];
    }
    default:
      return [];
  }
}

function givenOf(items: readonly Item[], typed: TypedForm): Given[] {
  return items.flatMap((item): Given[] => {
    if (item.type === "group") {
      const parts = givenOf(item.item ?? [], typed);
      return parts.length > 0 ? [{ linkId: item.linkId, item: parts }] : [];
    }
    const one = typedAt(typed, item.linkId);
    const values = typingError(item, one) ? [] : valuesOf(item, one);
    return values.length > 0 ? [{ linkId: item.linkId, answer: values }] : [];
  });
}

/** What a page needs of a form that is being filled in. */
export interface Filling {
  /** What may be sent now: possible and asked for. */
  readonly sendable: readonly Given[];
  readonly asked: ReadonlySet<string>;
  /** By link id: what is impossible. */
  readonly impossible: Readonly<Record<string, string>>;
  /** By link id: what is required and missing. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Holds what is typed against the form. */
export function fill(
  form: Pick<Questionnaire, "item">,
  typed: TypedForm,
  about: { ageDays: number; now: number },
): Filling {
  const given = givenOf(form.item, typed);
  const whole = check(form, given, { ...about, complete: true });
  const impossible: Record<string, string> = {};
  const missing: Record<string, string> = {};
  each(form.item, (item) => {
    const wrong = typingError(item, typedAt(typed, item.linkId));
    if (wrong && whole.asked.has(item.linkId)) impossible[item.linkId] = wrong;
  });
  for (const { pointer, detail } of whole.errors) {
    const { linkId, isMissing } = placeOf(pointer, given);
    if (isMissing && !impossible[linkId]) missing[linkId] = detail;
    else if (!isMissing && whole.asked.has(linkId)) impossible[linkId] ??= detail;
  }
  return { sendable: without(whole, impossible), asked: whole.asked, impossible, missing };
}

function without(checked: Checked, impossible: Readonly<Record<string, string>>): Given[] {
  const clean = (list: readonly Given[]): Given[] =>
    list.flatMap((one) => {
      if (impossible[one.linkId]) return [];
      if (!one.item) return [one];
      const parts = clean(one.item);
      return parts.length > 0 ? [{ ...one, item: parts }] : [];
    });
  return clean(checked.kept);
}

/** The question that a pointer below the answers leads to. */
export function placeOf(
  pointer: string,
  given: readonly Given[],
): { linkId: string; isMissing: boolean } {
  let list = given;
  let linkId = "";
  const parts = pointer.split("/").slice(1);
  for (let i = 0; i + 1 < parts.length && parts[i] === "item"; i += 2) {
    const place = parts[i + 1] ?? "";
    if (!/^\d+$/.test(place)) return { linkId: place, isMissing: true };
    const one: Given | undefined = list[Number(place)];
    linkId = one?.linkId ?? linkId;
    list = one?.item ?? [];
  }
  return { linkId, isMissing: false };
}

function each(items: readonly Item[], visit: (item: Item) => void): void {
  for (const item of items) {
    visit(item);
    each(item.item ?? [], visit);
  }
}

/** Saved answers as the fields hold them. */
export function typedOf(given: readonly Given[]): TypedForm {
  const typed: Record<string, Typed> = {};
  for (const { linkId, answer = [], item = [] } of given) {
    if (answer.length > 0) typed[linkId] = ofValues(answer);
    Object.assign(typed, typedOf(item));
  }
  return typed;
}

function ofValues(answer: readonly Value[]): Typed {
  const words = answer.find(({ valueString }) => valueString !== undefined)?.valueString;
  const codes = answer.flatMap(({ valueCoding }) => (valueCoding ? [valueCoding.code] : []));
  if (codes.length > 0) return { values: codes, ...(words && { words }) };
  const [value = {}] = answer;
  const { valueBoolean, valueQuantity } = value;
  if (valueBoolean !== undefined) return { values: [valueBoolean ? "yes" : "no"] };
  if (valueQuantity) return { values: [String(valueQuantity.value)], unit: valueQuantity.code };
  const text =
    value.valueInteger ??
    value.valueDecimal ??
    value.valueDate ??
    value.valueDateTime ??
    value.valueTime;
  // Words alone may be the answer to a text or stand beside choices: both fields read them.
  return text === undefined
    ? { values: words ? [words] : [], ...(words && { words }) }
    : { values: [String(text)] };
}
