import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { t as people } from "../people/words";
import { t as reports } from "../scheduler/reports/words";
import { t as sites } from "../sites/words";
import { lazy } from "../ui";
import { AuditPage } from "./AuditPage";
import { t as exporting } from "./programs/exportWords";
import { t as programs } from "./programs/words";
import { t } from "./words";

const NetworkPage = lazy(() => import("../people/NetworkPage").then((its) => its.NetworkPage));
const AdministratorReports = lazy(() =>
  import("../scheduler/reports/pages").then((its) => its.AdministratorReports),
);
const PlacesPage = lazy(() => import("../sites/PlacesPage").then((its) => its.PlacesPage));

const ProgramsPage = lazy(() => import("./programs/ProgramsPage"));
const ExportPage = lazy(() => import("./programs/ExportPage"));

export default {
  nav: [
    { href: "/admin", label: () => t("nav"), icon: "shield" },
    { href: "/admin/volunteers", label: () => people("navNetwork"), icon: "people" },
    { href: "/admin/places", label: () => sites("nav"), icon: "screen" },
    { href: "/admin/reports", label: () => reports("nav"), icon: "chart" },
    { href: "/admin/programs", label: () => programs("nav"), icon: "globe" },
    { href: "/admin/export", label: () => exporting("nav"), icon: "exit" },
  ],
  routes: [
    route("/admin", AuditPage),
    route("/admin/volunteers", NetworkPage),
    route("/admin/places", PlacesPage),
    route("/admin/reports", AdministratorReports),
    route("/admin/programs", ProgramsPage),
    route("/admin/export", ExportPage),
  ],
  closedTo: {
    "data-officer": ["/admin/volunteers", "/admin/places", "/admin/reports", "/admin/programs"],
  },
} satisfies Workspace;
