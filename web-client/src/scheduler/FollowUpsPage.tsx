import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { useResource } from "../resource";
import { clockTime, day, dayAndTime, useNow, zoneLabel } from "../time";
import { Badge, Card, EmptyState, LinkButton, Load, Page, Row, Stack } from "../ui";
import { t } from "./words";

type Chase = Schema<"Chase">;

/** Whom to telephone: clinics that are being asked how a patient is, or have not answered. */
export function FollowUpsPage(): JSX.Element {
  const chases = useResource(() => ok(api.GET("/follow-ups")), [], { live: "consult" });
  return (
    <Page title={t("followUpsTitle")} lead={t("followUpsLead")}>
      <Load from={chases} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="check" title={t("followUpsNone")}>
              {t("followUpsNoneLead")}
            </EmptyState>
          ) : (
            <Stack>
              {items.map((chase) => (
                <ChaseCard key={`${chase.consultId} ${chase.dueOn}`} chase={chase} />
              ))}
            </Stack>
          )
        }
      </Load>
    </Page>
  );
}

function ChaseCard({ chase }: { chase: Chase }): JSX.Element {
  const now = useNow();
  const { site } = chase;
  return (
    <Card title={`${site.name} · ${chase.reference}`}>
      <p>
        {chase.state === "unanswered" ? (
          <Badge tone="red">{t("chaseUnanswered")}</Badge>
        ) : (
          <Badge tone="yellow">{t("chaseWaiting")}</Badge>
        )}{" "}
        {chaseText(chase, now)}
      </p>
      <p class="muted small">
        {t("siteTime", {
          site: site.name,
          time: `${clockTime(now, site.zone)} ${zoneLabel(site.zone, now)}`,
        })}
      </p>
      <Row>
        {chase.asked.map((person) =>
          person.phone ? (
            <a class="button button-small" href={`tel:${person.phone}`} key={person.id}>
              <bdi>{t("chaseCall", { name: person.name })}</bdi>
              <span dir="ltr">{person.phone}</span>
            </a>
          ) : (
            <span class="muted small" key={person.id}>
              <bdi>{t("chaseNoPhone", { name: person.name })}</bdi>
            </span>
          ),
        )}
        <LinkButton small href={`/scheduler/consults/${chase.consultId}?tab=advice`}>
          {t("chaseOpen")}
        </LinkButton>
      </Row>
    </Card>
  );
}

/** How it stands, in one line. */
export function chaseText(chase: Chase, now: number): string {
  const next = chase.nextAt && dayAndTime(chase.nextAt);
  return [
    t("chaseDue", { date: day(`${chase.dueOn}T12:00:00Z`, "UTC", now) }),
    t("chaseTries", { count: chase.tries }),
    ...(next ? [t(chase.tries >= 3 ? "chaseGivesUp" : "chaseNext", { time: next })] : []),
  ].join(" · ");
}
