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
  useCatalogue,
  useConsult,
  useMe,
  useNotes,
  useRequest,
  valueOf,
} from "../consult";
import { OwnHardCase } from "../people/HardCase";
import type { Loaded } from "../resource";
import { setQuery, useAddress } from "../router";
import { Button, Card, Load, Notice, Page, Stack, Tabs } from "../ui";
import type { Subject } from "./note/draft";
import { NoteEditor } from "./note/NoteEditor";
import { SignedActs } from "./note/SignedActs";
import { useWide } from "../wide";
import { t } from "./words";
import "./specialist.css";

type Consult = Schema<"Consult">;
type Tab = "case" | "messages" | "answer" | "call";

/** From here on the case stays in sight while the answer is written. */
const DESK_REM = 72;

/** One consult: the case on one side, and on the other what the specialist does about it. */
export function ConsultPage({ params }: { params: { consultId: string } }): JSX.Element {
  const { consultId } = params;
  const consult = useConsult(consultId);
  const request = useRequest(consultId);
  const summary = valueOf(consult)?.summary;
  return (
    <Page
      title={summary ? personText(summary.patient) : t("case")}
      lead={summary && <ConsultLead summary={summary} />}
      width="wide"
      back={{ href: "/specialist", label: t("back") }}
    >
      <Load from={consult} rows={6}>
        {(value) => <Desk consult={value} request={request} onChanged={consult.reload} />}
      </Load>
    </Page>
  );
}

function Desk(props: {
  consult: Consult;
  request: Loaded<Schema<"Request">>;
  onChanged: () => void;
}): JSX.Element {
  const { consult } = props;
  const { summary } = consult;
  const wide = useWide(DESK_REM);
  const { query } = useAddress();
  const tabs = [
    ...(wide ? [] : [{ value: "case" as const, label: t("case") }]),
    { value: "messages" as const, label: t("messages") },
    { value: "answer" as const, label: t("answer") },
    { value: "call" as const, label: t("call") },
  ];
  const asked = tabs.find(({ value }) => value === query.get("tab"))?.value;
  const tab: Tab = asked ?? (wide ? "messages" : "case");
  const caseView = (
    <Load from={props.request} rows={5}>
      {(request) => (
        <CaseView
          request={request}
          urgency={summary.urgencyNow}
          site={summary.site}
          files={{ mayAsk: true }}
        />
      )}
    </Load>
  );
  // All of them stay in the page, so that nothing half typed goes away with a tab.
  const work = (
    <Tabs label={t("desk")} tabs={tabs} chosen={tab} onChoose={(to) => setQuery({ tab: to })}>
      {!wide && <div hidden={tab !== "case"}>{caseView}</div>}
      <div hidden={tab !== "messages"}>
        <Thread consult={consult} side="specialist" />
      </div>
      <div hidden={tab !== "answer"}>
        <Answer consult={consult} onChanged={props.onChanged} />
      </div>
      <div hidden={tab !== "call"}>
        <Stack>
          {isOpen(summary) && <CallPanel consultId={summary.id} mayInvite />}
          <AppointmentPanel consult={consult} onChanged={props.onChanged} />
          <CallHistory consultId={summary.id} />
          <TeamList team={consult.team} />
          <History history={consult.history} />
        </Stack>
      </div>
    </Tabs>
  );
  return (
    <div class={wide ? "desk" : undefined}>
      {wide && <div>{caseView}</div>}
      {!wide && tab !== "case" && (
        <p class="desk-question" dir="auto">
          {summary.question}
        </p>
      )}
      {work}
    </div>
  );
}

/** The signed notes with the clinic's decisions, the outcome, and what is being written. */
function Answer(props: { consult: Consult; onChanged: () => void }): JSX.Element {
  const { summary } = props.consult;
  const notes = useNotes(summary.id);
  const [begun, setBegun] = useState<Subject>();
  const me = useMe();
  const known = valueOf(useCatalogue())?.languages ?? [];
  return (
    <Load from={notes}>
      {(value) => {
        const signed = value.signed.length > 0;
        const mine = props.consult.standing.includes("specialist");
        const may = mine && isOpen(summary);
        const first: Subject[] = signed ? [] : [{ kind: "note" }];
        const subjects = may
          ? distinct([...(begun ? [begun] : []), ...value.drafts.map(subjectOf), ...first])
          : [];
        const reload = () => {
          notes.reload();
          props.onChanged();
        };
        return (
          <Stack>
            {signed && (
              <SignedNotes
                consultId={summary.id}
                notes={value.signed}
                {...(may && {
                  acts: (note: Schema<"SignedNote">) => (
                    <SignedActs
                      consultId={summary.id}
                      note={note}
                      me={me.account.id}
                      onWrite={setBegun}
                      onChanged={reload}
                    />
                  ),
                })}
              />
            )}
            {signed && <FollowUpPanel consultId={summary.id} mayPlan={may} />}
            {mine && summary.status === "closed" && <OwnHardCase consultId={summary.id} />}
            {!signed && subjects.length === 0 && (
              <SignedNotes consultId={summary.id} notes={[]} empty={t("emptyAnswer")} />
            )}
            {!isOpen(summary) && <Notice>{t("readOnly")}</Notice>}
            {subjects.map((subject) => (
              <NoteEditor
                key={`${summary.id} ${nameOf(subject)} ${value.signed.length}`}
                consultId={summary.id}
                subject={subject}
                drafts={value.drafts}
                seenVersion={value.signed[0]?.version ?? 0}
                language={summary.language ?? me.account.language}
                languages={[me.account.language, ...known.map(({ code }) => code)]}
                specialty={summary.specialty}
                later={signed}
                onSigned={() => {
                  setBegun(undefined);
                  reload();
                }}
                onMoved={notes.reload}
                {...(begun && nameOf(begun) === nameOf(subject)
                  ? { onClose: () => setBegun(undefined) }
                  : {})}
              />
            ))}
            {signed && may && subjects.length === 0 && (
              <Card>
                <p class="muted">{t("writeLaterLead")}</p>
                <div>
                  <Button icon="note" onPress={() => setBegun({ kind: "note" })}>
                    {t("writeLater")}
                  </Button>
                </div>
              </Card>
            )}
          </Stack>
        );
      }}
    </Load>
  );
}

function subjectOf({ kind, amends }: Schema<"NoteDraft">): Subject {
  return amends ? { kind, amends } : { kind };
}

function nameOf({ kind, amends }: Subject): string {
  return `${kind} ${amends ?? ""}`;
}

function distinct(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [nameOf(subject), subject])).values()];
}
