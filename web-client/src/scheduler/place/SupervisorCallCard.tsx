import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../../api/client";
import { useMe, valueOf } from "../../consult";
import { useForm } from "../../form";
import { comma } from "../../i18n/comma";
import { dayAndTime, useNow } from "../../time";
import {
  Actions,
  Button,
  Card,
  Choice,
  Dialog,
  FormFrame,
  Notice,
  TextArea,
  TextInput,
  toast,
} from "../../ui";
import { t } from "./ladderWords";
import { useDuty } from "./OwnerCard";

type Summary = Schema<"ConsultSummary">;

const OUTCOMES = ["reached", "not-reached", "somebody-else"] as const;
type Outcome = (typeof OUTCOMES)[number];

/** A telephone call that no program makes: whom, under which number, since when, and what came of it. */
export function SupervisorCallCard(props: {
  summary: Summary;
  onChanged: () => void;
}): JSX.Element | null {
  const { summary } = props;
  const call = summary.custody.supervisorCall;
  const now = useNow();
  const duty = useDuty();
  const mayNote = useMe().membership.role === "scheduler";
  const [open, setOpen] = useState<"outcome" | "number">();
  if (!call) return null;
  const names = valueOf(duty)
    ?.supervisors.map(({ name }) => name)
    .join(comma());
  const done = (said: string) => {
    setOpen(undefined);
    toast(said);
    props.onChanged();
  };
  return (
    <Card title={t("supervisorPhone", { organisation: summary.organisation.name })}>
      <Notice tone="error">
        {names ? t("supervisorLead", { names }) : t("supervisorNobody")}{" "}
        {t("supervisorSince", { time: dayAndTime(call.since, undefined, now) })}
      </Notice>
      <p>
        {call.number ? (
          <a href={`tel:${call.number.replace(/[^+\d]/g, "")}`}>
            <bdi>{call.number}</bdi>
          </a>
        ) : (
          <span class="muted">{t("numberNone")}</span>
        )}
      </p>
      <Actions>
        {mayNote && (
          <Button kind="primary" onPress={() => setOpen("outcome")}>
            {t("callNote")}
          </Button>
        )}
        <Button kind="quiet" onPress={() => setOpen("number")}>
          {call.number ? t("numberChange") : t("numberKeep")}
        </Button>
      </Actions>
      {open === "outcome" && (
        <OutcomeDialog
          consultId={summary.id}
          callId={call.id}
          onClose={() => setOpen(undefined)}
          onDone={() => done(t("callNoted"))}
        />
      )}
      {open === "number" && (
        <NumberDialog
          number={call.number ?? ""}
          onClose={() => setOpen(undefined)}
          onDone={() => done(t("numberKept"))}
        />
      )}
    </Card>
  );
}

function OutcomeDialog(props: {
  consultId: string;
  callId: string;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { outcome: "" as Outcome | "", words: "" },
    draft: `supervisor-call ${props.callId}`,
    validate: ({ outcome }) =>
      outcome ? [] : [{ pointer: "/outcome", detail: t("callAskOutcome") }],
    send: ({ outcome, words }, key) =>
      ok(
        api.POST("/consults/{consultId}/supervisor-calls/{supervisorCallId}/outcome", {
          params: { path: { consultId: props.consultId, supervisorCallId: props.callId } },
          body: {
            outcome: outcome as Outcome,
            ...(words.trim() ? { words: words.trim() } : {}),
          },
          headers: once(key),
        }),
      ),
    onSent: props.onDone,
  });
  return (
    <Dialog title={t("callTitle")} onClose={props.onClose}>
      <FormFrame
        form={form}
        submit={t("callSend")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <Choice
          label={t("callOutcome")}
          options={OUTCOMES.map((value) => ({ value, label: t(value) }))}
          {...form.field("/outcome")}
        />
        <TextArea
          label={t("callWords")}
          optional
          rows={2}
          maxLength={500}
          {...form.field("/words")}
        />
      </FormFrame>
    </Dialog>
  );
}

function NumberDialog(props: {
  number: string;
  onClose: () => void;
  onDone: () => void;
}): JSX.Element {
  const form = useForm({
    initial: { number: props.number },
    validate: ({ number }) =>
      /^\+?\d[\d ()/-]+$/.test(number.trim()) && number.trim().length >= 3
        ? []
        : [{ pointer: "/number", detail: t("numberAsk") }],
    send: ({ number }, key) =>
      ok(api.POST("/supervisor-line", { body: { number: number.trim() }, headers: once(key) })),
    onSent: props.onDone,
  });
  return (
    <Dialog title={t("numberTitle")} onClose={props.onClose}>
      <p>{t("numberLead")}</p>
      <FormFrame
        form={form}
        submit={t("numberSend")}
        others={<Button onPress={props.onClose}>{t("cancel")}</Button>}
      >
        <TextInput
          label={t("numberLabel")}
          type="tel"
          inputMode="tel"
          maxLength={40}
          {...form.field("/number")}
        />
      </FormFrame>
    </Dialog>
  );
}
