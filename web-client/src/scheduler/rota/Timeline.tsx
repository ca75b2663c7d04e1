import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Schema } from "../../api/client";
import { noonOf } from "../../specialist/roster/days";
import { clockTime, day, dayKey, useNow } from "../../time";
import { dayWithTime } from "../roster/coverage";
import {
  dragged,
  hueOf,
  inWindow,
  type Layer,
  shareOf,
  type Shift,
  type Stretch,
  windowOfDays,
} from "./timeline";
import { t } from "./words";

interface Drag {
  readonly shift: Shift;
  readonly edge: "start" | "end";
  readonly x: number;
  readonly width: number;
  readonly window: Stretch;
  readonly to: { start: string; end: string };
}

/** A row for each week and layer, a bar for each shift; edges are dragged, bars are pressed. */
export function Timeline(props: {
  weeks: readonly (readonly string[])[];
  shifts: readonly Shift[];
  people: readonly Schema<"RotaPerson">[];
  zone: string;
  caption: string;
  onOpen: (shift: Shift) => void;
  onDragged: (shift: Shift, to: { start: string; end: string }) => void;
}): JSX.Element {
  const [drag, setDrag] = useState<Drag>();
  const layers = (["primary", "back-up"] as const).filter((layer) =>
    props.shifts.some((shift) => shift.layer === layer),
  );
  const shown = props.shifts.map((shift) =>
    drag?.shift.id === shift.id ? { ...shift, ...drag.to } : shift,
  );
  const end = (done: boolean) => {
    if (drag && done && (drag.to.start !== drag.shift.start || drag.to.end !== drag.shift.end)) {
      props.onDragged(drag.shift, drag.to);
    }
    setDrag(undefined);
  };
  return (
    <div class="rota-frame" role="group" aria-label={props.caption}>
      {props.weeks.map((days) => (
        <Week
          key={days[0]}
          days={days}
          layers={layers}
          shifts={shown}
          people={props.people}
          zone={props.zone}
          dragging={drag?.shift.id}
          onOpen={props.onOpen}
          onGrab={(shift, edge, event, window) => {
            const row = event.currentTarget.closest<HTMLElement>(".rota-row");
            if (!row) return;
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
            const { start, end: until } = shift;
            const width = row.getBoundingClientRect().width;
            setDrag({ shift, edge, x: event.clientX, width, window, to: { start, end: until } });
          }}
          onMove={(event) => {
            if (!drag) return;
            const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
            const share = ((event.clientX - drag.x) / drag.width) * rtl;
            const by = share * (drag.window.to - drag.window.from);
            setDrag({ ...drag, to: dragged(drag.shift, drag.edge, by) });
          }}
          onRelease={end}
        />
      ))}
      {drag && (
        <p class="rota-drag" role="status">
          {dayWithTime(drag.to.start, props.zone)} – {dayWithTime(drag.to.end, props.zone)}
        </p>
      )}
    </div>
  );
}

type Grab = (
  shift: Shift,
  edge: "start" | "end",
  event: PointerEvent & { readonly currentTarget: HTMLElement },
  window: Stretch,
) => void;

interface Handlers {
  readonly people: readonly Schema<"RotaPerson">[];
  readonly zone: string;
  readonly dragging: string | undefined;
  readonly onOpen: (shift: Shift) => void;
  readonly onGrab: Grab;
  readonly onMove: (event: PointerEvent) => void;
  readonly onRelease: (done: boolean) => void;
}

function Week(
  props: Handlers & {
    days: readonly string[];
    layers: readonly Layer[];
    shifts: readonly Shift[];
  },
): JSX.Element {
  const now = useNow(60_000);
  const { days, zone } = props;
  const window = windowOfDays(days[0] ?? "", days.length, zone);
  const today = dayKey(now, zone);
  return (
    <section class="rota-week">
      <div class="rota-days" aria-hidden="true">
        {days.map((date) => (
          <span key={date} class={date === today ? "rota-today" : undefined}>
            {day(noonOf(date), "UTC", now)}
          </span>
        ))}
      </div>
      {props.layers.map((layer) => (
        <div class="rota-layer" key={layer}>
          <span class="rota-layer-name small muted">{t(layer)}</span>
          <ol class="rota-row">
            {days.slice(1).map((date, index) => (
              <li
                key={date}
                class="rota-midnight"
                aria-hidden="true"
                style={{ insetInlineStart: `${((index + 1) / days.length) * 100}%` }}
              />
            ))}
            {props.shifts
              .filter((shift) => shift.layer === layer && inWindow(shift, window))
              .map((shift) => (
                <Bar key={shift.id} {...props} shift={shift} window={window} />
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function Bar(props: Handlers & { shift: Shift; window: Stretch }): JSX.Element {
  const { shift, window, zone } = props;
  const share = shareOf(shift, window);
  const name = shift.person?.name ?? t("gap");
  const hue = hueOf(props.people, shift.person?.id);
  const look = shift.person ? `rota-hue-${hue}` : "rota-gap";
  const label = t("shiftLabel", {
    layer: t(shift.layer),
    name,
    from: dayWithTime(shift.start, zone),
    to: dayWithTime(shift.end, zone),
    state: t(shift.state),
  });
  const there = shift.person && shift.person.zone !== zone ? shift.person.zone : undefined;
  return (
    <li
      class={`rota-bar ${look} rota-${shift.state}${props.dragging === shift.id ? " rota-held" : ""}`}
      style={{
        insetInlineStart: `${share.from * 100}%`,
        inlineSize: `${(share.to - share.from) * 100}%`,
      }}
    >
      <button
        type="button"
        class="rota-open"
        aria-label={label}
        title={label}
        onClick={() => props.onOpen(shift)}
      >
        <strong>{name}</strong>
        <span class="small">
          {clockTime(shift.start, zone)}–{clockTime(shift.end, zone)}
          {there &&
            ` · ${clockTime(shift.start, there)}–${clockTime(shift.end, there)} ${t("theirs")}`}
          {(shift.state === "swapped" || shift.state === "covered") && ` · ${t(shift.state)}`}
        </span>
      </button>
      {shift.person &&
        (["start", "end"] as const).map((edge) =>
          (edge === "start" ? share.from > 0 : share.to < 1) ? (
            <span
              key={edge}
              class={`rota-edge rota-edge-${edge}`}
              aria-hidden="true"
              onPointerDown={(event) => props.onGrab(shift, edge, event, window)}
              onPointerMove={props.onMove}
              onPointerUp={() => props.onRelease(true)}
              onPointerCancel={() => props.onRelease(false)}
            />
          ) : null,
        )}
    </li>
  );
}
