import { homeOf } from "../app/workspace";
import type { Role } from "../session";

/** Where each role finds the whole consult. */
export function consultHref(role: Role, consultId: string): string {
  switch (role) {
    case "clinician":
      return `/clinic/consults/${consultId}`;
    case "specialist":
      return `/specialist/consults/${consultId}`;
    case "scheduler":
    case "supervisor":
      return `/scheduler/consults/${consultId}`;
    case "interpreter":
      return `/interpreter/consults/${consultId}`;
    default:
      return homeOf(role);
  }
}
