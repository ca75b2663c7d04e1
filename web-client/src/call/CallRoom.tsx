import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem";
import { store, useStore } from "../store";
import { useNow } from "../time";
import { callConnects, voiceFirst } from "../voiceFirst";
import { Button, Logo, Stack } from "../ui";
import { Call } from "./call";
import type { CallState, OverWhy } from "./callState";
import { type CallActs, CallScreen } from "./CallScreen";
import { handOver, openPicked } from "./devices";
import { type Entry, keepEntry, keptEntry } from "./entry";
import { DeviceCheck } from "./DeviceCheck";
import { EarlyTicket } from "./earlyTicket";
import { LostLink } from "./LostLink";
import type { LocalMedia } from "./media";
import { isAbove } from "./rungs";
import { type Ticket, TicketRefused } from "./signaling";
import { OwnPicture } from "./Tile";
import { clock } from "./view";
import { t } from "./words";
import "./call.css";

/** How a call ended for us, for the page that says what to do now. */
export interface Over {
  readonly why: OverWhy;
  /** Why no ticket was given. */
  readonly problem: Problem | undefined;
  /** Undefined for those who never came in. */
  readonly lastedMilliseconds: number | undefined;
  readonly bytes: number;
  /** Goes in again as before, without a new check. */
  readonly again: () => void;
}

interface RoomProps {
  /** Names this person's way in on this device: a reload goes on there. */
  readonly place: string;
  readonly ticket: () => Promise<Ticket>;
  readonly intro?: ComponentChildren;
  readonly head?: ComponentChildren;
  readonly case?: ComponentChildren;
  readonly invite?: ComponentChildren;
  readonly chatLead: string;
  readonly instead: ComponentChildren;
  readonly over: (over: Over) => ComponentChildren;
}

/** From the check of the devices to the end of the call, for signed-in people and guests alike. */
export function CallRoom(props: RoomProps): JSX.Element {
  const room = useRoom(props.place, props.ticket);
  const { state } = room;
  useEffect(() => {
    document.title = `${t("title")} · Consilium`;
  }, []);
  useScreenAwake(state.kind === "talking" || state.kind === "waiting");
  useVoiceFirst(state);
  useCallConnects(state);
  switch (state.kind) {
    case "idle":
      return (
        <main class="call-page call-page-wide" id="content">
          <Logo />
          <DeviceCheck intro={props.intro} onJoin={room.join} />
        </main>
      );
    case "preparing":
    case "connecting":
      return (
        <Frame key="joining" state="joining">
          <div class="call-joining" role="status">
            <span class="spinner" aria-hidden="true" />
            <h1>{t("joining")}</h1>
            <p class="muted">{t("joiningLead")}</p>
          </div>
          <Button onPress={room.acts.leave}>{t("cancel")}</Button>
        </Frame>
      );
    case "waiting":
      return <Waiting state={state} acts={room.acts} instead={props.instead} />;
    case "talking":
      return (
        <CallScreen
          state={state}
          acts={room.acts}
          since={room.since}
          head={props.head}
          case={props.case}
          invite={props.invite}
          chatLead={props.chatLead}
          chatDraft={`chat ${props.place}`}
          instead={props.instead}
        />
      );
    case "over":
      return (
        <Frame key="over" state="over" why={state.why}>
          {props.over({
            why: state.why,
            problem: room.problem,
            lastedMilliseconds: room.lasted,
            bytes: room.bytes,
            again: room.again,
          })}
        </Frame>
      );
  }
}

/** An ordinary page around the call; focus lands on it, so that a change is also heard. */
function Frame(props: { state: string; why?: OverWhy; children: ComponentChildren }): JSX.Element {
  const element = useRef<HTMLElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <main
      ref={element}
      class="call-page"
      id="content"
      tabIndex={-1}
      data-call-state={props.state}
      data-why={props.why}
    >
      <Logo />
      {props.children}
    </main>
  );
}

/** The waiting room: one's place, one's picture, and how long. */
function Waiting(props: {
  state: Extract<CallState, { kind: "waiting" }>;
  acts: CallActs;
  instead: ComponentChildren;
}): JSX.Element {
  const { state, acts } = props;
  const [since] = useState(Date.now);
  const now = useNow(1_000);
  return (
    <Frame state="waiting">
      <Stack>
        <div role="status">
          <h1>{t("waitTitle")}</h1>
          <p>{t("waitLead")}</p>
        </div>
        <p class="muted">
          {t("waitKept")} <span role="timer">{t("waitingFor", { time: clock(now - since) })}</span>
        </p>
        {state.link.kind === "lost" && (
          <LostLink since={state.link.since} onRetry={acts.retryNow} instead={props.instead} />
        )}
        {state.own.camera && (
          <div class="check-picture">
            <OwnPicture stream={state.own.stream} shown label={t("ownPicture")} />
          </div>
        )}
        <div>
          <Button icon="exit" onPress={acts.leave}>
            {t("leave")}
          </Button>
        </div>
      </Stack>
    </Frame>
  );
}

const NO_CALL = store<CallState>({ kind: "idle" });

