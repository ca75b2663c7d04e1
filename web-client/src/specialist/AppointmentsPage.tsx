import type { JSX } from "preact";
import { Page } from "../ui";
import { AppointmentList } from "../scheduler/AppointmentList";
import { t } from "./words";

/** The specialist's coming calls. */
export function AppointmentsPage(): JSX.Element {
  return (
    <Page title={t("navAppointments")}>
      <AppointmentList mayDecide consultHref={(id) => `/specialist/consults/${id}?tab=call`} />
    </Page>
  );
}
