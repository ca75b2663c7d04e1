import type { JSX } from "preact";
import { api, ok, type Schema } from "../api/client";
import { consultRow, NoteNotices, statusName, useMe, valueOf } from "../consult";
import { draftNames, readDraft } from "../drafts";
import { acts } from "../offline/acts";
import { useResource } from "../resource";
import { setQuery, useAddress } from "../router";
import { useStore } from "../store";
import {
  Badge,
  Button,
  EmptyState,
  lazy,
  LinkButton,
  List,
  Load,
  Page,
  Row,
  Stack,
  Tabs,
  When,
} from "../ui";
import { grouped, type Side } from "./groups";
import { patientName } from "./patientName";
import { DRAFT_PREFIX } from "./request/draftName";
import type { DraftValues } from "./request/values";
import { t } from "./words";

const CapabilityNag = lazy(() => import("./capability/CapabilityNag"), [], false);
const WaitingList = lazy<{ plain?: boolean }>(() => import("../offline/WaitingList"), [], false);

type Summary = Schema<"ConsultSummary">;
type Patients = ReadonlyMap<string, Schema<"Patient">>;

const SHOWN = 100;

/** The clinic's first page: what is not sent, what waits for whom, what is closed. */
export function ConsultsPage(): JSX.Element {
  const { query } = useAddress();
  const view = query.get("view") === "closed" ? "closed" : "open";
  return (
    <Page
      title={t("title")}
      actions={
        <LinkButton kind="primary" icon="plus" href="/clinic/new">
          {t("newConsult")}
        </LinkButton>
      }
    >
      <Tabs
        label={t("views")}
        tabs={[
          { value: "open", label: t("open") },
          { value: "closed", label: t("closed") },
        ]}
        chosen={view}
        onChoose={(chosen) => setQuery({ view: chosen === "open" ? undefined : chosen })}
      >
        <Stack>
          <NoteNotices hrefOf={(consult) => `/clinic/consults/${consult}?tab=answer`} />
          <WaitingList />
          {view === "open" && <Drafts />}
          <Consults key={view} view={view} onlyMine={query.get("mine") !== null} />
        </Stack>
      </Tabs>
    </Page>
  );
}

function Consults(props: { view: "open" | "closed"; onlyMine: boolean }): JSX.Element {
  const { view, onlyMine } = props;
  const me = useMe().account.id;
  const consults = useResource(() => consultsWithPatients(view), [view], {
    live: ["consult", "patient"],
  });
  return (
    <Load from={consults} rows={5}>
      {({ items, patients, more }) => {
        const shown = onlyMine ? items.filter(({ requester }) => requester.id === me) : items;
        return (
          <Stack>
            {view === "open" && items.length > 0 && (
              <Row>
                <Button
                  small
                  pressed={onlyMine}
                  onPress={() => setQuery({ mine: onlyMine ? undefined : "1" })}
                >
                  {t("onlyMine")}
                </Button>
              </Row>
            )}
            {items.length === 0 ? (
              <NoConsults view={view} />
            ) : shown.length === 0 ? (
              <p class="muted">{t("emptyMine")}</p>
            ) : view === "open" ? (
              <Groups consults={shown} patients={patients} />
            ) : (
              <List label={t("closed")} rows={shown.map((one) => row(one, patients))} />
            )}
            {more && <p class="muted small">{t("more", { count: items.length })}</p>}
            <CapabilityNag />
          </Stack>
        );
      }}
    </Load>
  );
}

function NoConsults({ view }: { view: "open" | "closed" }): JSX.Element {
  return view === "open" ? (
    <EmptyState
      title={t("empty")}
      action={
        <LinkButton kind="primary" icon="plus" href="/clinic/new">
          {t("newConsult")}
        </LinkButton>
      }
    >
      {t("emptyLead")}
    </EmptyState>
  ) : (
    <EmptyState title={t("emptyClosed")}>{t("emptyClosedLead")}</EmptyState>
  );
}

function Groups(props: { consults: readonly Summary[]; patients: Patients }): JSX.Element {
  const names: Record<Side, string> = {
    clinic: t("groupClinic"),
    coordinator: t("groupCoordinator"),
    specialist: t("groupSpecialist"),
    nobody: t("groupNobody"),
  };
  return (
    <Stack>
      {grouped(props.consults).map(({ side, consults }) => (
        <section key={side} class="stack stack-small">
          <h2>{names[side]}</h2>
          <List label={names[side]} rows={consults.map((one) => row(one, props.patients))} />
        </section>
      ))}
    </Stack>
  );
}

