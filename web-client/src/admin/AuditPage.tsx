import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, type Schema } from "../api/client";
import { roleName } from "../app/names";
import { useForm } from "../form";
import { useResource } from "../resource";
import { setQuery, useAddress } from "../router";
import type { Role } from "../session";
import {
  Badge,
  Button,
  Card,
  Choice,
  EmptyState,
  FormFrame,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Stack,
  Table,
  TextInput,
  When,
} from "../ui";
import {
  type About,
  aboutIn,
  actName,
  idIn,
  joined,
  outcomeTone,
  shortId,
  subjectText,
} from "./trail";
import { t } from "./words";
import "./admin.css";

type AuditEvent = Schema<"AuditEvent">;
type Trail = { items: AuditEvent[]; nextCursor?: string };

const PAGE_SIZE = 50;

/** The organisation's audit trail, for administrators and data officers. */
export function AuditPage(): JSX.Element {
  const about = aboutIn(useAddress().query);
  const name = about.kind === "everything" ? "" : about.id;
  const newest = useResource(() => fetchPage(about), [about.kind, name], { live: "audit" });
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <Stack>
        <Filter key={`${about.kind} ${name}`} about={about} />
        <Load from={newest} rows={8}>
          {(first) => <Entries key={`${about.kind} ${name}`} about={about} first={first} />}
        </Load>
      </Stack>
    </Page>
  );
}

function fetchPage(about: About, cursor?: string): Promise<Trail> {
  const query = {
    limit: PAGE_SIZE,
    ...(about.kind === "consult" ? { consultId: about.id } : {}),
    ...(about.kind === "patient" ? { patientId: about.id } : {}),
    ...(cursor ? { cursor } : {}),
  };
  return ok(api.GET("/audit-events", { params: { query } }));
}

function Filter({ about }: { about: About }): JSX.Element {
  const form = useForm({
    initial: { kind: about.kind, number: about.kind === "everything" ? "" : about.id },
    validate: ({ kind, number }) =>
      kind !== "everything" && !idIn(number)
        ? [{ pointer: "/number", detail: t("askNumber") }]
        : [],
    send: (values) => Promise.resolve(values),
    onSent: ({ kind, number }) => {
      const id = idIn(number);
      setQuery({
        consult: kind === "consult" ? id : undefined,
        patient: kind === "patient" ? id : undefined,
      });
    },
  });
  if (about.kind !== "everything") {
    const id = shortId(about.id);
    return (
      <Notice
        action={
          <Button
            small
            icon="close"
            onPress={() => setQuery({ consult: undefined, patient: undefined })}
          >
            {t("showAll")}
          </Button>
        }
      >
        {about.kind === "consult" ? t("onlyConsult", { id }) : t("onlyPatient", { id })}{" "}
        <code>{about.id}</code>
      </Notice>
    );
  }
  return (
    <Card>
      <FormFrame form={form} submit={t("show")}>
        <Choice
          label={t("filter")}
          options={[
            { value: "everything", label: t("everything") },
            { value: "consult", label: t("aConsult") },
            { value: "patient", label: t("aPatient") },
          ]}
          {...form.field("/kind")}
        />
        {form.values.kind !== "everything" && (
          <TextInput label={t("number")} hint={t("numberHint")} {...form.field("/number")} />
        )}
      </FormFrame>
    </Card>
  );
}

function Entries({ about, first }: { about: About; first: Trail }): JSX.Element {
  const [older, setOlder] = useState<readonly Trail[]>([]);
  const end = useRef<HTMLParagraphElement>(null);
  const cursor = (older[older.length - 1] ?? first).nextCursor;
  const more = useAct(
    () => fetchPage(about, cursor),
    (page) => setOlder((before) => [...before, page]),
  );
  const events = joined([first.items, ...older.map(({ items }) => items)]);
  useEffect(() => {
    // The button that was pressed may be gone: the focus goes on to where the list ends.
    if (older.length > 0 && !cursor) end.current?.focus();
  }, [older.length, cursor]);
  if (events.length === 0) {
    return about.kind === "everything" ? (
      <EmptyState icon="shield" title={t("empty")}>
        {t("emptyLead")}
      </EmptyState>
    ) : (
      <EmptyState icon="search" title={t("emptyFiltered")}>
        {t("emptyFilteredLead")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      <div class="audit">
        <Table
          caption={t("title")}
          rows={events}
          rowKey={(event) => event.id}
          columns={[
            { label: t("when"), cell: (event) => <When at={event.at} /> },
            { label: t("who"), cell: (event) => <Who event={event} /> },
            {
              label: t("act"),
              cell: ({ action }) => (
                <span title={action}>
                  {actName(action)}
                  <br />
                  <code class="muted small">{action}</code>
                </span>
              ),
            },
            { label: t("concerns"), cell: (event) => <Subject event={event} about={about} /> },
            {
              label: t("outcome"),
              cell: (event) => <Badge tone={outcomeTone(event)}>{event.outcome}</Badge>,
            },
          ]}
        />
      </div>
      {more.problem && <ProblemNotice problem={more.problem} onRetry={() => more.run()} />}
      <p class="muted small" role="status" tabIndex={-1} ref={end}>
        {t("shown", { count: events.length })}. {!cursor && t("end")}
      </p>
      {cursor && (
        <div>
          <Button busy={more.busy} onPress={() => more.run()}>
            {t("older")}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function Who({ event }: { event: AuditEvent }): JSX.Element {
  return (
    <span>
      <bdi>{event.actor?.name ?? t("system")}</bdi>
      {event.role && event.actor && (
        <>
          <br />
          <span class="muted small">{roleName(event.role as Role) ?? event.role}</span>
        </>
      )}
    </span>
  );
}

/** Pressing what an entry concerns shows all that was done with it. */
function Subject({ event, about }: { event: AuditEvent; about: About }): JSX.Element {
  const { consultId, patientId } = event;
  return (
    <span class="audit-subject">
      {consultId &&
        (about.kind === "consult" ? (
          t("consult", { id: shortId(consultId) })
        ) : (
          <a href={`?consult=${consultId}`}>{t("consult", { id: shortId(consultId) })}</a>
        ))}
      {patientId &&
        (about.kind === "patient" ? (
          t("patient", { id: shortId(patientId) })
        ) : (
          <a href={`?patient=${patientId}`}>{t("patient", { id: shortId(patientId) })}</a>
        ))}
      {!consultId && !patientId && event.subject && (
        <span title={event.subject}>{subjectText(event.subject)}</span>
      )}
    </span>
  );
}
