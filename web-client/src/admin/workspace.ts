import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { NetworkPage } from "../people/NetworkPage";
import { t as people } from "../people/words";
import { AdministratorReports } from "../scheduler/reports/pages";
import { t as reports } from "../scheduler/reports/words";
import { PlacesPage } from "../sites/PlacesPage";
import { t as sites } from "../sites/words";
import { AuditPage } from "./AuditPage";
import { t } from "./words";

export default {
  nav: [
    { href: "/admin", label: t("nav"), icon: "shield" },
    { href: "/admin/volunteers", label: people("navNetwork"), icon: "people" },
    { href: "/admin/places", label: sites("nav"), icon: "screen" },
    { href: "/admin/reports", label: reports("nav"), icon: "chart" },
  ],
  routes: [
    route("/admin", AuditPage),
    route("/admin/volunteers", NetworkPage),
    route("/admin/places", PlacesPage),
    route("/admin/reports", AdministratorReports),
  ],
  closedTo: { "data-officer": ["/admin/volunteers", "/admin/places", "/admin/reports"] },
} satisfies Workspace;
