import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { useResource } from "../resource";
import { Badge, Button, EmptyState, Load, Page, Stack, Table, When } from "../ui";
import { t } from "./words";

type AuditEvent = Schema<"AuditEvent">;

const PAGE_SIZE = 100;

/** The organisation's audit trail, for administrators and data officers. */
export function AuditPage(): JSX.Element {
  const [limit, setLimit] = useState(PAGE_SIZE);
  const trail = useResource(
    () => ok(api.GET("/audit-events", { params: { query: { limit } } })),
    [limit],
    { live: "audit" },
  );
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <Load from={trail} rows={8}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState icon="shield" title={t("empty")}>
              {t("emptyLead")}
            </EmptyState>
          ) : (
            <Stack>
              <Table
                caption={t("title")}
                rows={items}
                rowKey={(event) => event.id}
                columns={[
                  { label: t("when"), cell: (event) => <When at={event.at} /> },
                  {
                    label: t("who"),
                    cell: (event) => <bdi>{event.actor?.name ?? t("system")}</bdi>,
                  },
                  { label: t("act"), cell: (event) => <code>{event.action}</code> },
                  { label: t("concerns"), cell: subject },
                  {
                    label: t("outcome"),
                    cell: ({ outcome }) => (
                      <Badge tone={outcome === "done" || outcome === "ok" ? "green" : "neutral"}>
                        {outcome}
                      </Badge>
                    ),
                  },
                ]}
              />
              {nextCursor && limit < 200 && (
                <Button onPress={() => setLimit(200)}>{t("older")}</Button>
              )}
            </Stack>
          )
        }
      </Load>
    </Page>
  );
}

function subject(event: AuditEvent): string {
  const short = (id: string) => id.slice(-6);
  if (event.consultId) return t("consult", { id: short(event.consultId) });
  if (event.patientId) return t("patient", { id: short(event.patientId) });
  return event.subject ?? "";
}
