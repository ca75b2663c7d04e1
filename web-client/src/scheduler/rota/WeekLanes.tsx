import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Schema } from "../../api/client";
import { noonOf } from "../../specialist/roster/days";
import { clockTime, day, dayKey, dayWithTime, millis, useNow, zoneLabel } from "../../time";
import { ShiftBar, whereTheyAre } from "./ShiftBar";
import {
  hueOf,
  inWindow,
  type Lane,
  lanesOf,
  type Shift,
  type Target,
  windowOfDays,
} from "./timeline";
import { type ShiftDrag, useShiftDrag } from "./useShiftDrag";
import { t } from "./words";

type Person = Schema<"RotaPerson">;

interface Parts {
  readonly days: readonly string[];
  readonly people: readonly Person[];
  readonly zone: string;
  readonly onOpen: (shift: Shift) => void;
}

/** A week, a row for each person: shifts are dragged to another time or another person. */
export function WeekLanes(
  props: Parts & {
    shifts: readonly Shift[];
    caption: string;
    onMoved: (shift: Shift, to: Target & { personId: string }) => void;
  },
): JSX.Element {
  const now = useNow(60_000);
  const { days, zone } = props;
  const window = windowOfDays(days[0] ?? "", days.length, zone);
  const lanes = lanesOf(props.shifts, props.people, window);
  const people = lanes.flatMap(({ person }) => person ?? []);
  const drag = useShiftDrag(
    people.map(({ id }) => id),
    props.onMoved,
  );
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => showNow(frame.current), [days[0], zone]);
  const today = dayKey(now, zone);
  const held = drag.held;
  const to = held && people.find(({ id }) => id === held.to.personId);
  return (
    <div class="rota-frame" role="group" aria-label={props.caption} data-lanes ref={frame}>
      <section class="rota-week">
        <div class="rota-days" aria-hidden="true">
          {days.map((date) => (
            <span key={date} class={date === today ? "rota-today" : undefined}>
              {day(noonOf(date), "UTC", now)}
            </span>
          ))}
        </div>
        {lanes.map((lane) => (
          <LaneRow key={lane.key} {...props} lane={lane} people={people} now={now} drag={drag} />
        ))}
      </section>
      <p class="rota-drag" role="status">
        {held && (
          <>
            <strong>
              {t("target", {
                layer: t(held.shift.layer),
                name: to?.name ?? t("gap"),
                from: dayWithTime(held.to.start, zone),
                to: dayWithTime(held.to.end, zone),
              })}
            </strong>{" "}
            {to && to.zone !== zone && whereTheyAre(held.to, to)}{" "}
            {held.by === "keys" && t("targetKeys")}
          </>
        )}
      </p>
    </div>
  );
}

/** Today may lie beyond the edge of a phone. */
function showNow(frame: HTMLElement | null): void {
  const row = frame?.querySelector<HTMLElement>(".rota-row");
  const now = row?.querySelector<HTMLElement>(".rota-now");
  if (frame && row && now) frame.scrollLeft = now.offsetLeft - row.offsetWidth / 14;
}

function LaneRow(props: Parts & { lane: Lane; now: number; drag: ShiftDrag }): JSX.Element {
  const { lane, days, zone, now, drag } = props;
  const window = windowOfDays(days[0] ?? "", days.length, zone);
  const { held } = drag;
  const lands = held && lane.person && held.to.personId === lane.person.id;
  const at = (now - window.from) / (window.to - window.from);
  return (
    <div class="rota-lane">
      <span class="rota-who">
        {lane.person ? (
          <>
            <span
              class={`rota-dot rota-hue-${hueOf(props.people, lane.person.id)}`}
              aria-hidden="true"
            />
            <bdi>{lane.person.name}</bdi>
            <span class="muted small">
              {clockTime(now, lane.person.zone)} {zoneLabel(lane.person.zone, now)}
            </span>
          </>
        ) : (
          <>
            <strong class="rota-nobody">{t("gap")}</strong>
            <span class="muted small">{lane.layer && t(lane.layer)}</span>
          </>
        )}
      </span>
      <ol
        class={`rota-row${lands ? " rota-lands" : ""}`}
        data-lane={lane.person?.id ?? ""}
        aria-label={lane.person?.name ?? t("gap")}
      >
        {days.slice(1).map((date, index) => (
          <li
            key={date}
            class="rota-midnight"
            aria-hidden="true"
            style={{ insetInlineStart: `${((index + 1) / days.length) * 100}%` }}
          />
        ))}
        {at > 0 && at < 1 && (
          <li class="rota-now" aria-hidden="true" style={{ insetInlineStart: `${at * 100}%` }} />
        )}
        {lane.shifts.map((shift) => (
          <LaneBar key={shift.id} {...props} shift={shift} />
        ))}
        {held && lands && inWindow(held.to, window) && (
          <ShiftBar
            key="held"
            shift={held.shift}
            people={props.people}
            window={window}
            zone={zone}
            first="layer"
            to={{ ...held.to, person: lane.person }}
            onOpen={() => {}}
          />
        )}
      </ol>
    </div>
  );
}

function LaneBar(props: Parts & { shift: Shift; now: number; drag: ShiftDrag }): JSX.Element {
  const { shift, days, zone, drag, now } = props;
  const window = windowOfDays(days[0] ?? "", days.length, zone);
  const over = millis(shift.end) <= now;
  const begun = millis(shift.start) <= now;
  const grips = (["start", "end"] as const).filter((edge) =>
    edge === "start"
      ? !begun && millis(shift.start) > window.from
      : !over && millis(shift.end) < window.to,
  );
  return (
    <ShiftBar
      shift={shift}
      people={props.people}
      window={window}
      zone={zone}
      first="layer"
      held={drag.held?.shift.id === shift.id}
      onOpen={() => {
        // A press that turned into a drag still ends in a click.
        if (!over && !drag.wasDrag()) props.onOpen(shift);
      }}
      onPointerDown={(event) => {
        // A finger on the bar scrolls the page; it drags by the grip.
        if (!over && event.pointerType === "mouse") drag.grab(shift, "whole", window, event);
      }}
      onKeyDown={(event) => {
        if (!over) drag.onKeyDown(shift, event);
      }}
      onBlur={() => drag.held?.by === "keys" && drag.drop()}
    >
      {!over && (
        <span
          class="rota-grip"
          aria-hidden="true"
          onPointerDown={(event) => drag.grab(shift, "whole", window, event)}
        />
      )}
      {shift.person &&
        grips.map((edge) => (
          <span
            key={edge}
            class={`rota-edge rota-edge-${edge}`}
            aria-hidden="true"
            onPointerDown={(event) => drag.grab(shift, edge, window, event)}
          />
        ))}
    </ShiftBar>
  );
}
