import { store, type Store } from "../store";
import { watchNetwork } from "./network";
import { Outbox } from "./outbox";
import {
  afterClose,
  type CallMessage,
  type ClientMessage,
  isAboutCall,
  numbered,
  type OverReason,
  ping,
  type Pong,
  PROTOCOL,
  type ProtocolError,
  readMessage,
  type Welcome,
} from "./protocol";
import { pause } from "./reconnect";
import { within } from "./within";

/** What the server gives for one way into the call. */
export interface Ticket {
  readonly ticket: string;
  readonly url: string;
}

/** Thrown by the ticket function when asking again is of no use; anything else is tried again. */
export class TicketRefused extends Error {
  constructor(readonly why: string) {
    super(why);
    this.name = "TicketRefused";
  }
}

/** The part of `WebSocket` that is used, so that tests can stand in for the network. */
export interface Socket {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  readonly readyState: number;
  send(text: string): void;
  close(): void;
}

/** `WebSocket.OPEN`. */
const OPEN = 1;

/** What may be said of the connection to the server; the media do not depend on it. */
export type SignalState =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  /** `quiet`: the last ping is not answered, so what is said now may lie for long. */
  | { readonly kind: "open"; readonly quiet?: true }
  | { readonly kind: "lost"; readonly since: number; readonly attempt: number }
  | {
      readonly kind: "over";
      readonly why: "left" | "denied" | OverReason;
      readonly detail?: string;
    };

export interface SignalingOptions {
  /** Fetches a ticket; also told by its failing whether the server can be reached at all. */
  readonly ticket: () => Promise<Ticket>;
  /** `fresh`: the seat's epoch is new, so every peer connection must be made anew. */
  readonly onWelcome: (welcome: Welcome, fresh: boolean) => void;
  readonly onMessage: (message: CallMessage) => void;
  /** The relay has newer credentials. */
  readonly onIceServers?: (iceServers: readonly RTCIceServer[]) => void;
  readonly onError?: (error: ProtocolError) => void;
  readonly open?: (url: string, protocols: string[]) => Socket;
  readonly now?: () => number;
  /** Between 0 and 1. */
  readonly jitter?: () => number;
}

const PING_MILLISECONDS = 5_000;
/** Less than a lost path is given before it is restarted. */
const QUIET_MILLISECONDS = 2_500;
/** A path that is dead does not close the socket by itself for minutes. */
const SILENCE_MILLISECONDS_MAX = 10_000;
/** A page that stood still may have lost its path: one answer must come soon. */
const DOUBT_MILLISECONDS_MAX = 3_000;
/**
 * What a lost connection's way back may take to open, the first time and longer each time; never less
 * than half as long again as the way in has taken before. On a path that is dead the system repeats
 * its first packet after longer and longer pauses, so that an attempt begun in an outage goes on
 * sleeping after it: a new one is sooner through.
 */
const OPEN_MILLISECONDS = { first: 3_000, more: 500 };
const OPEN_PATIENCE = 1.5;
/** The server's word on a ticket; the request may hang on a path that is dead. */
const TICKET_ANSWER_MILLISECONDS_MAX = 15_000;
/** So long the system may go on carrying what an attempt that was given up had to say. */
const GHOST_MILLISECONDS = 120_000;
/** Browsers tell one change of networks by several events. */
const SAME_CHANGE_MILLISECONDS = 1_000;
/** A browser cannot see why a resume failed; after so many the ticket function is asked. */
const BLIND_RESUMES_MAX = 1;
/**
 * So soon after a loss the seat is surely kept (for three minutes): what refuses it then is a server
 * that has not yet taken the call over, and a new epoch would cost the media for nothing.
 */
const SURELY_KEPT_MILLISECONDS = 12_000;
/** An attempt that heard nothing has cost its time already, and no server was troubled by it. */
const AFTER_SILENCE_MILLISECONDS = 250;
/** A timer that is so late tells that the page itself stood still. */
const HUNG_MILLISECONDS = 1_000;
/** A ticket is good for 30 s. */
const TICKET_MILLISECONDS_MAX = 20_000;
/** Messages kept while nothing gets through; more, and the seat begins anew. */
const QUEUE_MAX = 400;

