import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAct } from "../act";
import { api, ok, once, type Schema } from "../api/client";
import { useForm } from "../form";
import { comma } from "../i18n/comma";
import { hand, TITLE_CHARACTERS, useWaiting } from "../offline/hand";
import { t as offline } from "../offline/words";
import { useResource } from "../resource";
import { currentAddress } from "../router";
import { clockTime, dayAndTime, ownZone, useNow, zoneLabel } from "../time";
import { Button, EmptyState, FormFrame, lazy, Load, Stack, TextArea, TimeLeft } from "../ui";
import { partName } from "./names";
import { dueText, isOpen, waitingText } from "./parts";
import { valueOf } from "./reference";
import { useMe } from "./resources";
import { unseen } from "./seen";
import { timeIn } from "./slots";
import { t } from "./words";
import "./consult.css";

const FilesPanel = lazy(() => import("../files/FilesPanel"));
const NamedFiles = lazy(() => import("../files/NamedFiles"));

type Summary = Schema<"ConsultSummary">;
type Message = Schema<"Message">;

/**
 * What was written, oldest first, and a place to write. `side` is whom this page works for: it
 * turns "waiting for the specialist" into "waiting for you". Without `mayWrite` it is only read.
 */
export function Thread(props: {
  consult: Schema<"Consult">;
  side: Summary["waitingOn"];
  mayWrite?: boolean;
}): JSX.Element {
  const { summary, team } = props.consult;
  const messages = useResource(
    () =>
      ok(
        api.GET("/consults/{consultId}/messages", { params: { path: { consultId: summary.id } } }),
      ),
    [summary.id],
    { live: summary.id },
  );
  const waiting = useWaiting("message", summary.id, messages.reload);
  useReceipts(summary.id, valueOf(messages)?.items);
  const zoneOf = (accountId: string) => team.find(({ person }) => person.id === accountId)?.zone;
  return (
    <Stack>
      <WaitingLine summary={summary} side={props.side} />
      <Load from={messages}>
        {({ items }) => (
          <>
            {items.length === 0 && waiting.length === 0 ? (
              <EmptyState icon="message" title={t("noMessages")}>
                {t("noMessagesLead")}
              </EmptyState>
            ) : (
              <Messages consultId={summary.id} items={items} zoneOf={zoneOf} />
            )}
            {waiting.map(({ id, doing }) => (
              <div key={id} class="message message-mine">
                <p class="message-head">
                  <strong>{t("you")}</strong>
                  <a href="/waiting">{offline("pending")}</a>
                </p>
                <p class="prose" dir="auto" lang={doing.body.language}>
                  {doing.body.text}
                </p>
              </div>
            ))}
            {props.mayWrite !== false && (
              <Composer
                summary={summary}
                onSent={(message) =>
                  message
                    ? messages.replace({
                        items: [...items.filter(({ id }) => id !== message.id), message],
                      })
                    : messages.reload()
                }
              />
            )}
          </>
        )}
      </Load>
    </Stack>
  );
}

/** Tells the others once what is on this screen. */
function useReceipts(consultId: string, items: readonly Message[] | undefined): void {
  const me = useMe().account.id;
  const upTo = items && unseen(items, me);
  const { run } = useAct((key: string, id: string) =>
    ok(
      api.POST("/consults/{consultId}/messages/seen", {
        params: { path: { consultId } },
        body: { upTo: id },
        headers: once(key),
      }),
    ),
  );
  useEffect(() => {
    if (upTo) run(upTo);
  }, [upTo]);
}

/** Who has the next move, and how long it may take. */
export function WaitingLine(props: {
  summary: Summary;
  side: Summary["waitingOn"];
}): JSX.Element | null {
  const { summary } = props;
  if (!isOpen(summary)) return null;
  return (
    <p class="waiting-line">
      <strong>{waitingText(summary, props.side)}</strong>
      {summary.dueAt && summary.dueFor && (
        <span>
          <TimeLeft until={summary.dueAt} /> {dueText(summary.dueFor)}
        </span>
      )}
    </p>
  );
}

