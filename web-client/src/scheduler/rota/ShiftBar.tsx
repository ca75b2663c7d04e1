import type { ComponentChildren, JSX } from "preact";
import type { Schema } from "../../api/client";
import { clockTime, dayWithTime } from "../../time";
import { HOUR, hueOf, shareOf, type Shift, type Stretch } from "./timeline";
import { t } from "./words";

/** Less has no room for its times beside a week; they are in its label. */
const SHORT_HOURS = 15;

interface Time {
  readonly start: string;
  readonly end: string;
}

/** A shift on a row of time: who or which layer, and its times on the page's clock and on theirs. */
export function ShiftBar(props: {
  shift: Shift;
  people: readonly Schema<"RotaPerson">[];
  window: Stretch;
  zone: string;
  /** What stands first: the row says the other. */
  first: "name" | "layer";
  /** Where it would go while it is in the hand: a shadow that cannot be pressed. */
  to?: Time & { person: Schema<"RotaPerson"> | undefined };
  held?: boolean;
  onOpen: () => void;
  onPointerDown?: (event: PointerEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onBlur?: () => void;
  children?: ComponentChildren;
}): JSX.Element {
  const { shift, zone, to } = props;
  const person = to ? to.person : shift.person;
  const time: Time = to ?? shift;
  const share = shareOf(time, props.window);
  const look = person ? `rota-hue-${hueOf(props.people, person.id)}` : "rota-gap";
  const theirs = person && timesOf(time, person.zone);
  const there = theirs === timesOf(time, zone) ? undefined : theirs;
  const hours = ((share.to - share.from) * (props.window.to - props.window.from)) / HOUR;
  const changed = shift.state === "swapped" || shift.state === "covered";
  const label = labelOf(shift, zone);
  const words = (
    <>
      <strong>
        {props.first === "name" ? nameOf(person) : t(shift.layer)}
        {!to && changed && <span class="small"> {t(shift.state)}</span>}
      </strong>
      <span class="small">{timesOf(time, zone)}</span>
      {there && <span class="small rota-theirs">{there}</span>}
    </>
  );
  return (
    <li
      class={[
        "rota-bar",
        look,
        `rota-${shift.state}`,
        shift.layer === "back-up" && "rota-second",
        props.held && "rota-held",
        to && "rota-ghost",
        hours < SHORT_HOURS && "rota-short",
      ]
        .filter(Boolean)
        .join(" ")}
      style={{
        insetInlineStart: `${share.from * 100}%`,
        inlineSize: `${(share.to - share.from) * 100}%`,
      }}
      title={to ? undefined : label}
      aria-hidden={to ? true : undefined}
    >
      {to ? (
        <span class="rota-open">{words}</span>
      ) : (
        <button
          type="button"
          data-shift={shift.id}
          class="rota-open"
          onClick={props.onOpen}
          onPointerDown={props.onPointerDown}
          onKeyDown={props.onKeyDown}
          onBlur={props.onBlur}
        >
          {words}
          <span class="unseen">{label}</span>
        </button>
      )}
      {props.children}
    </li>
  );
}

function nameOf(person: Schema<"RotaPerson"> | undefined): string {
  return person?.name ?? t("gap");
}

function labelOf(shift: Shift, zone: string): string {
  const there = shift.person && shift.person.zone !== zone ? shift.person : undefined;
  const label = t("shiftLabel", {
    layer: t(shift.layer),
    name: nameOf(shift.person),
    from: dayWithTime(shift.start, zone),
    to: dayWithTime(shift.end, zone),
    state: t(shift.state),
  });
  return there ? `${label} ${whereTheyAre(shift, there)}` : label;
}

/** The same times on the clock of the one who has them. */
export function whereTheyAre(time: Time, person: Schema<"RotaPerson">): string {
  return t("there", {
    name: person.name,
    from: dayWithTime(time.start, person.zone),
    to: dayWithTime(time.end, person.zone),
  });
}

function timesOf(time: Time, zone: string): string {
  return `${clockTime(time.start, zone)}–${clockTime(time.end, zone)}`;
}
