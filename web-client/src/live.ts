import { useEffect, useRef } from "preact/hooks";
import { onUnreachable } from "./api/client";
import { store, type Store } from "./store";

/** The server says only that something changed; the page then asks for it again. */
export interface Hint {
  readonly topic: string;
  readonly id: string;
}

/** What a page wants to hear of: a whole topic, one thing by its id, or one thing of a topic. */
export type Interest = string | { readonly topic?: string; readonly id?: string };

/** What the connection banner may truthfully say. */
export type LiveState =
  | { readonly kind: "closed" }
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  | {
      readonly kind: "lost";
      readonly since: number;
      readonly attempt: number;
      /** When the server is asked again; nothing while it is being asked. */
      readonly retryAt?: number;
    };

/** The part of `EventSource` that is used, so that tests can stand in for the network. */
export interface Source {
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent) => void): void;
  close(): void;
}

export interface LiveOptions {
  readonly connect: () => Source;
  /** Called when the connection fails: finds out whether the session is the reason. */
  readonly onLost?: () => void;
  readonly now?: () => number;
  /** Between 0 and 1, so that a restarted server is not met by everybody in the same second. */
  readonly jitter?: () => number;
}

const FIRST_RETRY_MILLISECONDS = 1_000;
const RETRY_MILLISECONDS_MAX = 30_000;
/** Three missed pings of a server that sends one every 15 s: the path is dead. */
const SILENCE_MILLISECONDS_MAX = 50_000;
/** A dead path may swallow the question itself; a thin one needs some seconds for an answer. */
const CONNECT_MILLISECONDS_MAX = 30_000;

/** How long to wait before the next attempt, the first being 1. */
export function backOff(attempt: number, jitter: number): number {
  const full = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** (attempt - 1), RETRY_MILLISECONDS_MAX);
  return Math.round(full * (0.5 + jitter / 2));
}

export function concerns(interest: Interest, hint: Hint): boolean {
  if (typeof interest === "string") return interest === hint.topic || interest === hint.id;
  return (
    (interest.topic === undefined || interest.topic === hint.topic) &&
    (interest.id === undefined || interest.id === hint.id)
  );
}

/** One stream of hints for the whole page; connects again by itself until closed. */
export class Live {
  readonly state: Store<LiveState> = store<LiveState>({ kind: "closed" });
  readonly #options: Required<LiveOptions>;
  readonly #listeners = new Set<(hint: Hint | "everything") => void>();
  #source: Source | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #wasOpen = false;

  constructor(options: LiveOptions) {
    this.#options = { onLost: () => {}, now: Date.now, jitter: Math.random, ...options };
  }

  open(): void {
    if (this.state.get().kind === "closed") this.#connect({ kind: "connecting" });
  }

  close(): void {
    this.#drop();
    clearTimeout(this.#retry);
    this.state.set({ kind: "closed" });
  }

  /** Does not wait for the back-off: the browser says the network is back, or the person asks. */
  retryNow(): void {
    const state = this.state.get();
    if (state.kind !== "lost") return;
    clearTimeout(this.#retry);
    this.#connect({ kind: "lost", since: state.since, attempt: state.attempt });
  }

  /** Something speaks for a dead path: the server itself is asked, for it may be heard still. */
  doubt(): void {
    if (this.state.get().kind !== "open") return;
    this.#connect({ kind: "lost", since: this.#options.now(), attempt: 0 });
  }

  /** Hears every hint, and `everything` after a gap in which hints may have been missed. */
  listen(listener: (hint: Hint | "everything") => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #connect(shown: LiveState): void {
    this.#drop();
    this.state.set(shown);
    const source = this.#options.connect();
    this.#source = source;
    this.#watchdog = setTimeout(() => this.#lost(), CONNECT_MILLISECONDS_MAX);
    source.onopen = () => {
      clearTimeout(this.#watchdog);
      const gap = this.#wasOpen || this.state.get().kind === "lost";
      this.#wasOpen = true;
      this.state.set({ kind: "open" });
      if (gap) this.#tell("everything");
    };
    source.onerror = () => this.#lost();
    const onHint = (event: MessageEvent) => {
      const hint = parseHint(event.data);
      if (hint) this.#tell(hint);
    };
    source.addEventListener("message", onHint);
    // The server itself may have missed changes, for example while its database was away.
    source.addEventListener("resync", () => this.#tell("everything"));
    // Only a server that sends pings can be missed: others keep the stream up by comments.
    source.addEventListener("ping", () => this.#heard());
  }

  #lost(): void {
    this.#drop();
    const before = this.state.get();
    const attempt = before.kind === "lost" ? before.attempt + 1 : 1;
    const since = before.kind === "lost" ? before.since : this.#options.now();
    const wait = backOff(attempt, this.#options.jitter());
    this.state.set({ kind: "lost", since, attempt, retryAt: this.#options.now() + wait });
    this.#options.onLost();
    this.#retry = setTimeout(() => this.retryNow(), wait);
  }

  #heard(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#lost(), SILENCE_MILLISECONDS_MAX);
  }

  #drop(): void {
    clearTimeout(this.#watchdog);
    this.#source?.close();
    this.#source = undefined;
  }

  #tell(hint: Hint | "everything"): void {
    for (const listener of [...this.#listeners]) listener(hint);
  }
}

/** The hint in an event's data, or nothing when it is none. */
export function parseHint(data: unknown): Hint | undefined {
  try {
    const value: unknown = JSON.parse(String(data));
    if (typeof value !== "object" || value === null) return undefined;
    const { topic, id } = value as Record<string, unknown>;
    return typeof topic === "string" ? { topic, id: typeof id === "string" ? id : "" } : undefined;
  } catch {
    return undefined;
  }
}

let onLost = (): void => {};

/** The session says here how to find out whether it is still good. */
export function onLiveLost(check: () => void): void {
  onLost = check;
}

export const live = new Live({
  connect: () => new EventSource("/api/v1/live"),
  onLost: () => onLost(),
});

/** Listens to the browser's own news about the network and the tab. */
export function startLive(): void {
  addEventListener("online", () => live.retryNow());
  // What the browser believes of its network is a reason to ask, and no answer.
  addEventListener("offline", () => live.doubt());
  onUnreachable(() => live.doubt());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") live.retryNow();
  });
}

/** Hints often come in a burst: one change touches a consult, its offer and its thread. */
const BURST_MILLISECONDS = 150;

/** Calls `refetch` when a hint concerns the interest, once per burst. */
export function useLive(interest: Interest | readonly Interest[], refetch: () => void): void {
  const latest = useRef(refetch);
  latest.current = refetch;
  const interests: readonly Interest[] = isList(interest) ? interest : [interest];
  const key = JSON.stringify(interests);
  useEffect(() => {
    if (interests.length === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.listen((hint) => {
      if (hint !== "everything" && !interests.some((one) => concerns(one, hint))) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, BURST_MILLISECONDS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [key]);
}

function isList(interest: Interest | readonly Interest[]): interest is readonly Interest[] {
  return Array.isArray(interest);
}
