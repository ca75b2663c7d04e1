import { api, ok, type Schema } from "../api/client";
import { spoken, withOpening } from "../i18n/languages";
import { type Loaded, useResource } from "../resource";
import { useStore } from "../store";

/** Loads once for the whole page; a failure is forgotten, so that it can be tried again. */
function shared<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const triageRules = shared(() => ok(api.GET("/triage-rules")));
const catalogue = shared(() => ok(api.GET("/catalogue")));

type Terms = typeof import("./termWords");

/** Words for the server's codes: undefined in English, in which the server's own stand. */
let terms: Terms | undefined;

async function termsOf(tag: string): Promise<Terms | undefined> {
  terms = tag.startsWith("en")
    ? undefined
    : // Without them the server's words are shown: better in English than not at all.
      await withOpening(() => import("./termWords"), "terms").catch(() => undefined);
  return terms;
}

function useInWords<T>(load: () => Promise<T>, inWords: (words: Terms, value: T) => T): Loaded<T> {
  const tag = useStore(spoken);
  return useResource(async () => {
    const [value, words] = await Promise.all([load(), termsOf(tag)]);
    return words ? inWords(words, value) : value;
  }, [tag]);
}

/** Danger signs and vital signs with their words, units and possible ranges. */
export function useTriageRules(): Loaded<Schema<"TriageRules">> {
  return useInWords(triageRules, (words, rules) => words.rulesInWords(rules));
}

/** Specialties, languages, urgencies with their target times, refusal reasons. */
export function useCatalogue(): Loaded<Schema<"Catalogue">> {
  return useInWords(catalogue, (words, found) => words.catalogueInWords(found));
}

/** Why triage came to its urgency; beside a page that has loaded the rules, in its language. */
export function reasonText(reason: Schema<"Triage">["reasons"][number]): string {
  return terms?.reasonInWords(reason) ?? reason.sentence;
}

/** What an early-warning score is called. */
export function scoreName(score: { code: string; name: string }): string {
  return terms?.scoreInWords(score) ?? score.name;
}

/** What a loaded thing holds now, old or new; undefined while there is nothing. */
export function valueOf<T>({ state }: Loaded<T>): T | undefined {
  return state.kind === "loading" ? undefined : state.value;
}

/**
 * A specialty as people call it in the language of the page. Until that is known it is `meanwhile`,
 * the server's own word, where there is one.
 */
export function useSpecialtyName(): (code: string, meanwhile?: string) => string {
  const catalogue = useCatalogue();
  const specialties = valueOf(catalogue)?.specialties;
  return (code, meanwhile = specialties || catalogue.state.kind === "failed" ? code : "…") =>
    specialties?.find((one) => one.code === code)?.label ?? meanwhile;
}
