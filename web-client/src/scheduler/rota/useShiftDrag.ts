import { useEffect, useRef, useState } from "preact/hooks";
import {
  dragged,
  type Grip,
  HOUR,
  isMove,
  type Shift,
  type Stretch,
  type Target,
} from "./timeline";

/** Less is a press and no drag. */
const SLOP_PIXELS = 5;
/** A hand that goes up or down to somebody else sways less than this. */
const SWAY_PIXELS = 24;

/** A shift in the hand. */
export interface Held {
  readonly shift: Shift;
  readonly to: Target;
  readonly by: "pointer" | "keys";
}

interface Pointer {
  readonly id: number;
  readonly shift: Shift;
  readonly grip: Grip;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly window: Stretch;
  readonly rows: readonly { readonly top: number; readonly bottom: number; person?: string }[];
}

export interface ShiftDrag {
  readonly held: Held | undefined;
  readonly grab: (shift: Shift, grip: Grip, window: Stretch, event: PointerEvent) => void;
  /** Shift with an arrow takes it up and moves it, Enter lets go, Escape puts it back. */
  readonly onKeyDown: (shift: Shift, event: KeyboardEvent) => void;
  /** Whether the press that now ends was a drag, and opens nothing. */
  readonly wasDrag: () => boolean;
  readonly drop: () => void;
}

/**
 * Holds a shift of the week while it is moved. Rows say with `data-lane` whose they are, empty for
 * nobody's; the elements stay where they are meanwhile, so that a finger is not lost.
 */
export function useShiftDrag(
  people: readonly string[],
  onMoved: (shift: Shift, to: Target & { personId: string }) => void,
): ShiftDrag {
  const [held, setHeld] = useState<Held>();
  const latest = useRef<Held | undefined>(undefined);
  const pointer = useRef<Pointer | undefined>(undefined);
  const wasDragged = useRef(false);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);

  const hold = (next: Held | undefined) => {
    latest.current = next;
    setHeld(next);
  };
  const letGo = (done: boolean) => {
    stop.current();
    // The click that belongs to this drag comes first.
    setTimeout(() => (wasDragged.current = false));
    pointer.current = undefined;
    const last = latest.current;
    hold(undefined);
    if (done && last && isMove(last.shift, last.to)) onMoved(last.shift, last.to);
  };

  const grab = (shift: Shift, grip: Grip, window: Stretch, event: PointerEvent) => {
    const frame = (event.currentTarget as HTMLElement).closest<HTMLElement>("[data-lanes]");
    const row = (event.currentTarget as HTMLElement).closest<HTMLElement>("[data-lane]");
    if (event.button !== 0 || !frame || !row) return;
    wasDragged.current = false;
    pointer.current = {
      id: event.pointerId,
      shift,
      grip,
      x: event.clientX,
      y: event.clientY,
      width: row.getBoundingClientRect().width,
      window,
      rows: [...frame.querySelectorAll<HTMLElement>("[data-lane]")].map((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return { top, bottom, ...(one.dataset["lane"] ? { person: one.dataset["lane"] } : {}) };
      }),
    };
    const move = (moved: PointerEvent) => follow(moved);
    const up = (ended: PointerEvent) => {
      if (ended.pointerId === pointer.current?.id) letGo(true);
    };
    const cancel = (ended: PointerEvent) => {
      if (ended.pointerId === pointer.current?.id) letGo(false);
    };
    const escape = (pressed: KeyboardEvent) => {
      if (pressed.key === "Escape") letGo(false);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escape);
    stop.current = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", escape);
      stop.current = () => {};
    };
  };

  const follow = (event: PointerEvent) => {
    const from = pointer.current;
    if (!from || event.pointerId !== from.id) return;
    const across = event.clientX - from.x;
    const down = event.clientY - from.y;
    if (!wasDragged.current && Math.hypot(across, down) < SLOP_PIXELS) return;
    wasDragged.current = true;
    event.preventDefault();
    const own = from.shift.person?.id;
    const row =
      from.grip === "whole"
        ? from.rows.find(({ top, bottom }) => event.clientY >= top && event.clientY < bottom)
        : undefined;
    const personId = row?.person ?? own;
    const swayed = personId !== own && Math.abs(across) < SWAY_PIXELS;
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    const by = (across / from.width) * (from.window.to - from.window.from) * rtl;
    const time = dragged(from.shift, from.grip, swayed ? 0 : by);
    hold({ shift: from.shift, to: { ...time, personId }, by: "pointer" });
  };

  const onKeyDown = (shift: Shift, event: KeyboardEvent) => {
    const mine = latest.current?.shift.id === shift.id ? latest.current : undefined;
    if (mine && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      letGo(true);
    } else if (mine && event.key === "Escape") {
      letGo(false);
    } else if (event.shiftKey && event.key.startsWith("Arrow")) {
      event.preventDefault();
      const to = mine?.to ?? { start: shift.start, end: shift.end, personId: shift.person?.id };
      hold({ shift, to: byKey(to, event.key, people), by: "keys" });
    }
  };

  return {
    held,
    grab,
    onKeyDown,
    wasDrag: () => wasDragged.current,
    drop: () => letGo(false),
  };
}

/** An arrow along the time moves by an hour, one across it to the next or the last person. */
export function byKey(to: Target, key: string, people: readonly string[]): Target {
  if (key === "ArrowUp" || key === "ArrowDown") {
    const at = people.findIndex((id) => id === to.personId);
    const next = people[key === "ArrowUp" ? at - 1 : at + 1];
    return next === undefined ? to : { ...to, personId: next };
  }
  const rtl = document.documentElement.dir === "rtl";
  const by = (key === "ArrowRight") === rtl ? -HOUR : HOUR;
  const moved = (at: string) => new Date(Date.parse(at) + by).toISOString().replace(".000Z", "Z");
  return { ...to, start: moved(to.start), end: moved(to.end) };
}
