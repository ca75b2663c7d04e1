import type { JSX } from "preact";
import type { Schema } from "../api/client";
import { useNow } from "../time";
import { Row } from "../ui";
import { statusName } from "./names";
import { UrgencyBadge } from "./parts";
import { timeThere } from "./People";
import { t } from "./words";

/** The line under a consult's title for those who are not at the clinic: how urgent, where, what state. */
export function ConsultLead({ summary }: { summary: Schema<"ConsultSummary"> }): JSX.Element {
  const now = useNow();
  const { site } = summary;
  return (
    <Row>
      <UrgencyBadge urgency={summary.urgencyNow} />
      <span>{t("siteTime", { site: site.name, time: timeThere(site.zone, now) })}</span>
      <span>{statusName(summary.status)}</span>
    </Row>
  );
}
