import { useEffect, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import {
  canonicalOf,
  fill,
  type Filling,
  type Questionnaire,
  typedOf,
  type TypedForm,
  urlOf,
  formText,
} from "../../forms";
import { ageInDays, type DraftValues, formAnswers, isPregnant } from "./values";

type Head = Schema<"FormHead">;

/** The forms that are meant for a case, those that ask for danger signs first. */
export interface CaseForms {
  readonly heads: readonly Head[];
  /** By canonical name; only those that were opened, begun or must be answered. */
  readonly loaded: Readonly<Record<string, Questionnaire>>;
  readonly problem: Problem | undefined;
  readonly open: (head: Head) => void;
}

/** The forms of one page do not change under the hands of who fills them in. */
const kept = new Map<string, Promise<unknown>>();

function once<T>(name: string, load: () => Promise<T>): Promise<T> {
  const loading = (kept.get(name) as Promise<T> | undefined) ?? load();
  kept.set(name, loading);
  loading.catch(() => kept.delete(name));
  return loading;
}

const loadHeads = () => once("heads", () => ok(api.GET("/forms")));
const loadForm = (form: string, version: string) =>
  once(`${form}|${version}`, () =>
    ok(api.GET("/forms/{form}/{version}", { params: { path: { form, version } } })),
  );

/** Whether a form is meant for this patient and what is asked for. */
export function isMeant(head: Head, values: DraftValues): boolean {
  const { patient } = values;
  if (!patient) return false;
  const days = ageInDays(patient.age);
  return (
    (head.specialties.length === 0 || head.specialties.includes(values.specialty)) &&
    (head.fromAgeDays === undefined || days >= head.fromAgeDays) &&
    (head.toAgeDays === undefined || days < head.toAgeDays) &&
    (!head.pregnant || isPregnant(values))
  );
}

/** The version that is being answered, else the newest. */
export function canonicalFor(head: Head, values: DraftValues): string {
  const begun = formAnswers(values).find(({ questionnaire }) => urlOf(questionnaire) === head.url);
  return begun?.questionnaire ?? canonicalOf(head);
}

export function useCaseForms(values: DraftValues): CaseForms {
  const [all, setAll] = useState<readonly Head[]>([]);
  const [loaded, setLoaded] = useState<Readonly<Record<string, Questionnaire>>>({});
  const [opened, setOpened] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const heads = all
    .filter((head) => isMeant(head, values))
    .sort((one, other) => place(one) - place(other));
  const wanted = heads
    .map((head) => ({ head, canonical: canonicalFor(head, values) }))
    .filter(
      ({ head, canonical }) =>
        head.asksForDanger || opened.includes(head.url) || isBegun(canonical, values),
    );
  const lacking = wanted.filter(({ canonical }) => !loaded[canonical]);

  const fail = (error: unknown) => setProblem(asProblem(error));
  useEffect(() => {
    loadHeads().then(({ items }) => setAll(items), fail);
  }, []);
  useEffect(() => {
    for (const { head, canonical } of lacking) {
      const version = canonical.slice(canonical.lastIndexOf("|") + 1);
      loadForm(head.name, version).then(({ questionnaire }) => {
        setProblem(undefined);
        setLoaded((before) => ({ ...before, [canonical]: questionnaire }));
      }, fail);
    }
  }, [lacking.map(({ canonical }) => canonical).join(" ")]);
  return {
    heads,
    loaded,
    problem,
    open: ({ url }) => setOpened((before) => (before.includes(url) ? before : [...before, url])),
  };
}

/** What must be answered comes first, what was written for the case next, the general one last. */
function place(head: Head): number {
  return head.asksForDanger ? 0 : head.specialties.length > 0 ? 1 : isGeneral(head) ? 3 : 2;
}

function isGeneral({ fromAgeDays, toAgeDays, pregnant, specialties }: Head): boolean {
  return (
    specialties.length === 0 && fromAgeDays === undefined && toAgeDays === undefined && !pregnant
  );
}

function isBegun(canonical: string, values: DraftValues): boolean {
  return formAnswers(values).some(({ questionnaire }) => questionnaire === canonical);
}

/** What stands in the fields of a form. */
export function typedIn(canonical: string, values: DraftValues): TypedForm {
  const answers = formAnswers(values).find(({ questionnaire }) => questionnaire === canonical);
  return values.typed[canonical] ?? typedOf(answers?.item ?? []);
}

/** Holds what is typed in a form against it, for this patient. */
export function fillingOf(form: Questionnaire, values: DraftValues): Filling {
  const ageDays = values.patient ? ageInDays(values.patient.age) : 0;
  return fill(form, typedIn(canonicalOf(form), values), { ageDays, now: Date.now() });
}

/** The draft after something was typed into a form. */
export function withTyped(
  values: DraftValues,
  form: Questionnaire,
  change: TypedForm,
): DraftValues {
  const canonical = canonicalOf(form);
  const typed = { ...values.typed, [canonical]: { ...typedIn(canonical, values), ...change } };
  const next = { ...values, typed };
  const { sendable } = fillingOf(form, next);
  const others = formAnswers(values).filter(({ questionnaire }) => questionnaire !== canonical);
  return {
    ...next,
    answers:
      sendable.length > 0 ? [...others, { questionnaire: canonical, item: [...sendable] }] : others,
  };
}

/** What is missing or impossible in the forms of this case, by link id; untouched ones may be so. */
export function formErrors(
  forms: Pick<CaseForms, "heads" | "loaded"> | undefined,
  values: DraftValues,
): { pointer: string; detail: string }[] {
  return (forms?.heads ?? []).flatMap((head) => {
    const canonical = canonicalFor(head, values);
    const form = forms?.loaded[canonical];
    const touched = isBegun(canonical, values) || values.typed[canonical] !== undefined;
    if (!form || !(touched || head.asksForDanger)) return [];
    const { impossible, missing, sendable } = fillingOf(form, values);
    const asks = head.asksForDanger || sendable.length > 0;
    return Object.entries({ ...(asks && missing), ...impossible }).map(([linkId, detail]) => ({
      pointer: `/forms/${linkId}`,
      detail: `${formText(head.title)}: ${detail}`,
    }));
  });
}
