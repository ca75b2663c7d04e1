import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { useForm } from "../../form";
import { comma } from "../../i18n/comma";
import { type Loaded, useResource } from "../../resource";
import { dayAndTime, span, useNow } from "../../time";
import {
  Actions,
  Badge,
  Button,
  Card,
  Dialog,
  Disclosure,
  FormFrame,
  Load,
  Notice,
  ProblemNotice,
  Select,
  TimeLeft,
  type Tone,
} from "../../ui";
import { t } from "./ladderWords";
import { Sentence } from "../../said/Sentence";

type Ladder = Schema<"Ladder">;
type Step = Ladder["steps"][number];

const MINUTE = 60_000;
const PAUSES = [5, 15, 30, 60, 240] as const;

/** What was done to place a consult and what comes next by itself, with the means to hold it. */
export function LadderCard(props: {
  consultId: string;
  version: number;
  mayPlace: boolean;
  onChanged: () => void;
}): JSX.Element {
  const ladder = useResource(
    () =>
      ok(
        api.GET("/consults/{consultId}/ladder", {
          params: { path: { consultId: props.consultId } },
        }),
      ),
    [props.consultId, props.version],
    { live: { topic: "consult", id: props.consultId } },
  );
  return (
    <Load from={ladder} rows={3}>
      {(value) => <Shown {...props} ladder={ladder} value={value} />}
    </Load>
  );
}

function Shown(props: {
  consultId: string;
  mayPlace: boolean;
  onChanged: () => void;
  ladder: Loaded<Ladder>;
  value: Ladder;
}): JSX.Element {
  const { value } = props;
  const now = useNow();
  const [pausing, setPausing] = useState(false);
  const path = { params: { path: { consultId: props.consultId } } };
  const changed = (after: Ladder) => {
    props.ladder.replace(after);
    props.onChanged();
  };
  const resume = useAct(
    (key: string) =>
      ok(api.POST("/consults/{consultId}/ladder/resumption", { ...path, headers: once(key) })),
    changed,
  );
  const skip = useAct(
    (key: string, how: "now" | "leave-out") =>
      ok(
        api.POST("/consults/{consultId}/ladder/skip", {
          ...path,
          body: { how },
          headers: once(key),
        }),
      ),
    changed,
  );
  const past = value.steps.filter(({ state }) => state !== "next" && state !== "later");
  const coming = value.steps.filter(({ state }) => state === "next" || state === "later");
  const problem = resume.problem ?? skip.problem;
  const ofConsult = coming.some(({ specialist, act }) => !specialist && act !== undefined);
  return (
    <Card title={t("ladder")}>
      {value.pinned && (
        <Notice>
          {t("pinned", {
            name: value.pinned.specialist.name,
            time: dayAndTime(value.pinned.until, undefined, now),
          })}
        </Notice>
      )}
      {value.pausedUntil && (
        <Notice tone="warning">
          {t("paused", { time: dayAndTime(value.pausedUntil, undefined, now) })}
        </Notice>
      )}
      {problem && <ProblemNotice problem={problem} onRetry={props.ladder.reload} />}
      {coming.length === 0 ? <p class="muted">{t("none")}</p> : <Steps steps={coming} now={now} />}
      {props.mayPlace && coming.length > 0 && (
        <Actions>
          {value.pausedUntil ? (
            <Button busy={resume.busy} onPress={() => resume.run()}>
              {t("resume")}
            </Button>
          ) : (
            <Button onPress={() => setPausing(true)}>{t("pause")}</Button>
          )}
          {ofConsult && (
            <>
              <Button busy={skip.busy} onPress={() => skip.run("now")}>
                {t("now")}
              </Button>
              <Button kind="quiet" busy={skip.busy} onPress={() => skip.run("leave-out")}>
                {t("leaveOut")}
              </Button>
            </>
          )}
        </Actions>
      )}
      {past.length > 0 && (
        <Disclosure summary={t("earlier", { count: past.length })}>
          <Steps steps={past} now={now} />
        </Disclosure>
      )}
      <p class="muted small">
        {t("version", { version: value.version })}
        {value.isProposal && `${comma()}${t("proposal")}`}
      </p>
      {pausing && (
        <PauseDialog
          consultId={props.consultId}
          onClose={() => setPausing(false)}
          onPaused={(after) => {
            setPausing(false);
            changed(after);
          }}
        />
      )}
    </Card>
  );
}

function Steps({ steps, now }: { steps: readonly Step[]; now: number }): JSX.Element {
  return (
    <ol class="ladder">
      {steps.map((step, index) => (
        <li key={index} class={step.state === "next" ? "ladder-next" : undefined}>
          <Badge tone={toneOf(step.state)}>{t(step.state)}</Badge>
          <span>
            <Sentence text={step.sentence} said={step.said} />
            <span class="muted small"> {dayAndTime(step.at, undefined, now)}</span>
          </span>
          {step.state === "next" && <TimeLeft until={step.at} />}
        </li>
      ))}
    </ol>
  );
}

function toneOf(state: Step["state"]): Tone {
  switch (state) {
    case "done":
      return "green";
    case "next":
      return "blue";
    case "moot":
    case "left-out":
    case "later":
      return "neutral";
  }
}

function PauseDialog(props: {
  consultId: string;
  onClose: () => void;
  onPaused: (after: Ladder) => void;
}): JSX.Element {
  const form = useForm({
    initial: { minutes: "15" },
    send: ({ minutes }, key) =>
      ok(
        api.POST("/consults/{consultId}/ladder/pause", {
          params: { path: { consultId: props.consultId } },
          body: { until: new Date(Date.now() + Number(minutes) * MINUTE).toISOString() },
          headers: once(key),
        }),
      ),
    onSent: props.onPaused,
  });
  return (
    <Dialog title={t("pauseTitle")} onClose={props.onClose}>
      <p>{t("pauseLead")}</p>
      <FormFrame
        form={form}
        submit={t("pauseSend")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Select
          label={t("pauseFor")}
          options={PAUSES.map((minutes) => ({
            value: String(minutes),
            label: span(minutes * MINUTE),
          }))}
          {...form.field("/minutes")}
        />
      </FormFrame>
    </Dialog>
  );
}
