import type { Workspace } from "../app/workspace";
import { ProfilePage } from "../people/ProfilePage";
import { ServicePage } from "../people/ServicePage";
import { t as people } from "../people/words";
import { route } from "../router";
import { RosterPage } from "../specialist/roster/RosterPage";
import { t as roster } from "../specialist/roster/words";
import { ConsultPage } from "./ConsultPage";
import { HomePage } from "./HomePage";
import { t } from "./words";

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
