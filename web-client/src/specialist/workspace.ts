import type { Workspace } from "../app/workspace";
import { ProfilePage } from "../people/ProfilePage";
import { ServicePage } from "../people/ServicePage";
import { t as people } from "../people/words";
import { route } from "../router";
import { AppointmentsPage } from "./AppointmentsPage";
import { ConsultPage } from "./ConsultPage";
import { HomePage, useOpenOffers } from "./HomePage";
import { RosterPage } from "./roster/RosterPage";
import { t as roster } from "./roster/words";
import { ShiftsPage } from "./shifts/ShiftsPage";
import { t as shifts } from "./shifts/words";
import { t } from "./words";

export default {
  nav: [
    { href: "/specialist", label: () => t("nav"), icon: "inbox", useCount: useOpenOffers },
    { href: "/specialist/appointments", label: () => t("navAppointments"), icon: "video" },
    { href: "/specialist/roster", label: () => roster("nav"), icon: "calendar" },
    { href: "/specialist/shifts", label: () => shifts("nav"), icon: "call" },
    { href: "/specialist/profile", label: () => people("navProfile"), icon: "person" },
    { href: "/specialist/service", label: () => people("navService"), icon: "clock" },
  ],
  routes: [
    route("/specialist", HomePage),
    route("/specialist/consults/:consultId", ConsultPage),
    route("/specialist/appointments", AppointmentsPage),
    route("/specialist/roster", RosterPage),
    route("/specialist/shifts", ShiftsPage),
    route("/specialist/profile", ProfilePage),
    route("/specialist/service", ServicePage),
  ],
} satisfies Workspace;
