import type { Workspace } from "../app/workspace";
import { route } from "../router";
import { lazy } from "../ui";
import { ConsultsPage } from "./ConsultsPage";
import { t as capability } from "./capability/words";
import { t } from "./words";

const ConsultPage = lazy(() => import("./ConsultPage").then((its) => its.ConsultPage));
const NewRequestPage = lazy(() => import("./NewRequestPage").then((its) => its.NewRequestPage));
const OnDutyPage = lazy(() => import("./OnDutyPage").then((its) => its.OnDutyPage));
const CorrectPage = lazy(() => import("./PatientPage").then((its) => its.CorrectPage));
const PatientPage = lazy(() => import("./PatientPage").then((its) => its.PatientPage));
const PatientsPage = lazy(() => import("./PatientsPage").then((its) => its.PatientsPage));
const RegisterPage = lazy(() => import("./PatientsPage").then((its) => its.RegisterPage));

const CapabilityPage = lazy(() => import("./capability/CapabilityPage"));
const MergePage = lazy(() => import("./MergePage"));
const RequestPage = lazy(() => import("./request/RequestPage"));

export default {
  nav: [
    { href: "/clinic", label: () => t("nav"), icon: "inbox" },
    { href: "/clinic/patients", label: () => t("navPatients"), icon: "people" },
    { href: "/clinic/on-duty", label: () => t("navDuty"), icon: "clock" },
    { href: "/clinic/capabilities", label: () => capability("nav"), icon: "check" },
  ],
  routes: [
    route("/clinic", ConsultsPage),
    route("/clinic/new", NewRequestPage),
    route("/clinic/drafts/:consultId", RequestPage),
    route("/clinic/consults/:consultId", ConsultPage),
    route("/clinic/patients", PatientsPage),
    route("/clinic/patients/new", RegisterPage),
    route("/clinic/patients/:patientId", PatientPage),
    route("/clinic/patients/:patientId/edit", CorrectPage),
    route("/clinic/patients/:patientId/merge/:otherId", MergePage),
    route("/clinic/on-duty", OnDutyPage),
    route("/clinic/capabilities", CapabilityPage),
  ],
} satisfies Workspace;
