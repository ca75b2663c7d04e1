import type { Role } from "../session";
import { t } from "./words";

/** A role as people call it. */
export function roleName(role: Role): string {
  switch (role) {
    case "clinician":
      return t("roleClinician");
    case "specialist":
      return t("roleSpecialist");
    case "scheduler":
      return t("roleScheduler");
    case "interpreter":
      return t("roleInterpreter");
    case "observer":
      return t("roleObserver");
    case "supervisor":
      return t("roleSupervisor");
    case "administrator":
      return t("roleAdministrator");
    case "data-officer":
      return t("roleDataOfficer");
  }
}
