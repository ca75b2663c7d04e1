import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { People } from "./attendance";
import { type Caption, captionsAfter, linesAfter, nextEnd } from "./captions";
import { t } from "./words";

type Chat = People["chat"];

/**
 * What the others write, over the picture: by an interpreter, or by whoever writes down what is said
 * for somebody who hears badly. `read`: the chat is open and is read out already.
 */
export default function Captions(props: { chat: Chat; read: boolean }): JSX.Element {
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
