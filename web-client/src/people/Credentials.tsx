import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../api/client";
import { Badge, Row, Stack } from "../ui";
import { countryText, dayText } from "./days";
import { t } from "./words";

export type Credential = Schema<"Credential">;
type Status = Schema<"VolunteerStatus">;

const TONES = {
  claimed: "blue",
  verified: "green",
  expiring: "yellow",
  expired: "red",
  revoked: "red",
} as const;

const STATUS_TONES = {
  applied: "blue",
  active: "green",
  paused: "yellow",
  suspended: "red",
  ended: "neutral",
} as const;

export function StatusBadge({ status }: { status: Status }): JSX.Element {
  return <Badge tone={STATUS_TONES[status]}>{t(status)}</Badge>;
}

/** Licences one below the other, each with what can be done about it. */
export function Credentials(props: {
  credentials: readonly Credential[];
  acts?: (credential: Credential) => ComponentChildren;
}): JSX.Element {
  if (props.credentials.length === 0) return <span class="muted">{t("noLicence")}</span>;
  return (
    <Stack gap="small">
      {props.credentials.map((one) => (
        <div key={one.id}>
          <Row>
            <strong>
              {countryText(one.country)} <bdi>{one.number}</bdi>
            </strong>
            <Badge tone={TONES[one.state]}>{t(one.state)}</Badge>
            {props.acts?.(one)}
          </Row>
          <span class="muted small">
            {[
              one.validUntil ? t("validUntil", { day: dayText(one.validUntil) }) : t("endless"),
              one.daysLeft === undefined ? undefined : t("daysLeft", { count: one.daysLeft }),
              one.decidedBy && t("by", { name: one.decidedBy.name }),
              one.reason,
            ]
              .filter((part) => part)
              .join(" · ")}
          </span>
        </div>
      ))}
    </Stack>
  );
}
