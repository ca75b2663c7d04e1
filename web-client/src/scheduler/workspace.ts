import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { AppointmentsPage } from "./AppointmentsPage";
import { ConsultPage } from "./ConsultPage";
import { QueuePage } from "./queue/QueuePage";
import { CoordinatorReports } from "./reports/pages";
import { t as reports } from "./reports/words";
import { RosterPage } from "./roster/RosterPage";
import { VolunteersPage } from "./VolunteersPage";
import { t } from "./words";

export default {
  nav: [
    { href: "/scheduler", label: t("nav"), icon: "list" },
    { href: "/scheduler/roster", label: t("navRoster"), icon: "calendar" },
    { href: "/scheduler/volunteers", label: t("navVolunteers"), icon: "people" },
    { href: "/scheduler/appointments", label: t("navAppointments"), icon: "video" },
    { href: "/scheduler/reports", label: reports("nav"), icon: "chart" },
  ],
  routes: [
    route("/scheduler", QueuePage),
    route("/scheduler/consults/:consultId", ConsultPage),
    route("/scheduler/roster", RosterPage),
    route("/scheduler/volunteers", VolunteersPage),
    route("/scheduler/appointments", AppointmentsPage),
    route("/scheduler/reports", CoordinatorReports),
  ],
  closedTo: {
    supervisor: ["/scheduler/roster", "/scheduler/volunteers", "/scheduler/appointments"],
  },
} satisfies Workspace;
