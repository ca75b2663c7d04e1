import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useNow } from "../time";
import { Button, Icon, IconButton, type IconName, lazy, nameOf, Tabs } from "../ui";
import type { CallState, Own } from "./callState";
import { CaptionsButton, useCaptions } from "./CaptionsButton";
import { Chat, type ChatLine as Line, News } from "./Chat";
import { DataQuestion, type LinkActs, LinkDialog } from "./LinkDialog";
import { LinkMark } from "./LinkMark";
import { rungText, showsVideo, wantsOf } from "./linkView";
import { LostLink } from "./LostLink";
import { type HostActs, Outside, PeopleList, Sure } from "./People";
import type { Person } from "./attendance";
import { HearAgain, Initials, OwnPicture, Tile } from "./Tile";
import { useNews, useRoleNews } from "./useNews";
import { useRungNews } from "./useRungNews";
import { amountText, clock, roleName } from "./view";
import { t } from "./words";

export type Talking = Extract<CallState, { kind: "talking" }>;

/** Everything a person in the call may do. */
export interface CallActs extends HostActs, LinkActs {
  readonly setMicrophone: (on: boolean) => void;
  readonly setCamera: (on: boolean) => void;
  readonly say: (text: string) => void;
  readonly leave: () => void;
  readonly end: () => void;
  readonly retryNow: () => void;
}

const Captions = lazy(() => import("./Captions"), [], false);

/** From so many others on, one's own picture has a place among them and covers nobody. */
const CROWD = 3;

type PanelName = "chat" | "people" | "case";

