import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";

type Summary = Schema<"ConsultSummary">;

export interface TriageValues {
  readonly urgency: Schema<"Urgency">;
  readonly specialty: string;
  readonly mode: Schema<"ConsultMode">;
  readonly reason: string;
}

export function triageOf(summary: Summary): TriageValues {
  const { urgencyNow, specialty = "", mode } = summary;
  return { urgency: urgencyNow, specialty, mode, reason: "" };
}

/** Whether this differs from what was asked for; choosing where nothing was asked is no change. */
export function isChange(values: TriageValues, summary: Summary): boolean {
  return (
    values.urgency !== summary.urgencyNow ||
    values.mode !== summary.mode ||
    (summary.specialty !== undefined && values.specialty !== summary.specialty)
  );
}

export function checkTriage(
  values: TriageValues,
  summary: Summary,
  say: { specialty: string; reason: string },
): FieldError[] {
  return [
    ...(values.specialty ? [] : [{ pointer: "/specialty", detail: say.specialty }]),
    ...(isChange(values, summary) && !values.reason.trim()
      ? [{ pointer: "/reason", detail: say.reason }]
      : []),
  ];
}
