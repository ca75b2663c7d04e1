import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { AppointmentsPage } from "./AppointmentsPage";
import { ConsultPage } from "./ConsultPage";
import { HomePage, useOpenOffers } from "./HomePage";
import { RosterPage } from "./roster/RosterPage";
import { t as roster } from "./roster/words";
import { t } from "./words";

export default {
  nav: [
    { href: "/specialist", label: t("nav"), icon: "inbox", useCount: useOpenOffers },
    { href: "/specialist/appointments", label: t("navAppointments"), icon: "video" },
    { href: "/specialist/roster", label: roster("nav"), icon: "calendar" },
  ],
  routes: [
    route("/specialist", HomePage),
    route("/specialist/consults/:consultId", ConsultPage),
    route("/specialist/appointments", AppointmentsPage),
    route("/specialist/roster", RosterPage),
  ],
} satisfies Workspace;
