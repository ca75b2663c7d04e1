import type { Workspace } from "../app/workspace";
import { t as people } from "../people/words";
import { route } from "../router";
import { t as roster } from "../specialist/roster/words";
import { HomePage } from "./HomePage";
import { lazy } from "../ui";
import { t } from "./words";

const ProfilePage = lazy(() => import("../people/ProfilePage").then((its) => its.ProfilePage));
const ServicePage = lazy(() => import("../people/ServicePage").then((its) => its.ServicePage));
const RosterPage = lazy(() =>
  import("../specialist/roster/RosterPage").then((its) => its.RosterPage),
);
const ConsultPage = lazy(() => import("./ConsultPage").then((its) => its.ConsultPage));

export default {
  nav: [
    { href: "/interpreter", label: () => t("nav"), icon: "video" },
    { href: "/interpreter/roster", label: () => roster("nav"), icon: "calendar" },
    { href: "/interpreter/profile", label: () => people("navProfile"), icon: "person" },
    { href: "/interpreter/service", label: () => people("navService"), icon: "clock" },
  ],
  routes: [
    route("/interpreter", HomePage),
    route("/interpreter/consults/:consultId", ConsultPage),
    route("/interpreter/roster", RosterPage),
    route("/interpreter/profile", ProfilePage),
    route("/interpreter/service", ServicePage),
  ],
} satisfies Workspace;