interface Fetched {
  readonly ticket: Ticket;
  readonly fetchedAt: number;
}

/**
 * The connection of one seat: comes back by itself, in the same seat, and delivers what is said once
 * and in order, until it is left or the server says that it is over.
 */
export class Signaling {
  readonly state: Store<SignalState> = store<SignalState>({ kind: "idle" });
  readonly #options: Required<SignalingOptions>;
  #socket: Socket | undefined;
  #welcomed = false;
  #url = "";
  #resumeToken: string | undefined;
  #resumeFailures = 0;
  /** Fetched to learn that the server can be reached; used if the seat is really gone. */
  #spare: Fetched | undefined;
  #fetching = false;
  /** Which attempt to connect counts; an older one has been given up. */
  #turn = 0;
  #triedAt = 0;
  #dialledAt = 0;
  /** How long the last way in took, from the dial to the welcome. */
  #openTook = 0;
  /** Until then one of our own attempts, given up, may come through and take the seat from us. */
  #ghostsUntil = 0;
  /** Replaced, and it is not known yet whether by such an attempt or by another window. */
  #replaced = false;
  #lastSeq = 0;
  readonly #outbox = new Outbox();
  #attempt = 0;
  #lostSince = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #silentAt = 0;
  #stopWatching: (() => void) | undefined;

