import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { useResource } from "../resource";
import { t } from "./words";

/** What became of the patient, in a line under the closed consult. */
export function Outcome({ consultId }: { consultId: string }): JSX.Element | null {
  const { state } = useResource(
    () => ok(api.GET("/consults/{consultId}/follow-up", { params: { path: { consultId } } })),
    [consultId],
  );
  if (state.kind !== "ready") return null;
  const { outcome } = state.value;
  return (
    <span class="outcome-line">
      {outcome ? <strong>{outcomeSentence(outcome)}</strong> : t("outcomeNone")}
      {outcome && ` ${adviceSentence(outcome.adviceFollowed)}`}
      {outcome?.text && (
        <q class="outcome-words">
          <bdi>{outcome.text}</bdi>
        </q>
      )}
    </span>
  );
}

export function outcomeSentence({ result }: Pick<Schema<"Outcome">, "result">): string {
  switch (result) {
    case "better":
      return t("outcomeBetter");
    case "same":
      return t("outcomeSame");
    case "worse":
      return t("outcomeWorse");
    case "died":
      return t("outcomeDied");
    case "transferred":
      return t("outcomeTransferred");
    case "left":
      return t("outcomeLeft");
    default:
      return t("outcomeUnknown");
  }
}

function adviceSentence(followed: string): string {
  switch (followed) {
    case "fully":
      return t("adviceFully");
    case "partly":
      return t("advicePartly");
    default:
      return t("adviceNo");
  }
}
