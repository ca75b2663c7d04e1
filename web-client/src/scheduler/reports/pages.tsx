import type { JSX } from "preact";
import { lazy } from "../../ui";

const ReportsPage = lazy(() => import("./ReportsPage"));

/** For those who may open the consults that it names. */
export function CoordinatorReports(): JSX.Element {
  return <ReportsPage consultPages />;
}

export function AdministratorReports(): JSX.Element {
  return <ReportsPage consultPages={false} />;
}
