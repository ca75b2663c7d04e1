import type { JSX } from "preact";
import { api, ok, type Schema } from "../../api/client";
import {
  personText,
  statusName,
  timeThere,
  UrgencyBadge,
  urgencyName,
  useMe,
  waitingText,
} from "../../consult";
import { comma } from "../../i18n/comma";
import { type Loaded, useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { dayAndTime, useNow } from "../../time";
import { Badge, Button, EmptyState, List, Load, Select, Stack, TimeLeft } from "../../ui";
import { t as ladderWord } from "../place/ladderWords";
import { ownerText } from "../place/OwnerCard";
import { t } from "../words";
import {
  byTimeLeft,
  counts,
  filtered,
  filterIn,
  isOverdue,
  type QueueFilter,
  URGENCIES,
  WAITING,
} from "./queue";
import { useSaid } from "../../said/said";

type Summary = Schema<"ConsultSummary">;
type Queue = { items: Summary[]; nextCursor?: string };

/** As many as one page of the contract holds; a longer queue is told of, not hidden. */
const LIMIT = 200;

export function useQueue(): Loaded<Queue> {
  return useResource(
    () => ok(api.GET("/consults", { params: { query: { view: "queue", limit: LIMIT } } })),
    [],
    { live: "consult" },
  );
}

/** Everything that is open by time left, with its filters; they live in the address. */
export function QueueList(props: { queue: Loaded<Queue>; selected?: string }): JSX.Element {
  const { query } = useAddress();
  const filter = filterIn(query);
  const now = useNow(15_000);
  const search = queryText(query);
  return (
    <Load from={props.queue} rows={6}>
      {({ items, nextCursor }) => {
        if (items.length === 0) return <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState>;
        const shown = byTimeLeft(filtered(items, filter, now));
        return (
          <Stack>
            <Filters items={items} filter={filter} now={now} />
            {shown.length === 0 ? (
              <EmptyState
                icon="search"
                title={t("noneMatch")}
                action={
                  <Button
                    onPress={() =>
                      setQuery({ urgency: undefined, waiting: undefined, overdue: undefined })
                    }
                  >
                    {t("showAll")}
                  </Button>
                }
              />
            ) : (
              <List
                label={t("title")}
                rows={shown.map((consult) => ({
                  key: consult.id,
                  href: `/scheduler/consults/${consult.id}${search}`,
                  selected: consult.id === props.selected,
                  lead: <UrgencyBadge urgency={consult.urgencyNow} />,
                  title: <bdi>{consult.question}</bdi>,
                  detail: <Details consult={consult} now={now} />,
                  aside: consult.dueAt ? (
                    <TimeLeft until={consult.dueAt} />
                  ) : (
                    <Badge>{t("noClock")}</Badge>
                  ),
                }))}
              />
            )}
            {nextCursor && <p class="muted">{t("firstOnly", { count: items.length })}</p>}
          </Stack>
        );
      }}
    </Load>
  );
}

function Details({ consult, now }: { consult: Summary; now: number }): JSX.Element {
  const { custody } = consult;
  const me = useMe().account.id;
  const said = useSaid();
  const place = { site: consult.site.name, time: timeThere(consult.site.zone, now) };
  return (
    <>
      {personText(consult.patient)} · <bdi>{t("siteTime", place)}</bdi>
      <br />
      {statusName(consult.status)} · {waitingText(consult, "coordinator")}
      {(custody.owner.kind === "coordinator" || custody.owner.kind === "duty-group") && (
        <>
          {" "}
          · <bdi>{ownerText(consult.custody, me)}</bdi>
        </>
      )}
      {custody.attention !== "none" && (
        <>
          {" "}
          <Badge tone={custody.supervisorCall ? "red" : "orange"}>
            {custody.supervisorCall
              ? ladderWord("attentionSupervisor")
              : ladderWord("attentionOwn")}
          </Badge>
        </>
      )}
      {custody.supervisorCall && (
        <strong class="queue-next">
          {ladderWord("supervisorPhone", { organisation: consult.organisation.name })}
          {custody.supervisorCall.number && (
            <>
              {comma()}
              <bdi>{custody.supervisorCall.number}</bdi>
            </>
          )}
          {" · "}
          {ladderWord("since", { time: dayAndTime(custody.supervisorCall.since, undefined, now) })}
        </strong>
      )}
      {custody.next && (
        <span class="queue-next">
          {ladderWord("nextLine", {
            time: dayAndTime(custody.next.at, undefined, now),
            what: said(custody.next.sentence, custody.next.said),
          })}
        </span>
      )}
    </>
  );
}

function Filters(props: {
  items: readonly Summary[];
  filter: QueueFilter;
  now: number;
}): JSX.Element {
  const { items, filter, now } = props;
  const overdue = items.filter((consult) => isOverdue(consult, now)).length;
  const urgencies = counts(items, URGENCIES, ({ urgencyNow }) => urgencyNow);
  const waiting = counts(items, WAITING, ({ waitingOn }) => waitingOn);
  const label = (name: string, count: number) => t("withCount", { label: name, count });
  return (
    <div class="queue-filters">
      <Select
        label={t("filterUrgency")}
        value={filter.urgency}
        onChange={(urgency) => setQuery({ urgency: urgency || undefined })}
        options={[
          { value: "", label: label(t("all"), items.length) },
          ...URGENCIES.map((value) => ({
            value,
            label: label(urgencyName(value), urgencies[value]),
          })),
        ]}
      />
      <Select
        label={t("filterWaiting")}
        value={filter.waitingOn}
        onChange={(to) => setQuery({ waiting: to || undefined })}
        options={[
          { value: "", label: label(t("all"), items.length) },
          ...WAITING.map((value) => ({ value, label: label(t(value), waiting[value]) })),
        ]}
      />
      <Button
        icon="warning"
        pressed={filter.overdue}
        disabled={overdue === 0 && !filter.overdue}
        onPress={() => setQuery({ overdue: filter.overdue ? undefined : "yes" })}
      >
        {overdue === 0 ? t("nothingOverdue") : t("overdue", { count: overdue })}
      </Button>
    </div>
  );
}

/** The filters go along to a consult and back, its own tab does not. */
export function queryText(query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  kept.delete("tab");
  return kept.size > 0 ? `?${kept.toString()}` : "";
}