function Messages(props: {
  consultId: string;
  items: readonly Message[];
  zoneOf: (accountId: string) => string | undefined;
}): JSX.Element {
  const me = useMe().account.id;
  const list = useRef<HTMLOListElement>(null);
  const count = props.items.length;
  const shown = useRef(count);
  useEffect(() => {
    // What is new comes into view; opening the page leaves its title where it is.
    if (count > shown.current) list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
    shown.current = count;
  }, [count]);
  return (
    <ol class="thread" ref={list} aria-label={t("messages")} aria-live="polite">
      {props.items.map((message) => {
        const mine = message.author.id === me;
        const zone = mine ? undefined : props.zoneOf(message.author.id);
        return (
          <li key={message.id} class={mine ? "message message-mine" : "message"}>
            <p class="message-head">
              <strong>{mine ? t("you") : <bdi>{message.author.name}</bdi>}</strong>
              {!mine && <span>{partName(message.authorRole)}</span>}
              <SentAt at={message.sentAt} zone={zone} />
            </p>
            <p class="prose" dir="auto" lang={message.language}>
              {message.text}
            </p>
            {message.seenBy.length > 0 && (
              <p class="message-seen muted small" title={seenTimes(message)}>
                {t("seenBy", {
                  names: message.seenBy
                    .map(({ person }) => (person.id === me ? t("you") : person.name))
                    .join(comma()),
                })}
              </p>
            )}
            {message.attachments.length > 0 && (
              <NamedFiles consultId={props.consultId} ids={message.attachments} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** When each of them saw it, for whoever points at it. */
function seenTimes(message: Message): string {
  return message.seenBy
    .map(({ person, at }) => `${person.name}: ${dayAndTime(at, ownZone())}`)
    .join("\n");
}

/** One's own time, and the author's where their clock differs. */
function SentAt({ at, zone }: { at: string; zone: string | undefined }): JSX.Element {
  const now = useNow();
  const differs = zone !== undefined && clockTime(at, zone) !== clockTime(at);
  return (
    <time dateTime={at} title={zoneLabel(ownZone(), at)}>
      {dayAndTime(at, ownZone(), now)}
      {differs && <span class="when-other"> · {timeIn(at, zone)}</span>}
    </time>
  );
}

function Composer(props: {
  summary: Summary;
  /** Without the message when another page of this device has sent it. */
  onSent: (message: Message | undefined) => void;
}): JSX.Element {
  const { summary } = props;
  const { language } = useMe().account;
  const [adding, setAdding] = useState(false);
  const form = useForm({
    // The time is kept beside the text: the same act sent again is the same body.
    initial: { text: "", writtenAt: "", attachments: [] as string[] },
    draft: `message ${summary.id}`,
    validate: ({ text }) =>
      text.trim() === "" ? [{ pointer: "/text", detail: t("writeSomething") }] : [],
    send: (values, key) => {
      const { text, writtenAt, attachments = [] } = values;
      return hand({
        id: key,
        title: text.trim().slice(0, TITLE_CHARACTERS),
        actedAt: Date.now(),
        form: {
          draft: `message ${summary.id}`,
          values,
          page: `${currentAddress().path}?tab=messages`,
        },
        doing: {
          kind: "message",
          consultId: summary.id,
          // The act's key names the message too, so that sending twice makes one.
          body: {
            id: key,
            text: text.trim(),
            language,
            ...(writtenAt && { writtenAt }),
            ...(attachments.length > 0 && { attachments }),
          },
        },
      });
    },
    onSent: (handed) => {
      form.discard();
      setAdding(false);
      if (handed.kind === "sent") props.onSent(handed.answer as Message | undefined);
    },
  });
  const text = form.field("/text");
  return (
    <FormFrame form={form} submit={t("send")}>
      <TextArea
        label={t("write")}
        {...(isOpen(summary) ? {} : { hint: t("threadClosed") })}
        maxLength={8000}
        {...text}
        onChange={(typed) => {
          form.change((values) => ({ ...values, writtenAt: new Date().toISOString() }));
          text.onChange(typed);
        }}
      />
      {adding ? (
        <FilesPanel
          consultId={summary.id}
          mayAdd
          onAdded={(id) =>
            form.change((values) => ({
              ...values,
              attachments: [...(values.attachments ?? []), id],
            }))
          }
        />
      ) : (
        isOpen(summary) && (
          <div>
            <Button icon="camera" kind="quiet" onPress={() => setAdding(true)}>
              {t("addFile")}
            </Button>
          </div>
        )
      )}
    </FormFrame>
  );
}
