import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ui";
import { t } from "./words";

const KEPT = "call.captions";

/** Whether the person wants captions on this device. */
function keptCaptions(): boolean {
  try {
    return localStorage.getItem(KEPT) === "on";
  } catch {
    return false;
  }
}

function keepCaptions(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // Without storage each call begins without captions.
  }
}

/** Whether captions are shown; the device remembers it. */
export function useCaptions(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(keptCaptions);
  return [
    on,
    (wanted) => {
      keepCaptions(wanted);
      setOn(wanted);
    },
  ];
}

/** Switches captions on and off. It stands in a corner of the picture, where nothing else does. */
export function CaptionsButton(props: {
  on: boolean;
  onChange: (on: boolean) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="captions-button"
      data-act="captions"
      aria-pressed={props.on}
      aria-label={t("captions")}
      title={t("captions")}
      onClick={() => props.onChange(!props.on)}
    >
      <Icon name="captions" />
    </button>
  );
}
