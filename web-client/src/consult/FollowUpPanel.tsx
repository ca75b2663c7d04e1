import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { useWaiting } from "../offline/hand";
import { t as offline } from "../offline/words";
import { useResource } from "../resource";
import { day, dayKey, useNow } from "../time";
import {
  Badge,
  Button,
  Card,
  Dialog,
  Facts,
  FormFrame,
  lazy,
  Load,
  Notice,
  Row,
  TextArea,
  TextInput,
  toast,
  When,
} from "../ui";
import { Text } from "./CaseView";
import { resultName } from "./results";
import { t } from "./words";

const OutcomeForm = lazy(() => import("./OutcomeForm"));

type FollowUp = Schema<"FollowUp">;

/** When news of the patient is due, and the outcome once it is known. */
export function FollowUpPanel(props: {
  consultId: string;
  /** Clinicians, specialists and coordinators may set the date. */
  mayPlan?: boolean;
  /** Only the treating clinic records the outcome. */
  mayRecord?: boolean;
  /** Called when recording the outcome has closed the consult. */
  onClosed?: () => void;
}): JSX.Element {
  const { consultId } = props;
  const followUp = useResource(
    () => ok(api.GET("/consults/{consultId}/follow-up", { params: { path: { consultId } } })),
    [consultId],
    { live: consultId },
  );
  const waits = useWaiting("outcome", consultId).length > 0;
  const [open, setOpen] = useState<"date" | "outcome">();
  const close = () => setOpen(undefined);
  return (
    <Card title={t("followUp")}>
      <Load from={followUp} rows={1}>
        {(known) => (
          <>
            {waits && <Notice tone="warning">{offline("outcomeWaits")}</Notice>}
            {known.outcome && <OutcomeShown outcome={known.outcome} />}
            {known.closed ? <LastCheck known={known} /> : <Due known={known} />}
            <Asking known={known} />
            {(!known.closed || known.asking) && (props.mayPlan || props.mayRecord) && (
              <Row>
                {props.mayPlan && !known.closed && (
                  <Button small icon="calendar" onPress={() => setOpen("date")}>
                    {known.dueOn ? t("changeDate") : t("setDate")}
                  </Button>
                )}
                {props.mayRecord && !waits && (
                  <Button small icon="check" onPress={() => setOpen("outcome")}>
                    {t("recordOutcome")}
                  </Button>
                )}
              </Row>
            )}
            {open === "date" && (
              <Dialog title={t("setDate")} onClose={close}>
                <DateForm
                  consultId={consultId}
                  known={known}
                  onSet={(now) => {
                    followUp.replace(now);
                    close();
                    toast(t("dateSet"));
                  }}
                />
              </Dialog>
            )}
            {open === "outcome" && (
              <Dialog title={t("recordOutcome")} onClose={close}>
                <Notice>{t("outcomeLead")}</Notice>
                <OutcomeForm
                  consultId={consultId}
                  onRecorded={(now) => {
                    if (now) followUp.replace(now);
                    else followUp.reload();
                    close();
                    toast(t("outcomeRecorded"));
                    if (now?.closed) props.onClosed?.();
                  }}
                  onKept={() => {
                    close();
                    toast(offline("kept"));
                  }}
                />
              </Dialog>
            )}
          </>
        )}
      </Load>
    </Card>
  );
}

function Due({ known }: { known: FollowUp }): JSX.Element {
  const now = useNow();
  if (!known.dueOn) return <p class="muted">{t("noDue")}</p>;
  const over = isOverdue(known.dueOn, now);
  // Noon in UTC is the same calendar day in nearly every zone.
  const date = day(`${known.dueOn}T12:00:00Z`, "UTC", now);
  return (
    <div>
      <p>
        {over ? (
          <Badge tone="orange">{t("newsOverdue", { date })}</Badge>
        ) : (
          <strong>{t("newsDue", { date })}</strong>
        )}
      </p>
      {known.note && (
        <p class="prose" dir="auto">
          {known.note}
        </p>
      )}
      <p class="muted small">
        {known.origin === "rule" ? (
          t("byRule")
        ) : known.origin === "note" ? (
          t("byNote")
        ) : (
          <bdi>{known.setBy && t("setBy", { name: known.setBy.name })}</bdi>
        )}
        {hasLater(known) && " · "}
        <LastCheck known={known} />
      </p>
    </div>
  );
}

/** Whether there is a last check besides the one that is due. */
function hasLater({ checks, dueOn }: FollowUp): boolean {
  return checks.some(({ kind, dueOn: on }) => kind === "last" && on !== dueOn);
}

/** When everybody is asked once more, whatever was told before. */
function LastCheck({ known }: { known: FollowUp }): JSX.Element | null {
  const now = useNow();
  const last = known.checks.find(({ kind }) => kind === "last");
  if (!last || !hasLater(known)) return null;
  const date = day(`${last.dueOn}T12:00:00Z`, "UTC", now);
  return <span class="muted small">{t("lastCheck", { date })}</span>;
}