function row(summary: Summary, patients: Patients) {
  const patient = patients.get(summary.patient.id);
  return consultRow(summary, {
    href: `/clinic/consults/${summary.id}`,
    patient: patient && (
      <strong>
        <bdi>{patientName(patient)}</bdi>
        {patient.name && (
          <>
            {" "}
            <bdi>({patient.localNumber})</bdi>
          </>
        )}
      </strong>
    ),
    detail: `${summary.site.name} · ${statusName(summary.status)}`,
  });
}

async function consultsWithPatients(
  view: "open" | "closed",
): Promise<{ items: Summary[]; patients: Patients; more: boolean }> {
  const { items, nextCursor } = await ok(
    api.GET("/consults", { params: { query: { view, limit: SHOWN } } }),
  );
  const ids = [...new Set(items.map(({ patient }) => patient.id))];
  // The list never holds a name; the clinic's own patients are asked for beside it.
  const known =
    ids.length === 0
      ? []
      : (
          await ok(
            api.GET("/patients", { params: { query: { ids: ids.join(","), limit: SHOWN } } }),
          )
        ).items;
  return {
    items,
    patients: new Map(known.map((patient) => [patient.id, patient])),
    more: nextCursor !== undefined,
  };
}

/** One request that was begun and not sent. */
export interface Begun {
  readonly id: string;
  readonly question: string;
  readonly patient: string;
  readonly savedAt: string;
  /** The server does not have it yet. */
  readonly localOnly: boolean;
}

function Drafts(): JSX.Element | null {
  const drafts = useResource(begun, [], { live: "consult" });
  const queued = useStore(acts).map(({ doing }) => "consultId" in doing && doing.consultId);
  const items = (valueOf(drafts) ?? []).filter(({ id }) => !queued.includes(id));
  if (items.length === 0) return null;
  return (
    <section class="stack stack-small">
      <h2>{t("drafts")}</h2>
      <List
        label={t("drafts")}
        rows={items.map((one) => ({
          key: one.id,
          href: `/clinic/drafts/${one.id}`,
          title: <bdi>{one.question || t("draftUntitled")}</bdi>,
          detail: (
            <>
              <bdi>{one.patient || t("draftNoPatient")}</bdi> · <When at={one.savedAt} />
            </>
          ),
          aside: (
            <Badge tone={one.localOnly ? "orange" : "neutral"}>
              {one.localOnly ? t("draftLocal") : t("draftSaved")}
            </Badge>
          ),
        }))}
      />
    </section>
  );
}

/** Drafts of the server and of this device, the latest first; without a link those of the device. */
async function begun(): Promise<Begun[]> {
  const onServer = await ok(api.GET("/requests")).then(
    ({ items }) => items.filter(({ status }) => status === "draft"),
    () => [],
  );
  const here = await localDrafts();
  const listed: Begun[] = onServer.map((request) => ({
    id: request.consultId,
    question: request.content.situation?.question ?? "",
    patient: patientLabel(request.patient),
    savedAt: request.savedAt,
    localOnly: false,
  }));
  const known = new Set(listed.map(({ id }) => id));
  return [...listed, ...here.filter(({ id }) => !known.has(id))].sort((a, b) =>
    b.savedAt.localeCompare(a.savedAt),
  );
}

async function localDrafts(): Promise<Begun[]> {
  const names = (await draftNames()).filter((name) => name.startsWith(DRAFT_PREFIX));
  const found = await Promise.all(
    names.map(async (name): Promise<Begun[]> => {
      const draft = await readDraft(name);
      if (!draft) return [];
      const values = draft.values as Partial<DraftValues>;
      return [
        {
          id: name.slice(DRAFT_PREFIX.length),
          question: values.question ?? "",
          patient: values.patient ? patientLabel(values.patient) : "",
          savedAt: new Date(draft.savedAt).toISOString(),
          localOnly: true,
        },
      ];
    }),
  );
  return found.flat();
}

function patientLabel(patient: Schema<"PatientShared">): string {
  const number = patient.localNumber ?? "";
  return patient.name ? `${patient.name} (${number})` : t("patientNumber", { number });
}
