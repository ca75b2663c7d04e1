import type { FieldError } from "../api/problem";
import { asked } from "./enabling";
import {
  type Given,
  isDanger,
  isHidden,
  isRequired,
  type Item,
  type Questionnaire,
  type Value,
} from "./questionnaire";
import { fault } from "./values";
import { t } from "./words";

/** What came of holding answers against their form. */
export interface Checked {
  /** Pointers below the answers: `/item/0/answer/0/valueInteger`, `/item/eye.side`. */
  readonly errors: readonly FieldError[];
  /** Without the answers to what is not asked. */
  readonly kept: readonly Given[];
  /** The link ids of those that were left out. */
  readonly dropped: readonly string[];
  /** The link ids of what is asked. */
  readonly asked: ReadonlySet<string>;
}

/**
 * Holds answers against their form; the server does the same (`FormEngine`), and both are held
 * against the same vectors. `complete`: nothing that is required may be missing.
 */
export function check(
  form: Pick<Questionnaire, "item">,
  given: readonly Given[],
  about: { ageDays: number; now: number; complete: boolean },
): Checked {
  const errors: FieldError[] = [];
  const dropped: string[] = [];
  const answers = new Map<string, readonly Value[]>();
  const refuse = (pointer: string, detail: string) => errors.push({ pointer, detail });

  const readOne = (item: Item, one: Given, at: string) => {
    const list = one.answer ?? [];
    const parts = one.item ?? [];
    if (item.type === "group") {
      if (list.length > 0) refuse(`${at}/answer`, t("wrongKind"));
      read(item.item ?? [], parts, at);
      return;
    }
    if (parts.length > 0) refuse(`${at}/item`, t("wrongKind"));
    if (item.type === "display") {
      refuse(`${at}/linkId`, t("wrongKind"));
      return;
    }
    if (list.length > 1 && !item.repeats) refuse(`${at}/answer`, t("oneAnswer"));
    const fixed = item.readOnly && list.length > 0;
    if (fixed && JSON.stringify(list) !== JSON.stringify(item.initial ?? [])) {
      refuse(`${at}/answer`, t("fixed"));
    }
    const codes = new Set<string>();
    list.forEach((value, index) => {
      const place = `${at}/answer/${index}`;
      const wrong = fault(item, value, about.ageDays, about.now);
      if (wrong) refuse(place + wrong.at, wrong.sentence);
      const code = value.valueCoding?.code;
      if (code !== undefined && codes.has(code)) refuse(place, t("twice"));
      if (code !== undefined) codes.add(code);
    });
    answers.set(item.linkId, list);
  };

  const read = (items: readonly Item[], list: readonly Given[], base: string) => {
    const seen = new Set<string>();
    list.forEach((one, index) => {
      const at = `${base}/item/${index}`;
      const item = items.find(({ linkId }) => linkId === one.linkId);
      if (!item) refuse(`${at}/linkId`, t("unknown", { question: one.linkId }));
      else if (seen.has(one.linkId)) refuse(`${at}/linkId`, t("twice"));
      else {
        seen.add(one.linkId);
        readOne(item, one, at);
      }
    });
  };

  const keep = (items: readonly Item[], list: readonly Given[]): Given[] =>
    list.flatMap((one) => {
      const item = items.find(({ linkId }) => linkId === one.linkId);
      if (!item) return [];
      if (!open.has(one.linkId)) {
        if (hasAnswer(one)) dropped.push(one.linkId);
        return [];
      }
      const parts = keep(item.item ?? [], one.item ?? []);
      const list = one.answer ?? [];
      if (list.length === 0 && parts.length === 0) return [];
      return [
        {
          linkId: one.linkId,
          ...(list.length > 0 && { answer: list }),
          ...(parts.length > 0 && { item: parts }),
        },
      ];
    });

  const demand = (items: readonly Item[]) => {
    for (const item of items) {
      if (!open.has(item.linkId) || isHidden(item)) continue;
      if (isRequired(item) && (answers.get(item.linkId) ?? []).length === 0) {
        refuse(`/item/${item.linkId}`, isDanger(item) ? t("yesOrNo") : t("needed"));
      }
      demand(item.item ?? []);
    }
  };

  read(form.item, given, "");
  const open = asked(form.item, answers);
  const kept = keep(form.item, given);
  if (about.complete) demand(form.item);
  return { errors, kept, dropped, asked: open };
}

function hasAnswer({ answer = [], item = [] }: Given): boolean {
  return answer.length > 0 || item.some(hasAnswer);
}
