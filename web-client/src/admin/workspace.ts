import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { AdministratorReports } from "../scheduler/reports/pages";
import { t as reports } from "../scheduler/reports/words";
import { AuditPage } from "./AuditPage";
import { t } from "./words";

export default {
  nav: [
    { href: "/admin", label: t("nav"), icon: "shield" },
    { href: "/admin/reports", label: reports("nav"), icon: "chart" },
  ],
  routes: [route("/admin", AuditPage), route("/admin/reports", AdministratorReports)],
  closedTo: { "data-officer": ["/admin/reports"] },
} satisfies Workspace;
