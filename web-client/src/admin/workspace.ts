import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { AuditPage } from "./AuditPage";
import { t } from "./words";

export default {
  nav: [{ href: "/admin", label: t("nav"), icon: "shield" }],
  routes: [route("/admin", AuditPage)],
} satisfies Workspace;
