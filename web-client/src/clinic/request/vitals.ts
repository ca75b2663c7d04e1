import type { Schema } from "../../api/client";
import { type Measure, numberIn } from "../../ui";
import { t } from "../words";

type Rules = Schema<"TriageRules">;

/** What is wrong with a typed measurement; nothing when it is empty or possible. */
export function vitalError(
  code: string,
  measure: Measure,
  rules: Rules | undefined,
): string | undefined {
  if (measure.value.trim() === "") return undefined;
  const value = numberIn(measure);
  if (value === undefined) return t("notNumber");
  const vital = rules?.vitals.find((one) => one.code === code);
  if (!vital || (value >= vital.minimum && value <= vital.maximum)) return undefined;
  return t("range", { low: String(vital.minimum), high: String(vital.maximum) });
}
