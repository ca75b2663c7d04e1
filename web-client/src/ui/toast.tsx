import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { store, useStore } from "../store";
import { IconButton } from "./button";
import { Icon } from "./icon";
import { t } from "./words";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "good" | "error";
}

/** Long enough to read two lines; an error stays until it is closed. */
const SHOWN_MILLISECONDS = 6_000;

const toasts = store<readonly Toast[]>([]);
let last = 0;

/** Says that something was done. What needs an answer is a Dialog or a Notice. */
export function toast(text: string, tone: Toast["tone"] = "good"): void {
  const id = ++last;
  toasts.set([...toasts.get().filter((one) => one.text !== text), { id, text, tone }]);
  if (tone === "good") setTimeout(() => dismiss(id), SHOWN_MILLISECONDS);
}

function dismiss(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id));
}

/** Where toasts appear; once, in the application's frame. */
export function Toasts(): JSX.Element {
  const shown = useStore(toasts);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Opened anew for each toast, so that it lies above a dialog that was opened meanwhile.
    const frame = element.current;
    if (!frame?.showPopover) return;
    frame.hidePopover();
    if (shown.length > 0) frame.showPopover();
  }, [shown]);
  return (
    <div ref={element} class="toasts" popover="manual" aria-live="polite">
      {shown.map((one) => (
        <div class={`toast toast-${one.tone}`} key={one.id}>
          <Icon name={one.tone === "good" ? "check" : "warning"} />
          <span>{one.text}</span>
          <IconButton icon="close" label={t("close")} onPress={() => dismiss(one.id)} />
        </div>
      ))}
    </div>
  );
}
