import type { JSX } from "preact";
import { api, ok, type Schema } from "../../api/client";
import { useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { day, dayKey } from "../../time";
import { noonOf } from "../../specialist/roster/days";
import { Button, Icon, Load, Page, Row, Select, Stack, Tabs } from "../../ui";
import { firstDay, type Grouping, type PeriodWeeks, PERIODS, type Timed, TIMED } from "./figures";
import { LoadView } from "./LoadView";
import { ReachView } from "./ReachView";
import { TimesView } from "./TimesView";
import { UnansweredView } from "./UnansweredView";
import { t } from "./words";
import "./reports.css";

const VIEWS = ["times", "unanswered", "reach", "load"] as const;
type View = (typeof VIEWS)[number];

const GROUPINGS: readonly Grouping[] = ["urgency", "specialty", "language", "site", "organisation"];
const URGENCIES: readonly Schema<"Urgency">[] = ["red", "orange", "yellow", "green", "blue"];
const PERIOD_WORDS = { "4": "weeks4", "12": "weeks12", "26": "weeks26", "52": "weeks52" } as const;
const USUAL: PeriodWeeks = "12";

/** One of `values` as it stands in the address. */
function chosen<V extends string>(values: readonly V[], text: string | null): V | undefined {
  return values.find((value) => value === text);
}

/** The organisation's figures. What is chosen lives in the address, so that it can be passed on. */
export default function ReportsPage(props: { consultPages: boolean }): JSX.Element {
  const { query } = useAddress();
  const view = chosen(VIEWS, query.get("tab")) ?? "times";
  const weeks = chosen(PERIODS, query.get("weeks")) ?? USUAL;
  const to = dayKey(Date.now());
  const from = firstDay(to, Number(weeks));
  const by = chosen(GROUPINGS, query.get("by")) ?? "urgency";
  const urgency = chosen(URGENCIES, query.get("urgency"));
  const timed = chosen(TIMED, query.get("measure")) ?? "answered";
  const times = { from, to, by, ...(urgency ? { urgency } : {}) };
  const period = { from, to };
  return (
    <Page title={t("title")} width="wide">
      <Stack>
        <div class="report-head">
          <Select
            label={t("period")}
            value={weeks}
            onChange={(value) => setQuery({ weeks: value === USUAL ? undefined : value })}
            options={PERIODS.map((value) => ({ value, label: t(PERIOD_WORDS[value]) }))}
          />
          <Row>
            <a
              class="button button-plain"
              download
              href={`/api/v1/reports/${view}.csv?${new URLSearchParams(
                view === "times" ? times : period,
              ).toString()}`}
            >
              <Icon name="down" />
              <span>{t("csv")}</span>
            </a>
            <Button icon="note" onPress={() => print()}>
              {t("print")}
            </Button>
          </Row>
        </div>
        <Tabs
          label={t("views")}
          chosen={view}
          onChoose={(value: View) => setQuery({ tab: value === "times" ? undefined : value })}
          tabs={VIEWS.map((value) => ({ value, label: t(value) }))}
        >
          <Stack>
            {view === "times" && <TimesTab query={times} timed={timed} urgency={urgency} />}
            {view === "unanswered" && (
              <UnansweredTab query={period} consultPages={props.consultPages} />
            )}
            {view === "reach" && <ReachTab query={period} />}
            {view === "load" && <LoadTab query={period} />}
          </Stack>
        </Tabs>
      </Stack>
    </Page>
  );
}

interface Period {
  readonly from: string;
  readonly to: string;
}

function Lead({ about }: { about: Schema<"ReportAbout"> }): JSX.Element {
  const said = { from: day(noonOf(about.from), "UTC"), to: day(noonOf(about.to), "UTC") };
  return <p class="muted">{t(about.scope === "own" ? "leadOwn" : "leadHelped", said)}</p>;
}

function TimesTab(props: {
  query: Period & { by: Grouping; urgency?: Schema<"Urgency"> };
  timed: Timed;
  urgency: Schema<"Urgency"> | undefined;
}): JSX.Element {
  const { query, timed, urgency } = props;
  const times = useResource(
    () => ok(api.GET("/reports/times", { params: { query } })),
    [query.from, query.to, query.by, urgency],
  );
  return (
    <Load from={times} rows={6}>
      {(report) => (
        <>
          <Lead about={report.about} />
          <TimesView times={report} timed={timed} urgency={urgency} />
        </>
      )}
    </Load>
  );
}

function UnansweredTab(props: { query: Period; consultPages: boolean }): JSX.Element {
  const { query, consultPages } = props;
  const unanswered = useResource(
    () => ok(api.GET("/reports/unanswered", { params: { query } })),
    [query.from, query.to],
    { live: "consult" },
  );
  return (
    <Load from={unanswered} rows={4}>
      {(report) => (
        <>
          <Lead about={report.about} />
          <UnansweredView
            report={report}
            consultHref={consultPages ? (id) => `/scheduler/consults/${id}` : undefined}
          />
        </>
      )}
    </Load>
  );
}

function ReachTab({ query }: { query: Period }): JSX.Element {
  const reach = useResource(
    () => ok(api.GET("/reports/reach", { params: { query } })),
    [query.from, query.to],
  );
  return (
    <Load from={reach} rows={6}>
      {(report) => (
        <>
          <Lead about={report.about} />
          <ReachView report={report} />
        </>
      )}
    </Load>
  );
}

function LoadTab({ query }: { query: Period }): JSX.Element {
  const load = useResource(
    () => ok(api.GET("/reports/load", { params: { query } })),
    [query.from, query.to],
  );
  return (
    <Load from={load} rows={6}>
      {(report) => (
        <>
          <Lead about={report.about} />
          <LoadView report={report} />
        </>
      )}
    </Load>
  );
}
