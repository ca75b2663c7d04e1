import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { useResource } from "../resource";
import { SummaryShown } from "./SummaryShown";

/** Of the patient of a consult, for whoever helps with it; nothing can be changed here. */
export default function ConsultHealthCard({ consultId }: { consultId: string }): JSX.Element {
  const summary = useResource(
    () => ok(api.GET("/consults/{consultId}/health-summary", { params: { path: { consultId } } })),
    [consultId],
    { live: consultId },
  );
  return <SummaryShown summary={summary} />;
}
