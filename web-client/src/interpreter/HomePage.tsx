import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { consultRow, statusName } from "../consult";
import { useResource } from "../resource";
import { AppointmentList } from "../scheduler/AppointmentList";
import { dayAndTime } from "../time";
import { EmptyState, List, Load, Page, Stack } from "../ui";
import { t } from "./words";

/** The interpreter's booked calls first, then the consults they belong to. */
export function HomePage(): JSX.Element {
  const consults = useResource(
    () => ok(api.GET("/consults", { params: { query: { view: "open" } } })),
    [],
    { live: "consult" },
  );
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Stack gap="large">
        <AppointmentList consultHref={(id) => `/interpreter/consults/${id}`} />
        <section class="stack" aria-label={t("consults")}>
          <h2>{t("consults")}</h2>
          <Load from={consults}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState>
              ) : (
                <List
                  label={t("consults")}
                  rows={items.map((consult) =>
                    consultRow(consult, {
                      href: `/interpreter/consults/${consult.id}`,
                      detail: [
                        consult.site.name,
                        statusName(consult.status),
                        ...(consult.appointment
                          ? [t("booked", { time: dayAndTime(consult.appointment.start) })]
                          : []),
                      ].join(" · "),
                    }),
                  )}
                />
              )
            }
          </Load>
        </section>
      </Stack>
    </Page>
  );
}
