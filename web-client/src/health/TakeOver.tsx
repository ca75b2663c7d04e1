import type { JSX } from "preact";
import { api, ok } from "../api/client";
import { useResource } from "../resource";
import { Button, Notice } from "../ui";
import { linesOf, withLines } from "./items";
import { t } from "./words";

/** Offers to write what the health summary knows into a request's background. Quiet without any. */
export default function TakeOver(props: {
  patientId: string;
  history: string;
  medicines: string;
  onTake: (history: string, medicines: string) => void;
}): JSX.Element | null {
  const { patientId } = props;
  const summary = useResource(
    () => ok(api.GET("/patients/{patientId}/health-summary", { params: { path: { patientId } } })),
    [patientId],
  );
  const known = summary.state.kind === "loading" ? undefined : summary.state.value;
  if (!known) return null;
  const problems = linesOf(known, "problem");
  const medicines = linesOf(known, "medication");
  const history = withLines(props.history, problems);
  const taken = withLines(props.medicines, medicines);
  if (history === props.history.trimEnd() && taken === props.medicines.trimEnd()) return null;
  return (
    <Notice
      action={
        <Button small onPress={() => props.onTake(history, taken)}>
          {t("takeOver")}
        </Button>
      }
    >
      <bdi>{t("takeOverLead", { what: [...problems, ...medicines].join("; ") })}</bdi>
    </Notice>
  );
}
