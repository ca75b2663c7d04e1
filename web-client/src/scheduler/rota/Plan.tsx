import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAct } from "../../act";
import { api, ok, once, type Schema } from "../../api/client";
import { noonOf } from "../../specialist/roster/days";
import { useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { dayKey, dayWithTime, millis, ownZone, useNow, zoneLabel } from "../../time";
import {
  Button,
  Card,
  IconButton,
  Load,
  Notice,
  ProblemNotice,
  Select,
  Stack,
  toast,
} from "../../ui";
import { useWeeks, WeekSteps } from "../WeekSteps";
import { type Change, ChangeDialog } from "./ChangeDialog";
import { MonthRows } from "./MonthRows";
import { SwapRequests } from "./SwapRequests";
import { type Shift, weeksFrom } from "./timeline";
import { WeekLanes } from "./WeekLanes";
import { t } from "./words";
import "./rota.css";

type Rota = Schema<"Rota">;

/** Far enough back for the running turn, and all that is laid out. */
const DAYS = 62;

/** What a move has made, and in words what it was: it can be taken back. */
interface Done {
  readonly made: readonly string[];
  readonly words: string;
}

/** One rota: the plan as bars, its gaps in words, swaps, and what was changed by hand. */
export function Plan(props: {
  rotas: readonly Rota[];
  rota: Rota;
  /** A time that the coverage says nobody could be reached in. */
  wanted: { start: string; end: string } | undefined;
  onEdit: () => void;
}): JSX.Element {
  const { rota, wanted } = props;
  const { query } = useAddress();
  const now = useNow(60_000);
  const month = query.get("view") === "month";
  const zone = query.get("clock") === "own" ? ownZone() : rota.zone;
  const shown = useWeeks(zone, month ? 4 : 1);
  const plan = useResource(
    () =>
      ok(
        api.GET("/rotas/{rotaId}", {
          params: {
            path: { rotaId: rota.id },
            query: { from: dayBefore(shown.monday), days: DAYS },
          },
        }),
      ),
    [rota.id, rota.version, shown.monday],
    { live: "roster" },
  );
  const [changing, setChanging] = useState<Change>();
  const [done, setDone] = useState<Done>();
  const move = useAct(
    (key: string, shift: Shift, to: { start: string; end: string; specialistId: string }) =>
      ok(
        api.POST("/rotas/{rotaId}/shifts/{shiftId}/move", {
          params: { path: { rotaId: rota.id, shiftId: shift.id } },
          body: to,
          headers: once(key),
        }),
      ).then(({ overrideIds }) => ({ made: overrideIds, words: t("moved", wordsOf(to, zone)) })),
    (result) => {
      setDone(result);
      plan.reload();
    },
  );
  const undo = useAct(
    (key: string, overrideIds: readonly string[]) =>
      ok(
        api.POST("/rotas/{rotaId}/undo", {
          params: { path: { rotaId: rota.id } },
          body: { overrideIds: [...overrideIds] },
          headers: once(key),
        }),
      ),
    () => {
      toast(t("undone"));
      setDone(undefined);
      plan.reload();
    },
  );
  const weeks = weeksFrom(shown.monday, month ? 4 : 1);
  const span = t("span", { from: shown.first, to: shown.last });
  const open = ({ id, layer, start, end, person }: Shift) =>
    setChanging({ shiftId: id, layer, start, end, specialistId: person?.id ?? "" });
  const problem = move.problem ?? undo.problem;
  return (
    <Stack>
      <div class="week-bar">
        <WeekSteps
          weeks={shown}
          name={span}
          words={{ earlier: t("previous"), later: t("next"), now: t("today") }}
        />
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
          <Clock rota={rota} zone={zone} now={now} />
        </div>
      </div>
      {wanted && (
        <Notice
          tone="warning"
          title={t("wanted", {
            from: dayWithTime(wanted.start, zone),
            to: dayWithTime(wanted.end, zone),
          })}
          action={
            <Button
              small
              onPress={() => setChanging({ ...wanted, layer: "primary", specialistId: "" })}
            >
              {t("fill")}
            </Button>
          }
        />
      )}
      {problem && <ProblemNotice problem={problem} />}
      {done && (
        <div role="status">
          <Notice
            tone="good"
            title={done.words}
            action={
              done.made.length > 0 && (
                <Button small busy={undo.busy} onPress={() => undo.run(done.made)}>
                  {t("undo")}
                </Button>
              )
            }
          />
        </div>
      )}
      <Load from={plan} rows={5}>
        {({ shifts, overrides, rota: laid }) => (
          <>
            {month ? (
              <MonthRows
                weeks={weeks}
                shifts={shifts}
                people={laid.people}
                zone={zone}
                caption={t("caption", { name: laid.name, span })}
                onOpen={open}
              />
            ) : (
              <WeekLanes
                days={weeks[0] ?? []}
                shifts={shifts}
                people={laid.people}
                zone={zone}
                caption={t("caption", { name: laid.name, span })}
                onOpen={open}
                onMoved={(shift, { personId, start, end }) => {
                  setDone(undefined);
                  move.run(shift, { start, end, specialistId: personId });
                }}
              />
            )}
            {!month && <p class="muted small">{t("dragHint")}</p>}
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
            <div>
              <Button icon="note" onPress={props.onEdit}>
                {t("edit")}
              </Button>
            </div>
            {changing && (
              <ChangeDialog
                rota={laid}
                change={changing}
                onClose={() => setChanging(undefined)}
                onChanged={(made) => {
                  setChanging(undefined);
                  setDone({ made, words: t("changed") });
                  if (wanted) setQuery({ start: undefined, end: undefined });
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

function Clock(props: { rota: Rota; zone: string; now: number }): JSX.Element | null {
  const { rota, zone, now } = props;
  if (ownZone() === rota.zone) return null;
  return (
    <Select
      label={t("clock")}
      value={zone === rota.zone ? "rota" : "own"}
      onChange={(to) => setQuery({ clock: to === "rota" ? undefined : to })}
      options={[
        { value: "rota", label: t("rotaClock", { zone: zoneLabel(rota.zone, now) }) },
        { value: "own", label: t("ownClock", { zone: zoneLabel(ownZone(), now) }) },
      ]}
    />
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
      {gaps.length > 0 && (
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
      )}
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
                layer: t(one.layer),
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

function wordsOf(to: { start: string; end: string }, zone: string): { from: string; to: string } {
  return { from: dayWithTime(to.start, zone), to: dayWithTime(to.end, zone) };
}

function dayBefore(date: string): string {
  const before = new Date(Date.parse(noonOf(date)) - 86_400_000);
  return `${dayKey(before, "UTC")}T00:00:00Z`;
}