/** One way into a call at a time; each has its own {@link Call}. */
function useRoom(place: string, ticket: () => Promise<Ticket>) {
  const [call, setCall] = useState<Call>();
  const state = useStore(call?.state ?? NO_CALL);
  const [problem, setProblem] = useState<Problem>();
  const entry = useRef<Entry | undefined>(undefined);
  const since = useRef<number | undefined>(undefined);
  const bytes = useRef(0);
  const early = useRef<EarlyTicket | undefined>(undefined);
  const latest = useRef({ call, ticket });
  latest.current = { call, ticket };

  const enter = (how: Entry, media?: LocalMedia) => {
    entry.current = how;
    since.current = undefined;
    bytes.current = 0;
    setProblem(undefined);
    keepEntry(place, how);
    const open = openPicked(how);
    const next = new Call({
      ticket: () => {
        const fetched = early.current?.take() ?? latest.current.ticket();
        return fetched.catch((error: unknown) => refuse(error, setProblem));
      },
      begin: { audio: how.audio, video: how.video },
      hideAddress: how.hideAddress ?? false,
      openDevices: media ? handOver(media, open) : open,
    });
    setCall(next);
    void next.enter();
  };

  useEffect(() => {
    // The page was loaded again in the middle of it: back to the seat, which was kept.
    const kept = keptEntry(place);
    if (kept) enter(kept);
    else early.current = new EarlyTicket(ticket);
    return () => latest.current.call?.leave();
  }, [place]);

  useEffect(() => {
    if (state.kind === "over") keepEntry(place, undefined);
  }, [state.kind]);

  if (state.kind === "talking") {
    since.current ??= Date.now();
    bytes.current = state.line.data.bytes;
  }
  const lasted = useLasted(since.current, state.kind);
  const acts = useMemo(() => actsOf(() => latest.current.call), []);

  return {
    state,
    acts,
    problem,
    since: since.current ?? Date.now(),
    lasted,
    bytes: bytes.current,
    join(how: Entry, media: LocalMedia) {
      if (!how.video) media.tracks.video?.stop();
      enter(how, media);
    },
    again: () => enter(entry.current ?? { audio: true, video: false }),
  };
}

/** How long it was, fixed when it is over. */
function useLasted(since: number | undefined, kind: CallState["kind"]): number | undefined {
  const ended = useRef<number | undefined>(undefined);
  if (kind === "over") ended.current ??= Date.now();
  else ended.current = undefined;
  return since === undefined || ended.current === undefined ? undefined : ended.current - since;
}

function actsOf(call: () => Call | undefined): CallActs {
  return {
    setMicrophone: (on) => void call()?.setMicrophone(on),
    setCamera: (on) => void call()?.setCamera(on),
    say: (text) => call()?.say(text),
    leave: () => call()?.leave(),
    end: () => call()?.end(),
    retryNow: () => call()?.retryNow(),
    admit: (seat) => call()?.admit(seat),
    refuse: (seat) => call()?.refuse(seat),
    remove: (seat) => call()?.remove(seat),
    askMute: (seat) => call()?.mute(seat),
    setRole: (seat, role) => call()?.setRole(seat, role),
    handOver: (seat) => call()?.handOver(seat),
    setWish: (wish) => call()?.setWish(wish),
    allowMoreData: () => call()?.allowMoreData(),
  };
}

/** A definite no ends the attempt; a server that is away or busy is asked again. */
function refuse(error: unknown, remember: (problem: Problem) => void): never {
  const problem = asProblem(error);
  const { status } = problem;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    remember(problem);
    throw new TicketRefused(problem.code);
  }
  throw problem;
}

function needsLink(state: CallState): boolean {
  if (state.kind === "over" || state.kind === "waiting") return false;
  if (state.kind !== "talking") return true;
  const { rung, wish, quality } = state.line;
  // Who wants no video is never shown to have room for it: a link that is good has.
  const room =
    isAbove(rung, "stills") || (quality?.level === "good" && !isAbove(wish.highest, "stills"));
  return state.people.length > 0 && !room;
}

/** From the check of the devices on, while somebody is heard and no room for more has been proved. */
function useVoiceFirst(state: CallState): void {
  const first = needsLink(state);
  useEffect(() => voiceFirst.set(first), [first]);
  useEffect(() => () => voiceFirst.set(false), []);
}

/** Who looks at their devices likely goes in at once; and a call that stands first needs its voice. */
const CALM_MILLISECONDS = 5_000;

function useCallConnects(state: CallState): void {
  const now = connects(state);
  useEffect(() => {
    callConnects.set(true);
    if (now) return;
    const free = setTimeout(() => callConnects.set(false), CALM_MILLISECONDS);
    return () => clearTimeout(free);
  }, [now]);
  useEffect(() => () => callConnects.set(false), []);
}

/** To the server, or for the first time to one of the others: that needs all of a thin link. */
function connects(state: CallState): boolean {
  switch (state.kind) {
    case "preparing":
    case "connecting":
      return true;
    case "waiting":
      return state.link.kind === "lost";
    case "talking":
      return (
        state.link.kind === "lost" ||
        state.people.some(({ present, path }) => present && path === "connecting")
      );
    default:
      return false;
  }
}

/** Keeps a phone's screen on: a dark screen takes the camera with it. */
function useScreenAwake(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    let lock: { release(): Promise<void> } | undefined;
    let gone = false;
    const { wakeLock } = navigator as Partial<Pick<Navigator, "wakeLock">>;
    const ask = () => {
      if (document.visibilityState !== "visible") return;
      wakeLock?.request("screen").then(
        (granted) => {
          if (gone) void granted.release();
          else lock = granted;
        },
        () => {},
      );
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, [wanted]);
}
