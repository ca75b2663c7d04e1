import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Schema } from "../api/client";
import {
  AppointmentPanel,
  CallNotice,
  CallHistory,
  CallPanel,
  CaseView,
  Decision,
  FollowUpPanel,
  History,
  isOpen,
  personText,
  SignedNotes,
  statusName,
  TeamList,
  Thread,
  UrgencyBadge,
  useConsult,
  useNotes,
  useRequest,
  useWithdrawal,
  valueOf,
} from "../consult";
import { comma } from "../i18n/comma";
import { unrefused, useWaiting } from "../offline/hand";
import { ReferralPanel } from "../letter/ReferralPanel";
import type { Loaded } from "../resource";
import { setQuery, useAddress } from "../router";
import {
  Badge,
  Button,
  Dialog,
  FormFrame,
  lazy,
  Load,
  Notice,
  Page,
  Row,
  Stack,
  Tabs,
  TextArea,
  toast,
  TwoPane,
} from "../ui";
import { SupplementButton } from "./SupplementDialog";
import { t } from "./words";

const ConsentPanel = lazy(() => import("../consent/ConsentPanel"));

type Consult = Schema<"Consult">;
type Tab = "answer" | "messages" | "case";

/** One consult of the clinic: the answer and the decisions, the thread, the case, call, plan. */
export function ConsultPage({ params }: { params: { consultId: string } }): JSX.Element {
  const consult = useConsult(params.consultId);
  const request = useRequest(params.consultId);
  const known = valueOf(consult);
  const patient = valueOf(request)?.patient;
  return (
    <Page
      title={known?.summary.question ?? t("consult")}
      width="wide"
      back={{ href: "/clinic", label: t("allConsults") }}
      lead={
        known && (
          <Row>
            <UrgencyBadge urgency={known.summary.urgencyNow} />
            <Badge>{statusName(known.summary.status)}</Badge>
            {patient && (
              <span>
                {patient.name && (
                  <>
                    <bdi>{patient.name}</bdi>
                    {comma()}
                  </>
                )}
                {personText(patient)}
              </span>
            )}
          </Row>
        )
      }
    >
      <Load from={consult} rows={5}>
        {(it) => <Opened consult={it} request={request} reload={consult.reload} />}
      </Load>
    </Page>
  );
}

interface Parts {
  readonly consult: Consult;
  readonly request: Loaded<Schema<"Request">>;
  readonly reload: () => void;
}

function Opened(props: Parts): JSX.Element {
  const { consult, reload } = props;
  const { summary } = consult;
  const notes = useNotes(summary.id);
  // Advice may also have been given in words: from the acceptance on there is an outcome to tell.
  // Once there is an answer a consult ends with its outcome.
  const mayWithdraw = isOpen(summary) && summary.status !== "advised";
  return (
    <TwoPane
      main={<Main {...props} notes={notes} />}
      side={
        <>
          {isOpen(summary) && <CallPanel consultId={summary.id} mayInvite />}
          <AppointmentPanel consult={consult} onChanged={reload} />
          <FollowUpPanel
            consultId={summary.id}
            mayPlan={isOpen(summary)}
            mayRecord={summary.specialist !== undefined && summary.status !== "withdrawn"}
            onClosed={reload}
          />
          <ReferralPanel
            consultId={summary.id}
            language={valueOf(props.request)?.content.language ?? "en"}
            mayRefer
          />
          <ConsentPanel
            consultId={summary.id}
            language={valueOf(props.request)?.patient.language ?? "en"}
            mayChange
            onChanged={reload}
          />
          <CallHistory consultId={summary.id} />
          <TeamList team={consult.team} />
          <History history={consult.history} />
          {mayWithdraw && <Withdraw consultId={summary.id} onWithdrawn={reload} />}
        </>
      }
    />
  );
}

