import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { type Loaded, useResource } from "../resource";
import { Button } from "../ui";
import { t } from "./words";
import "./outcome.css";

type Told = Schema<"Outcome"> | undefined;
/** What became of each patient, by the consult; a consult that is not in it is not known yet. */
export type Outcomes = ReadonlyMap<string, Told>;
export type Result = Schema<"Outcome">["result"] | "none";

const RESULTS: readonly Result[] = [
  "better",
  "same",
  "worse",
  "transferred",
  "left",
  "died",
  "unknown",
  "none",
];

/** What became of the patients of these closed consults. */
export function useOutcomes(consults: readonly Schema<"ConsultSummary">[]): Loaded<Outcomes> {
  const closed = consults.filter(({ status }) => status === "closed").map(({ id }) => id);
  return useResource(
    async (): Promise<Outcomes> =>
      new Map(
        await Promise.all(
          closed.map(async (consultId): Promise<[string, Told]> => {
            const path = { consultId };
            const { outcome } = await ok(
              api.GET("/consults/{consultId}/follow-up", { params: { path } }),
            );
            return [consultId, outcome];
          }),
        ),
      ),
    [closed.join()],
  );
}

/** How often each came to pass, the best first; what never did is left out. */
export function counted(outcomes: Outcomes): { result: Result; count: number }[] {
  const told = [...outcomes.values()].map((outcome) => outcome?.result ?? "none");
  return RESULTS.map((result) => ({
    result,
    count: told.filter((one) => one === result).length,
  })).filter(({ count }) => count > 0);
}

/** All outcomes in a line; pressing one shows only its patients. */
export function OutcomeFilter(props: {
  outcomes: Outcomes;
  chosen: Result | undefined;
  onChoose: (result: Result | undefined) => void;
}): JSX.Element | null {
  const { outcomes, chosen, onChoose } = props;
  if (outcomes.size === 0) return null;
  return (
    <div class="row" role="group" aria-label={t("outcomes")}>
      {counted(outcomes).map(({ result, count }) => (
        <Button
          key={result}
          small
          pressed={result === chosen}
          onPress={() => onChoose(result === chosen ? undefined : result)}
        >
          {t("outcomeCount", { outcome: resultName(result), count })}
        </Button>
      ))}
    </div>
  );
}

function resultName(result: Result): string {
  const names: Readonly<Record<string, string>> = {
    better: t("resultBetter"),
    same: t("resultSame"),
    worse: t("resultWorse"),
    transferred: t("resultTransferred"),
    left: t("resultLeft"),
    died: t("resultDied"),
    unknown: t("resultUnknown"),
    none: t("resultNone"),
  };
  return names[result] ?? t("resultUnknown");
}

/** What became of the patient, in a line under the closed consult. */
export function Outcome({ outcome }: { outcome: Told }): JSX.Element {
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
