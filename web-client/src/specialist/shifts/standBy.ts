import type { FieldError } from "../../api/problem";
import { millis } from "../../time";
import { t } from "./words";

const LONGEST_MILLISECONDS = 12 * 3_600_000;

export interface StandByValues {
  readonly start: string;
  readonly end: string;
}

/** What is wrong with hours that somebody would keep free. */
export function standByErrors({ start, end }: StandByValues, now: number): FieldError[] {
  if (!start || !end) {
    return [
      ...(start ? [] : [{ pointer: "/start", detail: t("askWhen") }]),
      ...(end ? [] : [{ pointer: "/end", detail: t("askWhen") }]),
    ];
  }
  const length = millis(end) - millis(start);
  if (length <= 0) return [{ pointer: "/end", detail: t("askOrder") }];
  if (length > LONGEST_MILLISECONDS) return [{ pointer: "/end", detail: t("standByLong") }];
  if (millis(end) <= now) return [{ pointer: "/end", detail: t("standByPast") }];
  return [];
}
