import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once } from "../api/client";
import { useResource } from "../resource";
import { Actions, Button, Card, LinkButton, ProblemNotice } from "../ui";
import { t } from "./words";

/** Whether the outcome is one that weighs on whoever advised. */
export function isHard(result: string | undefined): boolean {
  return result === "died" || result === "worse";
}

function useEndedBadly(consultId: string): boolean {
  const { state } = useResource(
    () => ok(api.GET("/consults/{consultId}/follow-up", { params: { path: { consultId } } })),
    [consultId],
    { live: consultId },
  );
  return state.kind === "ready" && isHard(state.value.outcome?.result);
}

/** The coordinator sees that a case ended badly, and has the specialist asked how they are. */
export function CoordinatorHardCase({ consultId }: { consultId: string }): JSX.Element | null {
  const bad = useEndedBadly(consultId);
  const [marked, setMarked] = useState(false);
  const mark = useAct(
    (key) =>
      ok(
        api.POST("/consults/{consultId}/hard-case", {
          params: { path: { consultId } },
          headers: once(key),
        }),
      ),
    () => setMarked(true),
  );
  if (!bad) return null;
  return (
    <Card title={t("hardTitle")} tone="yellow">
      <p>{t("hardLead")}</p>
      {mark.problem && <ProblemNotice problem={mark.problem} />}
      {marked ? (
        <p role="status">{t("hardDone")}</p>
      ) : (
        <Actions>
          <Button busy={mark.busy} onPress={() => mark.run()}>
            {t("hardMark")}
          </Button>
        </Actions>
      )}
    </Card>
  );
}

/** The specialist's own: the way to take less for a while. */
export function OwnHardCase({ consultId }: { consultId: string }): JSX.Element | null {
  const bad = useEndedBadly(consultId);
  if (!bad) return null;
  return (
    <Card title={t("ownHardTitle")} tone="yellow">
      <p>{t("ownHardLead")}</p>
      <Actions>
        <LinkButton href="/specialist/service">{t("ownHardAct")}</LinkButton>
      </Actions>
    </Card>
  );
}
