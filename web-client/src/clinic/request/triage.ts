import { useEffect, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";

type Triage = Schema<"Triage">;
type Findings = Schema<"TriageFindings">;

/**
 * The urgency of what is typed so far; none before something was found. The last one known stays
 * while a new one is computed.
 */
export interface TriageState {
  readonly triage: Triage | undefined;
  readonly computing: boolean;
  readonly problem: Problem | undefined;
}

const TYPING_MILLISECONDS = 400;

/** Before anybody looked, "green" would comfort falsely; what is graver is shown at once. */
export function isKnown(findings: Findings, { urgency }: Triage): boolean {
  const { consciousness, vitals = [], dangerSigns = [] } = findings;
  const looked = consciousness !== undefined || vitals.length > 0 || dangerSigns.length > 0;
  return looked || (urgency !== "green" && urgency !== "blue");
}

/** Asks the server for the urgency as findings are typed. */
export function useTriage(findings: Findings | undefined): TriageState {
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
          if (stale) return;
          const known = isKnown(findings, triage) ? triage : undefined;
          setState({ triage: known, computing: false, problem: undefined });
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
