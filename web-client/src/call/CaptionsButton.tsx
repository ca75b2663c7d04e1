import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { keep, kept } from "../kept";
import { Icon } from "../ui";
import { t } from "./words";

const KEPT = "call.captions";

/** Whether captions are shown; the device remembers it. */
export function useCaptions(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => kept(KEPT) === "on");
  return [
    on,
    (wanted) => {
      keep(KEPT, wanted ? "on" : "off");
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
