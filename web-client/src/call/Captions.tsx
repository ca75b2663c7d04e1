import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui";
import type { People } from "./attendance";
import {
  type Caption,
  captionsAfter,
  keepCaptions,
  keptCaptions,
  linesAfter,
  nextEnd,
} from "./captions";
import { t } from "./words";

type Chat = People["chat"];

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

/**
 * What the others write, over the picture: by an interpreter, or by whoever writes down what is said
 * for somebody who hears badly. `read`: the chat is open and is read out already.
 */
export function Captions(props: { chat: Chat; read: boolean }): JSX.Element {
  const shown = useShown(props.chat);
  return (
    <div
      class="captions"
      role="log"
      aria-label={t("captions")}
      aria-live={props.read ? "off" : "polite"}
    >
      {shown === undefined ? (
        <p class="caption">{t("captionsLead")}</p>
      ) : (
        shown.map(({ key, from, text }) => (
          <p class="caption" key={key} dir="auto">
            <span class="caption-from">
              <bdi>{from}</bdi>:
            </span>{" "}
            {text}
          </p>
        ))
      )}
    </div>
  );
}

/** So long it is told where captions come from. */
const LEAD_MILLISECONDS = 12_000;

/** The captions of now; undefined until the first one came, while it is told where they come from. */
function useShown(chat: Chat): readonly Caption[] | undefined {
  const last = useRef(chat[chat.length - 1]);
  const [shown, setShown] = useState<readonly Caption[]>();
  useEffect(() => {
    const fresh = captionsAfter(shown ?? [], linesAfter(chat, last.current), Date.now());
    if (fresh.length > 0) setShown(fresh);
    last.current = chat[chat.length - 1];
  }, [chat]);
  useEffect(() => {
    const wait = shown === undefined ? LEAD_MILLISECONDS : nextEnd(shown, Date.now());
    if (wait === undefined) return undefined;
    const timer = setTimeout(() => setShown(captionsAfter(shown ?? [], [], Date.now())), wait);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown;
}
