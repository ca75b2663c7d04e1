import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { HomePage } from "./HomePage";
import { t } from "./words";

export default {
  nav: [{ href: "/scheduler", label: t("nav"), icon: "list" }],
  routes: [route("/scheduler", HomePage)],
} satisfies Workspace;