/** Whom it waits on, and how often they were asked. */
function Asking({ known }: { known: FollowUp }): JSX.Element | null {
  const newest = known.remindedAt.at(-1);
  if (isUnanswered(known)) {
    return (
      <p>
        <Badge tone="red">{t("unanswered")}</Badge>{" "}
        <span class="muted small">
          {t("unansweredLead")} {t("referenceIs", { reference: known.reference })}
        </span>
      </p>
    );
  }
  if (!known.asking) return null;
  return (
    <p>
      <Badge tone="yellow">{t("asksNow")}</Badge>{" "}
      <span class="muted small">
        {t("waitsOnClinic")}{" "}
        {newest !== undefined && (
          <>
            {t("remindedTimes", { count: known.remindedAt.length })}, <When at={newest} />.{" "}
            {t("referenceIs", { reference: known.reference })}
          </>
        )}
      </span>
    </p>
  );
}

/** Whether nobody answered the last time they were asked; older news do not change that. */
export function isUnanswered({ unansweredAt, outcome }: FollowUp): boolean {
  if (unansweredAt === undefined) return false;
  return !outcome || Date.parse(outcome.recordedAt) < Date.parse(unansweredAt);
}

/** Whether the day has passed where the reader is; on the day itself there is still time. */
export function isOverdue(dueOn: string, now: number): boolean {
  return dueOn < dayKey(now);
}

function DateForm(props: {
  consultId: string;
  known: FollowUp;
  onSet: (followUp: FollowUp) => void;
}): JSX.Element {
  const { known } = props;
  /** What was known when it was typed: a draft brings it along. */
  const from = `${known.dueOn ?? ""} ${known.note ?? ""}`;
  const form = useForm({
    initial: { dueOn: known.dueOn ?? "", note: known.note ?? "", from },
    draft: `follow-up ${props.consultId}`,
    validate: ({ dueOn }) =>
      dueOn === ""
        ? [{ pointer: "/dueOn", detail: t("dueOnNeeded") }]
        : isOverdue(dueOn, Date.now())
          ? [{ pointer: "/dueOn", detail: t("dueOnPast") }]
          : [],
    send: ({ dueOn, note }, key) =>
      ok(
        api.PUT("/consults/{consultId}/follow-up", {
          params: { path: { consultId: props.consultId } },
          body: { dueOn, ...(note.trim() && { note: note.trim() }) },
          headers: once(key),
        }),
      ),
    onSent: props.onSet,
  });
  return (
    <FormFrame form={form} submit={t("saveDate")}>
      {form.values.from !== from && (
        <>
          <Notice tone="warning">{offline("changed")}</Notice>
          <Due known={known} />
        </>
      )}
      <TextInput label={t("dueOn")} type="date" {...form.field("/dueOn")} />
      <TextArea label={t("dueNote")} optional rows={2} maxLength={1000} {...form.field("/note")} />
    </FormFrame>
  );
}

const VIA = {
  link: () => t("viaLink"),
  text: () => t("viaText"),
  telephone: () => t("viaTelephone"),
};

function OutcomeShown({ outcome }: { outcome: Schema<"Outcome"> }): JSX.Element {
  const followed: Record<string, string> = {
    fully: t("fully"),
    partly: t("partly"),
    no: t("notFollowed"),
  };
  const diagnosis: Record<string, string> = {
    confirmed: t("confirmed"),
    changed: t("changed"),
    unknown: t("unknown"),
  };
  return (
    <>
      <Facts
        facts={[
          { label: t("outcome"), value: resultName(outcome.result) },
          {
            label: t("followed"),
            value: followed[outcome.adviceFollowed] ?? outcome.adviceFollowed,
          },
          ...(outcome.diagnosis
            ? [
                {
                  label: t("diagnosisAfter"),
                  value: diagnosis[outcome.diagnosis] ?? outcome.diagnosis,
                },
              ]
            : []),
          ...(outcome.finalDiagnosis
            ? [{ label: t("finalDiagnosis"), value: <bdi>{outcome.finalDiagnosis}</bdi> }]
            : []),
          ...(outcome.usefulness
            ? [{ label: t("usefulness"), value: `${outcome.usefulness} / 5` }]
            : []),
        ]}
      />
      <Text label={t("why")} text={outcome.why} />
      <Text label={t("outcomeText")} text={outcome.text} />
      <Text label={t("nextAsked")} text={outcome.nextQuestion} />
      <p class="muted small">
        <bdi>{t("recordedBy", { name: outcome.recordedBy.name })}</bdi>
        {outcome.channel !== "product" && ` ${VIA[outcome.channel]()}`} ·{" "}
        <When at={outcome.recordedAt} />
      </p>
    </>
  );
}