  constructor(options: SignalingOptions) {
    this.#options = {
      onIceServers: () => {},
      onError: () => {},
      open: (url, protocols) => new WebSocket(url, protocols),
      now: Date.now,
      jitter: Math.random,
      ...options,
    };
  }

  start(): void {
    if (this.state.get().kind !== "idle") return;
    this.state.set({ kind: "connecting" });
    const stopNetwork = watchNetwork(this.#networkChanged);
    document.addEventListener("visibilitychange", this.#seen);
    globalThis.addEventListener("pageshow", this.#seen);
    this.#stopWatching = () => {
      stopNetwork();
      document.removeEventListener("visibilitychange", this.#seen);
      globalThis.removeEventListener("pageshow", this.#seen);
    };
    void this.#connect();
  }

  /** Says it now or, when the connection is lost, as soon as it is back. */
  send(message: ClientMessage): void {
    if (this.state.get().kind === "over") return;
    const { seq } = this.#outbox.add(message);
    if (this.#outbox.kept.length > QUEUE_MAX) {
      this.#forgetSeat();
      this.#lose(0);
    } else if (this.#welcomed) {
      this.#write(numbered(message, seq));
    }
  }

  /** Gives the seat up. */
  leave(): void {
    if (this.#welcomed) this.send({ type: "leave" });
    this.#over("left");
  }

  /** Asks for a word of the server, because something else does not get through. */
  ask(): void {
    if (this.#welcomed) this.#sendPing();
  }

  /** Tries at once, because the network changed or the person asks. */
  retryNow(): void {
    if (this.state.get().kind !== "lost" || this.#socket || this.#fetching) return;
    clearTimeout(this.#retry);
    void this.#connect();
  }

  /** What was connected over the old network is dead and is not told: it is not waited for. */
  readonly #networkChanged = (): void => {
    const { kind } = this.state.get();
    if (kind !== "open" && kind !== "lost") return;
    const trying = kind === "lost" && (this.#socket !== undefined || this.#fetching);
    const triedFor = this.#options.now() - this.#triedAt;
    if (trying && triedFor < SAME_CHANGE_MILLISECONDS) return;
    if (kind === "open") this.#tryAfter(0);
    else {
      this.#drop();
      void this.#connect();
    }
  };

  /** The path may be dead, and the socket does not know it. */
  readonly #doubt = (): void => {
    if (!this.#welcomed) {
      this.retryNow();
      return;
    }
    this.#sendPing();
    this.#expectWords(DOUBT_MILLISECONDS_MAX);
  };

  /** The page is looked at again; while it was hidden or frozen its timers may have stood still. */
  readonly #seen = (): void => {
    if (document.visibilityState === "visible") this.#doubt();
  };

  /** Back to the seat if that can be; a new ticket costs every peer connection. */
  async #connect(): Promise<void> {
    const turn = ++this.#turn;
    this.#fetching = false;
    this.#triedAt = this.#options.now();
    const token = this.#resumeToken;
    const surelyKept = this.#options.now() - this.#lostSince < SURELY_KEPT_MILLISECONDS;
    const resume = (): void => this.#open(this.#url, `resume.${token}.${this.#lastSeq}`);
    if (token && (this.#replaced || this.#resumeFailures < BLIND_RESUMES_MAX)) {
      resume();
      return;
    }
    const fetched = await this.#ticket(turn);
    if (!fetched || turn !== this.#turn || this.state.get().kind === "over") return;
    if (token && (surelyKept || this.#resumeFailures === BLIND_RESUMES_MAX)) {
      // The server can be reached: so one more refusal means that the seat is gone, if it comes late.
      this.#spare = fetched;
      resume();
      return;
    }
    const { ticket } = fetched;
    this.#resumeFailures = BLIND_RESUMES_MAX; // Should this fail too, the seat is asked for again.
    this.#url = ticket.url;
    this.#open(ticket.url, `ticket.${ticket.ticket}`);
  }

  async #ticket(turn: number): Promise<Fetched | undefined> {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare && this.#options.now() - spare.fetchedAt < TICKET_MILLISECONDS_MAX) {
      return spare;
    }
    this.#fetching = true;
    try {
      const ticket = await within(TICKET_ANSWER_MILLISECONDS_MAX, this.#options.ticket());
      return { ticket, fetchedAt: this.#options.now() };
    } catch (failure) {
      if (turn !== this.#turn || this.state.get().kind === "over") return undefined;
      if (failure instanceof TicketRefused) this.#over("denied", failure.why);
      else this.#lose();
      return undefined;
    } finally {
      if (turn === this.#turn) this.#fetching = false;
    }
  }

  #open(url: string, credential: string): void {
    const resuming = credential.startsWith("resume.");
    const socket = this.#options.open(url, [PROTOCOL, credential]);
    this.#socket = socket;
    const least = Math.max(OPEN_MILLISECONDS.first, this.#openTook * OPEN_PATIENCE);
    const openWithin = least + OPEN_MILLISECONDS.more * Math.max(0, this.#attempt - 1);
    this.#dialledAt = this.#options.now();
    this.#expectWords(resuming ? Math.min(openWithin, SILENCE_MILLISECONDS_MAX) : undefined);
    socket.onopen = () => {
      if (socket === this.#socket) this.#expectWords();
    };
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#hear(String(event.data), resuming);
    };
    socket.onclose = (event) => {
      if (socket !== this.#socket) return;
      if (resuming && !this.#welcomed) {
        if (this.#replaced) {
          this.#over("replaced"); // Another window has come in, so that our token is worth nothing.
          return;
        }
        this.#resumeFailures++;
        const lostFor = this.#options.now() - this.#lostSince;
        if (this.#spare && lostFor >= SURELY_KEPT_MILLISECONDS) {
          this.#drop();
          void this.#connect();
          return;
        }
      }
      this.#closed(event.code, event.reason);
    };
  }

  #hear(text: string, resuming: boolean): void {
    this.#expectWords();
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    const state = this.state.get();
    if (state.kind === "open" && state.quiet) this.state.set({ kind: "open" });
    const message = readMessage(text);
    if (!message) return;
    if (message.type === "welcome") this.#welcome(message, !resuming);
    else if (message.type === "pong") this.#pong(message);
    else if (message.type === "error") this.#options.onError(message);
    else if (isAboutCall(message)) this.#number(message);
  }

  /** `fresh`: by a ticket, so that the epoch is new. */
  #welcome(welcome: Welcome, fresh: boolean): void {
    // What was dialled in an outage has slept.
    if (this.#attempt <= 1) this.#openTook = this.#options.now() - this.#dialledAt;
    this.#resumeToken = welcome.resumeToken;
    this.#resumeFailures = 0;
    this.#replaced = false;
    this.#spare = undefined;
    this.#lastSeq = welcome.seq;
    if (fresh) this.#outbox.renumber();
    this.#outbox.accepted(welcome.accepted);
    this.#welcomed = true;
    for (const { seq, message } of this.#outbox.kept) this.#write(numbered(message, seq));
    clearInterval(this.#pinging);
    this.#pinging = setInterval(() => this.#sendPing(), PING_MILLISECONDS);
    this.state.set({ kind: "open" });
    this.#options.onWelcome(welcome, fresh);
  }

  #number(message: CallMessage): void {
    if (message.seq <= this.#lastSeq) return;
    if (message.seq !== this.#lastSeq + 1) {
      this.#lose(0); // Never seen; a resume mends it.
      return;
    }
    this.#lastSeq = message.seq;
    this.#options.onMessage(message);
  }

  /** Only now the connection has proved itself: before, a server that closes at once is not hurried. */
  #pong({ accepted, iceServers }: Pong): void {
    this.#attempt = 0;
    this.#outbox.accepted(accepted);
    if (iceServers) this.#options.onIceServers(iceServers);
  }

  #sendPing(): void {
    this.#write(ping(this.#lastSeq));
    this.#quiet ??= setTimeout(() => {
      if (this.#welcomed) this.state.set({ kind: "open", quiet: true });
    }, QUIET_MILLISECONDS);
  }

  /** On a connection that is closing nothing goes out; what matters is kept and sent again. */
  #write(text: string): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  /** The connection is given up when nothing is heard for a while. */
  #expectWords(milliseconds = SILENCE_MILLISECONDS_MAX): void {
    clearTimeout(this.#silence);
    this.#silentAt = this.#options.now() + milliseconds;
    this.#silence = setTimeout(() => this.#silent(), milliseconds);
  }

  #silent(): void {
    // This page was hung, and what came meanwhile is not read yet: the connection may be well.
    const hung = this.#options.now() - this.#silentAt > HUNG_MILLISECONDS;
    if (hung && this.#welcomed) this.#doubt();
    else if (this.#welcomed) this.#lose(0);
    else this.#tryAfter(AFTER_SILENCE_MILLISECONDS);
  }

  #closed(code: number, reason: string): void {
    const next = afterClose(code, reason);
    switch (next.kind) {
      case "over":
        if (next.reason === "replaced" && this.#options.now() < this.#ghostsUntil) {
          this.#ghostsUntil = 0;
          this.#replaced = true;
          this.#tryAfter(AFTER_SILENCE_MILLISECONDS);
          return;
        }
        this.#over(next.reason);
        return;
      case "ticket":
        this.#forgetSeat();
        this.#lose(next.afterMilliseconds);
        return;
      case "resume":
        this.#lose(this.#welcomed ? next.afterMilliseconds : undefined);
    }
  }

  #forgetSeat(): void {
    this.#resumeToken = undefined;
    this.#lastSeq = 0;
  }

  /** Connects again after the time given, and after longer ones when it goes on failing. */
  #lose(afterMilliseconds?: number): void {
    const attempt = this.#attempt + 1;
    const backOff =
      attempt === 1 && afterMilliseconds !== undefined ? 0 : pause(attempt, this.#options.jitter());
    this.#tryAfter(Math.max(afterMilliseconds ?? 0, backOff));
  }

  #tryAfter(milliseconds: number): void {
    this.#drop();
    if (this.state.get().kind !== "lost") this.#lostSince = this.#options.now();
    this.#attempt++;
    this.state.set({ kind: "lost", since: this.#lostSince, attempt: this.#attempt });
    this.#retry = setTimeout(() => void this.#connect(), milliseconds);
  }

  #over(why: "left" | "denied" | OverReason, detail?: string): void {
    this.#drop();
    this.#stopWatching?.();
    if (this.state.get().kind !== "over") {
      this.state.set(detail === undefined ? { kind: "over", why } : { kind: "over", why, detail });
    }
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    clearInterval(this.#pinging);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      if (!this.#welcomed) this.#ghostsUntil = this.#options.now() + GHOST_MILLISECONDS;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
    this.#welcomed = false;
  }
}
