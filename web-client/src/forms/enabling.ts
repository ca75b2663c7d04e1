import type { Item, Value } from "./questionnaire";

type Condition = NonNullable<Item["enableWhen"]>[number];
type Found = ReadonlyMap<string, readonly Value[]>;

/**
 * The link ids of the items that are asked, given the answers. What is not asked itself counts as
 * not answered for those that look at it.
 */
export function asked(items: readonly Item[], answers: Found): ReadonlySet<string> {
  const counted = new Map<string, readonly Value[]>();
  const found = new Set<string>();
  const walk = (list: readonly Item[]) => {
    for (const item of list) {
      if (!isAsked(item, counted)) continue;
      found.add(item.linkId);
      counted.set(item.linkId, answers.get(item.linkId) ?? []);
      walk(item.item ?? []);
    }
  };
  walk(items);
  return found;
}

function isAsked({ enableWhen = [], enableBehavior }: Item, counted: Found): boolean {
  const holding = (condition: Condition) => holds(condition, counted);
  if (enableWhen.length === 0) return true;
  return enableBehavior === "any" ? enableWhen.some(holding) : enableWhen.every(holding);
}

function holds(condition: Condition, counted: Found): boolean {
  const given = counted.get(condition.question) ?? [];
  switch (condition.operator) {
    case "exists":
      return (condition.answerBoolean ?? true) === given.length > 0;
    case "=":
      return given.some((value) => order(value, condition) === 0);
    case "!=":
      return given.some((value) => order(value, condition) !== 0);
    case ">":
      return given.some((value) => (order(value, condition) ?? 0) > 0);
    case "<":
      return given.some((value) => (order(value, condition) ?? 0) < 0);
    case ">=":
      return given.some((value) => (order(value, condition) ?? -1) >= 0);
    case "<=":
      return given.some((value) => (order(value, condition) ?? 1) <= 0);
  }
}

/** Below, at or above what the condition names; undefined when they cannot be compared. */
function order(value: Value, condition: Condition): number | undefined {
  const { answerBoolean, answerString, answerDate, answerCoding, answerQuantity } = condition;
  if (answerBoolean !== undefined) return same(value.valueBoolean, answerBoolean);
  if (answerString !== undefined) return same(value.valueString, answerString);
  if (answerCoding !== undefined) return same(value.valueCoding?.code, answerCoding.code);
  if (answerDate !== undefined) {
    const { valueDate } = value;
    if (valueDate === undefined) return undefined;
    return valueDate < answerDate ? -1 : valueDate > answerDate ? 1 : 0;
  }
  const limit = condition.answerDecimal ?? condition.answerInteger ?? answerQuantity?.value;
  const quantity = value.valueQuantity;
  const fits = !answerQuantity || quantity?.code === answerQuantity.code;
  const number = value.valueDecimal ?? value.valueInteger ?? (fits ? quantity?.value : undefined);
  return limit === undefined || number === undefined ? undefined : Math.sign(number - limit);
}

function same<T>(one: T | undefined, other: T): number | undefined {
  return one === other ? 0 : undefined;
}
