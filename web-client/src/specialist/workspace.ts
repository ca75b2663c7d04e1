import type { Workspace } from "../app/workspace";
import { t as people } from "../people/words";
import { route } from "../router";
import { HomePage, useOpenOffers } from "./HomePage";
import { t as roster } from "./roster/words";
import { t as shifts } from "./shifts/words";
import { lazy } from "../ui";
import { t } from "./words";

const ProfilePage = lazy(() => import("../people/ProfilePage").then((its) => its.ProfilePage));
const ServicePage = lazy(() => import("../people/ServicePage").then((its) => its.ServicePage));
const AppointmentsPage = lazy(() =>
  import("./AppointmentsPage").then((its) => its.AppointmentsPage),
);
const ConsultPage = lazy(() => import("./ConsultPage").then((its) => its.ConsultPage));
const RosterPage = lazy(() => import("./roster/RosterPage").then((its) => its.RosterPage));
const ShiftsPage = lazy(() => import("./shifts/ShiftsPage").then((its) => its.ShiftsPage));

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