/** The call: the others large, oneself small, and beside them what was written and the case. */
export function CallScreen(props: {
  state: Talking;
  acts: CallActs;
  /** When this person came in. */
  since: number;
  /** Before the title: the way back. */
  head?: ComponentChildren;
  case?: ComponentChildren;
  /** A button for hosts. */
  invite?: ComponentChildren;
  chatLead: string;
  /** The name under which this device keeps the line that is being typed. */
  chatDraft: string;
  /** Where to go on when the link stays away. */
  instead: ComponentChildren;
}): JSX.Element {
  const { state, acts, since } = props;
  const { self, people, link, own } = state;
  const host = self.host ? acts : undefined;
  const [panel, setPanel] = usePanel(
    props.case ? "case" : "people",
    people.length === 0 || state.line.quality !== undefined,
  );
  const [ending, setEnding] = useState(false);
  const lines = state.chat.map(lineOf);
  const unread = useUnread(lines.length, panel === "chat");
  const crowded = people.length >= CROWD;
  const said = useNews(state);
  useChatWhenSilent(state.line.rung === "text", panel === undefined, () => setPanel("chat"));
  const roleNews = useRoleNews(state);
  const rungNews = useRungNews(state.line);
  const [linkOpen, setLinkOpen] = useState(false);
  const [captions, setCaptions] = useCaptions();
  const wanted = useRef(own.microphone);
  const notes = notesOn(own, wanted.current);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  return (
    <div
      class="call"
      data-call-state={link.kind === "lost" ? "reconnecting" : "talking"}
      data-panel={panel ? "" : undefined}
      data-rung={state.line.rung}
    >
      <header class="call-head">
        {props.head}
        <Clock since={since} />
        <LinkMark
          quality={people.length > 0 ? state.line.quality : undefined}
          sends={rungText(state.line.rung)}
          onOpen={() => setLinkOpen(true)}
        />
        <span class="call-data" title={t("dataLong")}>
          {t("data", { amount: amountText(state.line.data.bytes) })}
        </span>
      </header>
      <div class="call-notes">
        <HearAgain />
        {host && <Outside waiting={state.waiting} acts={host} />}
        {link.kind === "lost" && (
          <LostLink since={link.since} onRetry={acts.retryNow} instead={props.instead} />
        )}
        {roleNews && (
          <p class="call-note" role="status" data-role-news>
            {roleNews}
          </p>
        )}
        <DataQuestion line={state.line} acts={acts} />
        {rungNews && (
          <p class="call-note" role="status" data-rung-news>
            {rungNews}
          </p>
        )}
        {notes.map((note) => (
          <p class="call-note" role="status" key={note}>
            {note}
          </p>
        ))}
        {!captions && panel !== "chat" && unread > 0 && <News lines={lines} />}
      </div>
      <main class="call-stage" id="content">
        <h1 class="unseen" tabIndex={-1} ref={heading}>
          {t("title")}
        </h1>
        {people.length === 0 ? (
          <div class="call-alone">
            <h2>{t("alone")}</h2>
            <p>{t("aloneLead")}</p>
          </div>
        ) : (
          <ul class="tiles" data-count={people.length + (crowded ? 1 : 0)} aria-label={t("people")}>
            {people.map((person) => (
              <Tile
                key={person.seat}
                seat={person.seat}
                name={person.name}
                role={roleName(person.role)}
                stream={person.stream}
                audio={person.media.audio}
                video={showsVideo(person, wantsOf(state.line))}
                still={person.still}
                trouble={troubleOf(person)}
              />
            ))}
            {crowded && (
              <li class="self-place">
                <Self own={own} name={self.name} />
              </li>
            )}
          </ul>
        )}
        {!crowded && <Self own={own} name={self.name} />}
        {captions && <Captions chat={state.chat} read={panel === "chat"} />}
        <CaptionsButton on={captions} onChange={setCaptions} />
        <p class="unseen" role="status" aria-live="polite">
          {said}
        </p>
      </main>
      {panel && (
        <aside class="call-panel" aria-label={t("panel")}>
          <IconButton icon="close" label={t("closePanel")} onPress={() => setPanel(undefined)} />
          <Tabs<PanelName>
            label={t("panel")}
            chosen={panel}
            onChoose={setPanel}
            tabs={[
              ...(props.case ? [{ value: "case" as const, label: t("case") }] : []),
              { value: "chat", label: t("chat"), count: panel === "chat" ? 0 : unread },
              { value: "people", label: t("people"), count: host ? state.waiting.length : 0 },
            ]}
          >
            {panel === "case" && props.case}
            {panel === "chat" && (
              <Chat lines={lines} lead={props.chatLead} draft={props.chatDraft} onSend={acts.say} />
            )}
            {panel === "people" && (
              <>
                <PeopleList self={self} others={people} acts={host} />
                {host && (
                  <div class="stack call-host">
                    {props.invite}
                    <Button kind="danger" onPress={() => setEnding(true)}>
                      {t("end")}
                    </Button>
                  </div>
                )}
              </>
            )}
          </Tabs>
        </aside>
      )}
      <section class="call-bar" aria-label={t("controls")}>
        <Control
          icon="microphone"
          name="microphone"
          off={!own.microphone}
          text={own.microphone ? t("mute") : t("unmute")}
          label={own.microphone ? t("muteLong") : t("unmuteLong")}
          onPress={() => {
            wanted.current = !own.microphone;
            acts.setMicrophone(!own.microphone);
          }}
        />
        <Control
          icon="video"
          name="camera"
          off={!own.camera}
          text={t("camera")}
          label={own.camera ? t("cameraOffLong") : t("cameraOnLong")}
          onPress={() => acts.setCamera(!own.camera)}
        />
        {props.case && (
          <Control
            icon="note"
            name="case"
            text={t("case")}
            open={panel === "case"}
            onPress={() => setPanel(panel === "case" ? undefined : "case")}
          />
        )}
        <Control
          icon="message"
          name="chat"
          text={t("chat")}
          count={unread}
          open={panel === "chat"}
          onPress={() => setPanel(panel === "chat" ? undefined : "chat")}
        />
        <Control
          icon="people"
          name="people"
          text={t("people")}
          count={host ? state.waiting.length : 0}
          open={panel === "people"}
          onPress={() => setPanel(panel === "people" ? undefined : "people")}
        />
        <Control
          icon="exit"
          name="leave"
          danger
          text={t("leave")}
          label={t("leaveLong")}
          onPress={acts.leave}
        />
      </section>
      {linkOpen && (
        <LinkDialog
          line={state.line}
          people={people}
          acts={acts}
          onClose={() => setLinkOpen(false)}
        />
      )}
      {ending && (
        <Sure
          title={t("endTitle")}
          lead={t("endLead")}
          yes={t("endYes")}
          no={t("stay")}
          onYes={acts.end}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
}

/**
 * What is open beside the pictures. Where there is room for it something is from the beginning, but
 * not before the voices are there: what it loads would keep them waiting.
 */
function usePanel(
  first: PanelName,
  ready: boolean,
): [PanelName | undefined, (panel: PanelName | undefined) => void] {
  const [panel, setPanel] = useState<PanelName>();
  const chosen = useRef(false);
  useEffect(() => {
    if (!ready || chosen.current) return;
    chosen.current = true;
    if (matchMedia("(min-width: 60rem)").matches) setPanel(first);
  }, [ready]);
  return [
    panel,
    (next) => {
      chosen.current = true;
      setPanel(next);
    },
  ];
}

/** Where nobody can be heard any more the chat is open: what is written is all that is left. */
function useChatWhenSilent(silent: boolean, free: boolean, open: () => void): void {
  useEffect(() => {
    if (silent && free) open();
  }, [silent]);
}

/** One button of the bar: a picture, a word, and what a screen reader says. */
function Control(props: {
  icon: IconName;
  name: string;
  text: string;
  label?: string;
  off?: boolean;
  open?: boolean;
  danger?: boolean;
  count?: number;
  onPress: () => void;
}): JSX.Element {
  const count = props.count ?? 0;
  return (
    <button
      type="button"
      class={props.danger ? "control control-danger" : "control"}
      data-act={props.name}
      data-off={props.off ? "" : undefined}
      aria-expanded={props.open}
      aria-label={props.label && nameOf(props.label, props.text)}
      onClick={props.onPress}
    >
      <span class="control-icon" data-off={props.off ? "" : undefined}>
        <Icon name={props.icon} />
        {count > 0 && <span class="control-count">{count}</span>}
      </span>
      <span class="control-text">{props.text}</span>
    </button>
  );
}

function Self(props: { own: Own; name: string }): JSX.Element {
  const { own } = props;
  return (
    <div class="self" data-video={own.camera}>
      {!own.camera && <Initials name={props.name} />}
      <OwnPicture stream={own.stream} shown={own.camera} label={t("ownPicture")} />
      <p class="tile-name">
        {!own.microphone && (
          <span class="tile-mark" data-off>
            <Icon name="microphone" label={t("muted")} />
          </span>
        )}
        <span>{t("you")}</span>
        {own.pictureWaits && <span>{t("pictureWaitsHere")}</span>}
      </p>
    </div>
  );
}

function Clock({ since }: { since: number }): JSX.Element {
  const now = useNow(1_000);
  return (
    <span class="call-clock" role="timer" aria-label={t("duration")} title={t("duration")}>
      {clock(now - since)}
    </span>
  );
}

/** What the person should know of their own devices. `wanted`: whether they want to be heard. */
export function notesOn(own: Own, wanted: boolean): string[] {
  const voice = (own.stream?.getAudioTracks().length ?? 0) > 0;
  return [
    ...(voice ? [] : [t("listenOnly")]),
    ...(voice && wanted && !own.microphone ? [t("mutedByHost")] : []),
    ...(own.videoTrouble && !own.camera ? [t("cameraFailed")] : []),
    ...(own.pictureWaits ? [t("pictureWaits")] : []),
    ...(own.addressShown ? [t("addressShown")] : []),
  ];
}

/** What is wrong with one person's media, in the order of what matters. */
export function troubleOf(person: Person): string | undefined {
  if (person.path === "interrupted") return t("stopped");
  if (person.path === "connecting") return t("connecting");
  return person.present ? undefined : t("gone");
}

function lineOf(
  line: { seat: number; name: string; text: string; at: string },
  index: number,
): Line {
  return {
    key: `${line.seat} ${line.at} ${index}`,
    from: line.seat === 0 ? undefined : line.name,
    text: line.text,
    at: line.at,
  };
}

/** Lines that came since the chat was last open. */
function useUnread(count: number, open: boolean): number {
  const [seen, setSeen] = useState(count);
  useEffect(() => {
    if (open) setSeen(count);
  }, [open, count]);
  return open ? 0 : Math.max(0, count - seen);
}
