import type { Problem } from "../api/problem";
import type { Act, Doing } from "./acts";

/** Whether an act must wait for another that comes before it. */
export function waitsFor(act: Act, earlier: Act): boolean {
  const one = act.doing;
  const other = earlier.doing;
  switch (other.kind) {
    case "patient":
      return "patientId" in one && one.patientId === other.patientId;
    case "correction":
      return one.kind === "correction" && one.patientId === other.patientId;
    case "request":
      return "consultId" in one && one.consultId === other.consultId;
    case "decision":
      return one.kind === "decision" && one.recommendationId === other.recommendationId;
    case "consent":
    case "consent-back":
      return isConsent(one) && one.consultId === other.consultId && samePurpose(one, other);
    default:
      return false;
  }
}

type ConsentDoing = Extract<Doing, { kind: "consent" | "consent-back" }>;

function isConsent(doing: Doing): doing is ConsentDoing {
  return doing.kind === "consent" || doing.kind === "consent-back";
}

function samePurpose(one: ConsentDoing, other: ConsentDoing): boolean {
  return one.body.purpose === other.body.purpose;
}

/** What comes next: the first that nothing before it holds back. */
export function nextAct(queue: readonly Act[], tried: ReadonlySet<string>): Act | undefined {
  return queue.find(
    (act, at) =>
      !act.refused &&
      !tried.has(act.id) &&
      !queue.slice(0, at).some((earlier) => waitsFor(act, earlier)),
  );
}

/** What an answer that is no success means for an act. */
export type Fate = "later" | "skip" | "changed" | "refused";

/**
 * Without an answer, or while the server is busy, everything waits; a fault of the server's holds
 * back this one only.
 */
export function fateOf(problem: Problem): Fate {
  const { status } = problem;
  if (problem.kind === "unreachable" || problem.kind === "slow") return "later";
  if ([401, 408, 429, 502, 503, 504].includes(status)) return "later";
  if (problem.outcomeUnknown) return "skip";
  if (status === 409 && problem.retryAfterSeconds !== undefined) return "skip";
  return status === 412 ? "changed" : "refused";
}
