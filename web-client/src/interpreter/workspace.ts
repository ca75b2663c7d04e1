import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { RosterPage } from "../specialist/roster/RosterPage";
import { t as roster } from "../specialist/roster/words";
import { ConsultPage } from "./ConsultPage";
import { HomePage } from "./HomePage";
import { t } from "./words";

export default {
  nav: [
    { href: "/interpreter", label: t("nav"), icon: "video" },
    { href: "/interpreter/roster", label: roster("nav"), icon: "calendar" },
  ],
  routes: [
    route("/interpreter", HomePage),
    route("/interpreter/consults/:consultId", ConsultPage),
    route("/interpreter/roster", RosterPage),
  ],
} satisfies Workspace;