function Main(props: Parts & { notes: Loaded<Schema<"Notes">> }): JSX.Element {
  const { summary } = props.consult;
  const notes = valueOf(props.notes);
  const signed = notes?.signed ?? [];
  const waiting = useWaiting("decision", summary.id, () => {
    props.notes.reload();
    props.reload();
  });
  const decided = unrefused(waiting).map(({ doing }) => doing.recommendationId);
  const undecided = countUndecided(signed, decided);
  const asked = useAddress().query.get("tab");
  const tab = isTab(asked) ? asked : firstTab(summary, signed.length);
  const choose = (to: Tab) => setQuery({ tab: to });
  return (
    <>
      {isOpen(summary) && <CallNotice consultId={summary.id} />}
      {notes && (
        <NextStep
          summary={summary}
          undecided={undecided}
          answered={signed.length > 0}
          {...(tab === "answer" ? {} : { onShowAnswer: () => choose("answer") })}
        />
      )}
      <Tabs
        label={t("tabs")}
        tabs={[
          { value: "answer", label: t("tabAnswer"), count: undecided },
          { value: "messages", label: t("tabMessages") },
          { value: "case", label: t("tabCase") },
        ]}
        chosen={tab}
        onChoose={choose}
      >
        {tab === "answer" && <Answer {...props} />}
        {tab === "messages" && <Thread consult={props.consult} side="clinic" />}
        {tab === "case" && (
          <Load from={props.request} rows={5}>
            {(it) => (
              <Stack>
                {(isOpen(summary) || summary.status === "closed") && (
                  <SupplementButton
                    consultId={summary.id}
                    onAdded={() => {
                      props.request.reload();
                      props.reload();
                    }}
                  />
                )}
                <CaseView
                  request={it}
                  urgency={summary.urgencyNow}
                  site={summary.site}
                  questionAbove
                />
              </Stack>
            )}
          </Load>
        )}
      </Tabs>
    </>
  );
}

function Answer(props: {
  consult: Consult;
  notes: Loaded<Schema<"Notes">>;
  reload: () => void;
}): JSX.Element {
  const { summary } = props.consult;
  return (
    <Load from={props.notes}>
      {({ signed }) => (
        <SignedNotes
          consultId={summary.id}
          notes={signed}
          {...(isOpen(summary) && {
            decision: (recommendation) => (
              <Decision consultId={summary.id} recommendation={recommendation} />
            ),
          })}
        />
      )}
    </Load>
  );
}

/** What the clinic should do now, in one sentence. */
function NextStep(props: {
  summary: Consult["summary"];
  undecided: number;
  answered: boolean;
  onShowAnswer?: () => void;
}): JSX.Element | null {
  const { summary, undecided, answered } = props;
  if (!isOpen(summary)) return null;
  if (undecided > 0) {
    return (
      <Notice
        tone="good"
        action={
          props.onShowAnswer && (
            <Button small onPress={props.onShowAnswer}>
              {t("showAnswer")}
            </Button>
          )
        }
      >
        {t("nextDecide", { count: undecided })}
      </Notice>
    );
  }
  if (answered) return <Notice>{t("nextOutcome")}</Notice>;
  switch (summary.waitingOn) {
    case "clinic":
      return <Notice tone="warning">{t("nextClinic")}</Notice>;
    case "coordinator":
      return <Notice>{t("nextWaitCoordinator")}</Notice>;
    case "specialist":
      return <Notice>{t("nextWaitSpecialist")}</Notice>;
    case "nobody":
      return null;
  }
}

/**
 * Recommendations without a decision, in all notes.
 *
 * @param waiting those whose decision waits on this device to be sent
 */
export function countUndecided(
  notes: readonly Schema<"SignedNote">[],
  waiting: readonly string[] = [],
): number {
  return notes
    .filter(({ state }) => state === "stands")
    .flatMap((note) => note.recommendations)
    .filter(({ id, decision }) => !decision && !waiting.includes(id)).length;
}

/** What the page opens with: the answer when there is one, else the talk about it. */
export function firstTab(summary: Pick<Consult["summary"], "status">, notes: number): Tab {
  if (notes > 0 || summary.status === "advised" || summary.status === "closed") return "answer";
  return summary.status === "accepted" ||
    summary.status === "in-discussion" ||
    summary.status === "booked"
    ? "messages"
    : "case";
}

function isTab(name: string | null): name is Tab {
  return name === "answer" || name === "messages" || name === "case";
}

function Withdraw(props: { consultId: string; onWithdrawn: () => void }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const form = useWithdrawal({
    consultId: props.consultId,
    reasonNeeded: t("withdrawReasonNeeded"),
    onWithdrawn: () => {
      setAsking(false);
      toast(t("withdrawn"));
      props.onWithdrawn();
    },
  });
  return (
    <>
      <div>
        <Button kind="quiet" small onPress={() => setAsking(true)}>
          {t("withdraw")}
        </Button>
      </div>
      {asking && (
        <Dialog title={t("withdrawTitle")} onClose={() => setAsking(false)}>
          <p>{t("withdrawLead")}</p>
          <FormFrame
            form={form}
            submit={t("withdraw")}
            danger
            others={<Button onPress={() => setAsking(false)}>{t("keep")}</Button>}
          >
            <TextArea
              label={t("withdrawReason")}
              rows={2}
              maxLength={500}
              {...form.field("/reason")}
            />
          </FormFrame>
        </Dialog>
      )}
    </>
  );
}
