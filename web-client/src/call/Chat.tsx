import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useKeptText } from "../keptText";
import { clockTime } from "../time";
import { Button, Icon } from "../ui";
import { CHAT_CHARACTERS_MAX } from "./protocol";
import { t } from "./words";

export interface ChatLine {
  readonly key: string;
  /** Undefined for one's own. */
  readonly from: string | undefined;
  readonly text: string;
  readonly at: string | number;
}

/** What is written beside the call. It is not kept, and says so. */
export function Chat(props: {
  lines: readonly ChatLine[];
  lead: string;
  /** The name under which this device keeps what is being typed. */
  draft: string;
  onSend: (text: string) => void;
}): JSX.Element {
  const [typed, setTyped] = useKeptText(props.draft);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => end.current?.scrollIntoView?.({ block: "nearest" }), [props.lines.length]);
  const send = (event: Event) => {
    event.preventDefault();
    const text = typed.trim();
    if (text === "") return;
    props.onSend(text);
    setTyped("");
  };
  return (
    <div class="call-chat">
      <p class="muted small">{props.lead}</p>
      <div class="call-lines" role="log" aria-label={t("chat")}>
        {props.lines.length === 0 && <p class="muted">{t("chatEmpty")}</p>}
        {props.lines.map((line) => (
          <div key={line.key} class={line.from === undefined ? "line line-mine" : "line"}>
            <p class="line-head">
              <strong>{line.from === undefined ? t("you") : <bdi>{line.from}</bdi>}</strong>{" "}
              {clockTime(line.at)}
            </p>
            <p class="prose" dir="auto">
              {line.text}
            </p>
          </div>
        ))}
        <div ref={end} />
      </div>
      <form class="call-write" onSubmit={send}>
        <textarea
          class="input"
          rows={2}
          dir="auto"
          aria-label={t("write")}
          placeholder={t("write")}
          maxLength={CHAT_CHARACTERS_MAX}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            send(event);
          }}
        />
        <Button type="submit" kind="primary">
          {t("send")}
        </Button>
      </form>
    </div>
  );
}

/** Long enough to read a line; the count on the button stays. */
const NEWS_MILLISECONDS = 8_000;

/** The newest line for a moment, for those who have the chat closed. */
export function News({ lines }: { lines: readonly ChatLine[] }): JSX.Element | null {
  const [over, setOver] = useState<string>();
  const line = lines[lines.length - 1];
  const key = line?.key;
  useEffect(() => {
    const timer = setTimeout(() => setOver(key), NEWS_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [key]);
  if (line?.from === undefined || over === line.key) return null;
  return (
    <p class="call-news" role="status">
      <Icon name="message" />
      <bdi>{t("wrote", { name: line.from, text: line.text })}</bdi>
    </p>
  );
}
