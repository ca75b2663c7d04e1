import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { languageName, timeThere, useSpecialtyName } from "../consult";
import { comma } from "../i18n/comma";
import { useReachable } from "../presence/reach";
import { ReachBadge } from "../presence/ReachBadge";
import { useResource } from "../resource";
import { useNow } from "../time";
import { Badge, Button, EmptyState, lazy, LinkButton, List, Load, Page, Stack } from "../ui";
import { t } from "./words";

const CallDialog = lazy(() => import("./CallDialog"));

type Volunteer = Schema<"Volunteer">;

/** Who can help at this hour. */
export function OnDutyPage(): JSX.Element {
  const duty = useResource(
    () => ok(api.GET("/volunteers", { params: { query: { onDuty: true } } })),
    [],
    { live: "roster" },
  );
  return (
    <Page
      title={t("duty")}
      lead={t("dutyLead")}
      actions={
        <LinkButton kind="primary" icon="plus" href="/clinic/new">
          {t("newConsult")}
        </LinkButton>
      }
    >
      <Load from={duty}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="clock" title={t("dutyNobody")}>
              {t("dutyNobodyLead")}
            </EmptyState>
          ) : (
            <Stack>
              <People title={t("specialists")} people={ofKind(items, "specialist")} />
              <People title={t("interpreters")} people={ofKind(items, "interpreter")} />
            </Stack>
          )
        }
      </Load>
    </Page>
  );
}

/** Those on call first, then by name. */
export function ofKind(people: readonly Volunteer[], kind: Volunteer["kind"]): Volunteer[] {
  return people
    .filter((one) => one.kind === kind)
    .sort(
      (a, b) =>
        Number(b.onCallNow ?? false) - Number(a.onCallNow ?? false) || a.name.localeCompare(b.name),
    );
}

function People(props: { title: string; people: readonly Volunteer[] }): JSX.Element | null {
  const now = useNow();
  const specialtyName = useSpecialtyName();
  const [called, setCalled] = useState<Volunteer>();
  const reachable = useReachable(props.people.map(({ id }) => id));
  if (props.people.length === 0) return null;
  return (
    <section class="stack stack-small">
      <h2>{props.title}</h2>
      <List
        label={props.title}
        rows={props.people.map((one) => ({
          key: one.id,
          title: <bdi>{one.name}</bdi>,
          detail: (
            <>
              {one.specialties.length > 0 && (
                <>
                  {one.specialties
                    .map(({ code, label }) => specialtyName(code, label))
                    .join(comma())}
                  <br />
                </>
              )}
              {t("speaksAll", {
                languages: one.languages.map(({ code }) => languageName(code)).join(comma()),
              })}{" "}
              · {timeThere(one.zone, now)}
            </>
          ),
          aside: (
            <>
              <Badge tone={one.onCallNow ? "green" : "neutral"}>
                {one.onCallNow ? t("onCall") : t("onDuty")}
              </Badge>
              {reachable && <ReachBadge reach={reachable.has(one.id) ? "reachable" : "away"} />}
              <Button
                small
                icon="call"
                label={t("callPerson", { name: one.name })}
                onPress={() => setCalled(one)}
              >
                {t("callNow")}
              </Button>
              {one.specialties[0] && (
                <LinkButton
                  small
                  kind="quiet"
                  href={`/clinic/new?specialty=${one.specialties[0].code}`}
                >
                  {t("ask")}
                </LinkButton>
              )}
            </>
          ),
        }))}
      />
      {called && <CallDialog who={called} onClose={() => setCalled(undefined)} />}
    </section>
  );
}
