import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { HomePage } from "./HomePage";
import { t } from "./words";

export default {
  nav: [{ href: "/interpreter", label: t("nav"), icon: "inbox" }],
  routes: [route("/interpreter", HomePage)],
} satisfies Workspace;
