import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Schema } from "../../api/client";
import { asProblem } from "../../api/problem";
import { NoteBody, RecommendationBody } from "../../consult/SignedNotes";
import { deviceId } from "../../device";
import { dayAndTime } from "../../time";
import { Actions, Button, Notice, Stack, toast } from "../../ui";
import { t } from "./words";

/** A draft of the same note typed elsewhere: shown beside, until the author merges the two. */
export function Beside(props: {
  other: Schema<"NoteDraft">;
  maySwitch: boolean;
  onMerge: () => Promise<void>;
  onSwitch: () => void;
  onDiscard: () => Promise<void>;
}): JSX.Element {
  const { content, savedAt } = props.other;
  const here = props.other.deviceId === deviceId();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const act = (work: () => Promise<void>) => {
    setBusy(true);
    work()
      .catch((error: unknown) => toast(asProblem(error).sentence))
      .finally(() => setBusy(false));
  };
  return (
    <Notice tone="warning" title={t("beside")}>
      <Stack>
        <p>{t(here ? "besideHere" : "besideThere", { time: dayAndTime(savedAt) })}</p>
        <div class="note-preview">
          <NoteBody content={content} />
          {content.recommendations?.map((recommendation, index) => (
            <RecommendationBody key={index} content={recommendation} lang={content.language} />
          ))}
        </div>
        <Actions>
          {sure ? (
            <Button kind="danger" busy={busy} onPress={() => act(props.onDiscard)}>
              {t("discardSure")}
            </Button>
          ) : (
            <Button onPress={() => setSure(true)}>{t("discard")}</Button>
          )}
          {props.maySwitch && <Button onPress={props.onSwitch}>{t("switchTo")}</Button>}
          <Button kind="primary" busy={busy} onPress={() => act(props.onMerge)}>
            {t("merge")}
          </Button>
        </Actions>
      </Stack>
    </Notice>
  );
}
