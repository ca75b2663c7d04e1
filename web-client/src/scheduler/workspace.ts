import type { Workspace } from "../app/workspace";
import { t as consent } from "../consent/words";
import { route } from "../router";
import { t as coverage } from "./coverage/words";
import { QueuePage } from "./queue/QueuePage";
import { t as reports } from "./reports/words";
import { t as rota } from "./rota/words";
import { t as sites } from "../sites/words";
import { lazy } from "../ui";
import { t } from "./words";

const AppointmentsPage = lazy(() =>
  import("./AppointmentsPage").then((its) => its.AppointmentsPage),
);
const ConsultPage = lazy(() => import("./ConsultPage").then((its) => its.ConsultPage));
const CoveragePage = lazy(() => import("./coverage/CoveragePage").then((its) => its.CoveragePage));
const DutyPage = lazy(() => import("./DutyPage").then((its) => its.DutyPage));
const FollowUpsPage = lazy(() => import("./FollowUpsPage").then((its) => its.FollowUpsPage));
const PlanPage = lazy(() => import("./plan/PlanPage").then((its) => its.PlanPage));
const CoordinatorReports = lazy(() =>
  import("./reports/pages").then((its) => its.CoordinatorReports),
);
const RosterPage = lazy(() => import("./roster/RosterPage").then((its) => its.RosterPage));
const RotaPage = lazy(() => import("./rota/RotaPage").then((its) => its.RotaPage));
const PlacesPage = lazy(() => import("../sites/PlacesPage").then((its) => its.PlacesPage));
const VolunteersPage = lazy(() => import("./VolunteersPage").then((its) => its.VolunteersPage));

const WaiversPage = lazy(() => import("../consent/WaiversPage"));

export default {
  nav: [
    { href: "/scheduler", label: () => t("nav"), icon: "list" },
    { href: "/scheduler/duty", label: () => t("navDuty"), icon: "clock" },
    { href: "/scheduler/follow-ups", label: () => t("navFollowUps"), icon: "bell" },
    { href: "/scheduler/roster", label: () => t("navRoster"), icon: "calendar" },
    { href: "/scheduler/rotas", label: () => rota("nav"), icon: "call" },
    { href: "/scheduler/coverage", label: () => coverage("nav"), icon: "globe" },
    { href: "/scheduler/volunteers", label: () => t("navVolunteers"), icon: "people" },
    { href: "/scheduler/appointments", label: () => t("navAppointments"), icon: "video" },
    { href: "/scheduler/places", label: () => sites("nav"), icon: "screen" },
    { href: "/scheduler/plan", label: () => t("navPlan"), icon: "refresh" },
    { href: "/scheduler/reports", label: () => reports("nav"), icon: "chart" },
    { href: "/scheduler/waivers", label: () => consent("waivers"), icon: "warning" },
  ],
  routes: [
    route("/scheduler", QueuePage),
    route("/scheduler/consults/:consultId", ConsultPage),
    route("/scheduler/duty", DutyPage),
    route("/scheduler/follow-ups", FollowUpsPage),
    route("/scheduler/roster", RosterPage),
    route("/scheduler/rotas", RotaPage),
    route("/scheduler/coverage", CoveragePage),
    route("/scheduler/volunteers", VolunteersPage),
    route("/scheduler/appointments", AppointmentsPage),
    route("/scheduler/places", PlacesPage),
    route("/scheduler/plan", PlanPage),
    route("/scheduler/reports", CoordinatorReports),
    route("/scheduler/waivers", WaiversPage),
  ],
  closedTo: {
    scheduler: ["/scheduler/waivers"],
    supervisor: [
      "/scheduler/roster",
      "/scheduler/rotas",
      "/scheduler/coverage",
      "/scheduler/volunteers",
      "/scheduler/appointments",
      "/scheduler/places",
    ],
  },
} satisfies Workspace;
