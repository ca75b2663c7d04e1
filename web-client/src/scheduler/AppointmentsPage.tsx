import type { JSX } from "preact";
import { Page } from "../ui";
import { AppointmentList } from "./AppointmentList";
import { t } from "./words";

/** All coming calls of the organisation. */
export function AppointmentsPage(): JSX.Element {
  return (
    <Page title={t("appointmentsTitle")}>
      <AppointmentList consultHref={(id) => `/scheduler/consults/${id}?tab=people`} />
    </Page>
  );
}
