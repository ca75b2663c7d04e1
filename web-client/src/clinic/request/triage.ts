import { useEffect, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";

type Triage = Schema<"Triage">;

/** The urgency of what is typed so far. The last one known stays while a new one is computed. */
export interface TriageState {
  readonly triage: Triage | undefined;
  readonly computing: boolean;
  readonly problem: Problem | undefined;
}

const TYPING_MILLISECONDS = 400;

/** Asks the server for the urgency as findings are typed. */
export function useTriage(findings: Schema<"TriageFindings"> | undefined): TriageState {
  const [state, setState] = useState<TriageState>({
    triage: undefined,
    computing: false,
    problem: undefined,
  });
  const asked = findings && JSON.stringify(findings);
  useEffect(() => {
    if (!findings) return;
    let stale = false;
    setState((before) => ({ ...before, computing: true }));
    const timer = setTimeout(() => {
      ok(api.POST("/triage", { body: findings })).then(
        (triage) => {
          if (!stale) setState({ triage, computing: false, problem: undefined });
        },
        (error: unknown) => {
          if (stale) return;
          setState((before) => ({ ...before, computing: false, problem: asProblem(error) }));
        },
      );
    }, TYPING_MILLISECONDS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return state;
}
