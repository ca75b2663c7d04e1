import { useEffect, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { contentOf, type NoteValues, rowAt } from "./note";

type Checks = Schema<"AdviceChecks">;
export type Warning = Schema<"AdviceWarning">;

/** A pause in typing after which the advice is checked. */
const PAUSE_MILLISECONDS = 700;

/** What speaks against the recommendations as they are typed; by the row that it is about. */
export function useChecks(
  consultId: string,
  values: NoteValues,
): { warnings: ReadonlyMap<number, readonly Warning[]>; checks: Checks | undefined } {
  const [checks, setChecks] = useState<{ of: NoteValues; answer: Checks }>();
  const sent = JSON.stringify(contentOf(values).recommendations ?? []);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      ok(
        api.POST("/consults/{consultId}/notes/checks", {
          params: { path: { consultId } },
          body: { recommendations: JSON.parse(sent) as Schema<"RecommendationContent">[] },
          signal: abort.signal,
        }),
      ).then(
        (answer) => {
          if (!abort.signal.aborted) setChecks({ of: values, answer });
        },
        // Without a link nothing is checked here; the server checks again before it shows what is signed.
        () => {},
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [consultId, sent]);
  const warnings = new Map<number, Warning[]>();
  for (const warning of checks?.answer.warnings ?? []) {
    const row = rowAt(checks?.of ?? values, warning.recommendation);
    warnings.set(row, [...(warnings.get(row) ?? []), warning]);
  }
  return { warnings, checks: checks?.answer };
}
