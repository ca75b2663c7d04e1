import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { daysFrom, mondayOf, noonOf } from "../../specialist/roster/days";
import { useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { day, dayKey, millis, ownZone, useNow, zoneLabel } from "../../time";
import {
  Button,
  Card,
  EmptyState,
  IconButton,
  Load,
  Notice,
  Page,
  ProblemNotice,
  Select,
  Stack,
  toast,
} from "../../ui";
import { dayWithTime } from "../roster/coverage";
import { ChangeDialog } from "./ChangeDialog";
import { RotaDialog } from "./RotaDialog";
import { SwapRequests } from "./SwapRequests";
import { Timeline } from "./Timeline";
import { type Change, changeOf, type Shift, todayIn, weeksFrom } from "./timeline";
import { t } from "./words";
import "./rota.css";

type Rota = Schema<"Rota">;

/** Rotas of the organisation: the plan as bars, its gaps in words, swaps, and the editor. */
export function RotaPage(): JSX.Element {
  const rotas = useResource(() => ok(api.GET("/rotas")), [], { live: "roster" });
  const { query } = useAddress();
  const [editing, setEditing] = useState<Rota | "new">();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      width="wide"
      actions={
        <Button kind="primary" icon="plus" onPress={() => setEditing("new")}>
          {t("add")}
        </Button>
      }
    >
      <Load from={rotas} rows={6}>
        {({ items }) => {
          const chosen = items.find(({ id }) => id === query.get("rota")) ?? items[0];
          return chosen ? (
            <Plan key={chosen.id} rotas={items} rota={chosen} onEdit={() => setEditing(chosen)} />
          ) : (
            <EmptyState icon="calendar" title={t("empty")}>
              {t("emptyLead")}
            </EmptyState>
          );
        }}
      </Load>
      {editing && (
        <RotaDialog
          rota={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={(rota) => {
            setEditing(undefined);
            rotas.reload();
            setQuery({ rota: rota.id });
          }}
        />
      )}
    </Page>
  );
}

/** Far enough back for the running turn, and all that is laid out. */
const DAYS = 62;

function Plan(props: { rotas: readonly Rota[]; rota: Rota; onEdit: () => void }): JSX.Element {
  const { rota } = props;
  const { query } = useAddress();
  const now = useNow(60_000);
  const month = query.get("view") === "month";
  const zone = query.get("clock") === "own" ? ownZone() : rota.zone;
  const thisMonday = mondayOf(todayIn(zone, now));
  const asked = query.get("week");
  const monday = asked && /^\d{4}-\d\d-\d\d$/.test(asked) ? mondayOf(asked) : thisMonday;
  const earliest = daysFrom(monday, 1)[0] ?? monday;
  const plan = useResource(
    () =>
      ok(
        api.GET("/rotas/{rotaId}", {
          params: {
            path: { rotaId: rota.id },
            query: { from: dayBefore(earliest), days: DAYS },
          },
        }),
      ),
    [rota.id, rota.version, earliest],
    { live: "roster" },
  );
  const [changing, setChanging] = useState<Change & { key: string }>();
  const [hint, setHint] = useState(false);
  const change = useAct(
    (key: string, body: Change) =>
      ok(
        api.POST("/rotas/{rotaId}/overrides", {
          params: { path: { rotaId: rota.id } },
          body,
          headers: once(key),
        }),
      ),
    () => {
      toast(t("changed"));
      plan.reload();
    },
  );
  const weeks = weeksFrom(monday, month ? 4 : 1);
  const last = weeks.at(-1)?.at(-1) ?? monday;
  const name = (date: string) => day(noonOf(date), "UTC", now);
  const span = t("span", { from: name(monday), to: name(last) });
  const go = (step: number) => {
    const to = new Date(Date.parse(noonOf(monday)) + step * (month ? 28 : 7) * 86_400_000);
    const start = to.toISOString().slice(0, 10);
    setQuery({ week: start === thisMonday ? undefined : start });
  };
  const open = (shift: Shift) =>
    setChanging({
      key: shift.id,
      layer: shift.layer,
      start: shift.start,
      end: shift.end,
      specialistId: shift.person?.id ?? "",
    });
  return (
    <Stack>
      <div class="week-bar">
        <div class="week-steps">
          <IconButton icon="back" label={t("previous")} onPress={() => go(-1)} />
          <strong class="week-name" aria-live="polite">
            {span}
          </strong>
          <IconButton icon="next" label={t("next")} onPress={() => go(1)} />
          {monday !== thisMonday && (
            <Button small kind="quiet" onPress={() => setQuery({ week: undefined })}>
              {t("today")}
            </Button>
          )}
        </div>
        <div class="week-choices">
          {props.rotas.length > 1 && (
            <Select
              label={t("rota")}
              value={rota.id}
              onChange={(id) => setQuery({ rota: id })}
              options={props.rotas.map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
          <Select
            label={t("view")}
            value={month ? "month" : "week"}
            onChange={(to) => setQuery({ view: to === "week" ? undefined : to })}
            options={[
              { value: "week", label: t("week") },
              { value: "month", label: t("month") },
            ]}
          />
          {ownZone() !== rota.zone && (
            <Select
              label={t("clock")}
              value={zone === rota.zone ? "rota" : "own"}
              onChange={(to) => setQuery({ clock: to === "rota" ? undefined : to })}
              options={[
                { value: "rota", label: t("rotaClock", { zone: zoneLabel(rota.zone, now) }) },
                { value: "own", label: t("ownClock", { zone: zoneLabel(ownZone(), now) }) },
              ]}
            />
          )}
        </div>
      </div>
      {change.problem && <ProblemNotice problem={change.problem} />}
      {hint && <Notice tone="warning">{t("nobodyGains")}</Notice>}
      <Load from={plan} rows={5}>
        {({ shifts, overrides, rota: laid }) => (
          <>
            <Timeline
              weeks={weeks}
              shifts={shifts}
              people={laid.people}
              zone={zone}
              caption={t("caption", { name: laid.name, span })}
              onOpen={open}
              onDragged={(shift, to) => {
                const body = changeOf(shifts, shift, to);
                setHint(!body);
                if (body) change.run(body);
              }}
            />
            <p class="muted small">{t("dragHint")}</p>
            <div class="rota-cards">
              <GapCard shifts={shifts} zone={zone} now={now} onOpen={open} />
              <SwapRequests rotaId={rota.id} zone={zone} />
              <Changes
                rotaId={rota.id}
                overrides={overrides.filter((one) => !one.swapped && millis(one.end) > now)}
                zone={zone}
                onDropped={plan.reload}
              />
            </div>
            <Button icon="note" onPress={props.onEdit}>
              {t("edit")}
            </Button>
            {changing && (
              <ChangeDialog
                rota={laid}
                change={changing}
                onClose={() => setChanging(undefined)}
                onChanged={() => {
                  setChanging(undefined);
                  plan.reload();
                }}
              />
            )}
          </>
        )}
      </Load>
    </Stack>
  );
}

function GapCard(props: {
  shifts: readonly Shift[];
  zone: string;
  now: number;
  onOpen: (shift: Shift) => void;
}): JSX.Element {
  const gaps = props.shifts.filter((one) => one.state === "gap" && millis(one.end) > props.now);
  return (
    <Card title={gaps.length === 0 ? t("gapsNone") : t("gaps", { count: gaps.length })}>
      <ul class="stack stack-small">
        {gaps.slice(0, 12).map((gap) => (
          <li key={gap.id}>
            <button type="button" class="rota-link" onClick={() => props.onOpen(gap)}>
              {t("gapLine", {
                layer: t(gap.layer),
                from: dayWithTime(gap.start, props.zone),
                to: dayWithTime(gap.end, props.zone),
              })}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Changes(props: {
  rotaId: string;
  overrides: readonly Schema<"RotaOverride">[];
  zone: string;
  onDropped: () => void;
}): JSX.Element | null {
  const drop = useAct(
    (key: string, overrideId: string) =>
      ok(
        api.DELETE("/rotas/{rotaId}/overrides/{overrideId}", {
          params: { path: { rotaId: props.rotaId, overrideId } },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("dropped"));
      props.onDropped();
    },
  );
  if (props.overrides.length === 0) return null;
  return (
    <Card title={t("changes")}>
      {drop.problem && <ProblemNotice problem={drop.problem} />}
      <ul class="stack stack-small">
        {props.overrides.map((one) => (
          <li key={one.id} class="rota-line">
            <span>
              {t("changeLine", {
                name: one.person.name,
                from: dayWithTime(one.start, props.zone),
                to: dayWithTime(one.end, props.zone),
              })}
            </span>
            <IconButton icon="close" label={t("drop")} onPress={() => drop.run(one.id)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function dayBefore(date: string): string {
  const before = new Date(Date.parse(noonOf(date)) - 86_400_000);
  return `${dayKey(before, "UTC")}T00:00:00Z`;
}
