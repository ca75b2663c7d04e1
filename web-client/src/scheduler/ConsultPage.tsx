import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Schema } from "../api/client";
import {
  AppointmentPanel,
  CallHistory,
  CallPanel,
  CaseView,
  ConsultLead,
  FollowUpPanel,
  History,
  isOpen,
  personText,
  SignedNotes,
  TeamList,
  Thread,
  useConsult,
  useMe,
  useNotes,
  useRequest,
  valueOf,
  WaitingLine,
} from "../consult";
import { CoordinatorHardCase } from "../people/HardCase";
import type { Loaded } from "../resource";
import { setQuery, useAddress } from "../router";
import { useWide } from "../wide";
import { Button, EmptyState, Load, Notice, Page, Stack, Tabs } from "../ui";
import { CandidatesCard } from "./place/CandidatesCard";
import { LadderCard } from "./place/LadderCard";
import { LanguageGapNotice } from "./place/LanguageGapNotice";
import { Hops, OpenOffer } from "./place/Offers";
import { OwnerCard } from "./place/OwnerCard";
import { SupervisorCallCard } from "./place/SupervisorCallCard";
import { TriageCard } from "./place/TriageCard";
import { WithdrawDialog } from "./place/WithdrawDialog";
import { QueueList, queryText, useQueue } from "./queue/QueueList";
import { t } from "./words";
import "./scheduler.css";

type Consult = Schema<"Consult">;

const TABS = ["place", "case", "messages", "advice", "people"] as const;
type Tab = (typeof TABS)[number];

/** From here on the queue stays beside the opened consult. */
const BESIDE_REM = 76;

/** One consult as the coordinator works on it: confirm, choose, offer, follow. */
export function ConsultPage({ params }: { params: { consultId: string } }): JSX.Element {
  const { consultId } = params;
  const wide = useWide(BESIDE_REM);
  const { query } = useAddress();
  const consult = useConsult(consultId);
  const summary = valueOf(consult)?.summary;
  return (
    <Page
      title={summary ? personText(summary.patient) : t("case")}
      lead={summary && <ConsultLead summary={summary} />}
      width="wide"
      back={{ href: `/scheduler${queryText(query)}`, label: t("back") }}
    >
      <div class={wide ? "beside" : undefined}>
        {wide && <QueueBeside consultId={consultId} />}
        <Load from={consult} rows={6}>
          {() => <Parts key={consultId} consultId={consultId} consult={consult} />}
        </Load>
      </div>
    </Page>
  );
}

function QueueBeside({ consultId }: { consultId: string }): JSX.Element {
  const queue = useQueue();
  return (
    <section class="queue-beside" aria-label={t("title")}>
      <QueueList queue={queue} selected={consultId} />
    </section>
  );
}

function Parts(props: { consultId: string; consult: Loaded<Consult> }): JSX.Element | null {
  const { consultId } = props;
  const { query } = useAddress();
  const request = useRequest(consultId);
  const value = valueOf(props.consult);
  const watches = useMe().membership.role === "supervisor";
  if (!value) return null;
  const { summary } = value;
  const placing = ["submitted", "triaged", "offered"].includes(summary.status);
  const tab: Tab = TABS.find((one) => one === query.get("tab")) ?? (placing ? "place" : "case");
  return (
    <Stack>
      <p class="consult-question" dir="auto">
        {summary.question}
      </p>
      <WaitingLine summary={summary} side="coordinator" />
      {summary.status === "closed" && !watches && <CoordinatorHardCase consultId={consultId} />}
      <Tabs
        label={t("parts")}
        chosen={tab}
        onChoose={(to) => setQuery({ tab: to })}
        tabs={TABS.map((name) => ({ value: name, label: t(name) }))}
      >
        <div hidden={tab !== "place"}>
          <Place consult={props.consult} value={value} request={valueOf(request)} />
        </div>
        <div hidden={tab !== "case"}>
          <Load from={request} rows={5}>
            {(it) => <CaseView request={it} urgency={summary.urgencyNow} site={summary.site} />}
          </Load>
        </div>
        <div hidden={tab !== "messages"}>
          <Thread consult={value} side="coordinator" />
        </div>
        {tab === "advice" && <Advice value={value} />}
        {tab === "people" && (
          <Stack>
            {isOpen(summary) && <CallPanel consultId={consultId} mayInvite={!watches} />}
            <AppointmentPanel consult={value} readOnly={watches} onChanged={props.consult.reload} />
            <CallHistory consultId={consultId} />
            <TeamList team={value.team} />
            <History history={value.history} />
          </Stack>
        )}
      </Tabs>
    </Stack>
  );
}

/** Triage, the open offers, the ranking, and what came of earlier offers. */
function Place(props: {
  consult: Loaded<Consult>;
  value: Consult;
  request: Schema<"Request"> | undefined;
}): JSX.Element {
  const { consult, value } = props;
  const { summary, offers } = value;
  const [withdrawing, setWithdrawing] = useState(false);
  const mayPlace = useMe().membership.role === "scheduler";
  const open = offers.filter(({ status }) => status === "open");
  const ranks = summary.status === "triaged" || summary.status === "offered";
  return (
    <Stack>
      <SupervisorCallCard summary={summary} onChanged={consult.reload} />
      {mayPlace ? (
        <OwnerCard summary={summary} onChanged={consult.reload} />
      ) : (
        <Notice>{t("watching")}</Notice>
      )}
      {isOpen(summary) && <LanguageGapNotice summary={summary} />}
      {open.map((offer) => (
        <OpenOffer key={offer.id} offer={offer} mayPlace={mayPlace} onWithdrawn={consult.reload} />
      ))}
      <TriageCard
        consult={value}
        request={props.request}
        mayPlace={mayPlace}
        onTriaged={consult.replace}
      />
      {mayPlace && ranks && (
        <CandidatesCard
          summary={summary}
          mayOffer={open.length === 0 || summary.urgencyNow === "red"}
          onOffered={consult.reload}
        />
      )}
      {summary.status === "submitted" && mayPlace && (
        <EmptyState icon="people" title={t("candidatesFirst")}>
          {t("candidatesFirstLead")}
        </EmptyState>
      )}
      <LadderCard
        consultId={summary.id}
        version={summary.version}
        mayPlace={mayPlace && isOpen(summary)}
        onChanged={consult.reload}
      />
      <Hops offers={offers} />
      {mayPlace && isOpen(summary) && (
        <div>
          <Button kind="quiet" onPress={() => setWithdrawing(true)}>
            {t("takeBack")}
          </Button>
        </div>
      )}
      {withdrawing && (
        <WithdrawDialog
          consultId={summary.id}
          onClose={() => setWithdrawing(false)}
          onWithdrawn={(after) => {
            setWithdrawing(false);
            consult.replace(after);
          }}
        />
      )}
    </Stack>
  );
}

function Advice({ value }: { value: Consult }): JSX.Element {
  const { summary } = value;
  const notes = useNotes(summary.id);
  const coordinates = useMe().membership.role === "scheduler";
  return (
    <Load from={notes}>
      {({ signed }) => (
        <Stack>
          <SignedNotes consultId={summary.id} notes={signed} />
          {signed.length > 0 && (
            <FollowUpPanel
              consultId={summary.id}
              mayPlan={coordinates && isOpen(summary)}
              mayRecord={coordinates}
            />
          )}
        </Stack>
      )}
    </Load>
  );
}
