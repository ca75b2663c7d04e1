import type { JSX } from "preact";
import { Page, Stack } from "../ui";
import { AppointmentList } from "./AppointmentList";
import { MendCards } from "./MendCards";
import { t } from "./words";

/** All coming calls of the organisation. */
export function AppointmentsPage(): JSX.Element {
  return (
    <Page title={t("appointmentsTitle")}>
      <Stack gap="large">
        <MendCards consultHref={(id) => `/scheduler/consults/${id}?tab=people`} />
        <AppointmentList mayDecide consultHref={(id) => `/scheduler/consults/${id}?tab=people`} />
      </Stack>
    </Page>
  );
}
