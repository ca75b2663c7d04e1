import { t } from "./words";

/** How a patient fared, as people say it. */
export function resultName(result: string): string {
  const names: Record<string, string> = {
    better: t("better"),
    same: t("same"),
    worse: t("worse"),
    died: t("died"),
    transferred: t("transferred"),
    left: t("left"),
    unknown: t("unknown"),
  };
  return names[result] ?? result;
}
