import { pause } from "../call/reconnect";
import type { Socket } from "../call/signaling";
import { PROTOCOL } from "../call/protocol";
import { store, type Store } from "../store";
import {
  answerWord,
  declineWord,
  type DeclineReason,
  PING_WORD,
  type PresenceMessage,
  readPresence,
} from "./protocol";
import { afterWord, NO_RINGS, type Rings } from "./rings";

export interface PresenceOptions {
  /** Who is at the screen. */
  readonly account: string;
  readonly rings: Store<Rings>;
  readonly ticket: () => Promise<{ readonly ticket: string; readonly url: string }>;
  /** Told after what rings has been changed by it. */
  readonly onWord?: (word: PresenceMessage) => void;
  /** While it is true a call connects, which must not wait behind us: nothing is dialled. */
  readonly standsBack?: Store<boolean>;
  readonly open?: (url: string, protocols: string[]) => Socket;
  /** Between 0 and 1. */
  readonly jitter?: () => number;
}

const OPEN = 1;
const PING_MILLISECONDS = 15_000;
const ANSWER_MILLISECONDS_MAX = 10_000;
/** After a change of networks the old path is most likely dead: one answer must come soon. */
const DOUBT_MILLISECONDS_MAX = 3_000;
/** A page that cannot be rung tries for ever, but not often: a server that is away is not hurried. */
const RETRY_MILLISECONDS_MAX = 30_000;
/** Opened in too many windows: this one stays quiet. */
const REPLACED = 4001;
const RESTART = 1012;

/** What the person has said and the server has not yet answered. */
type Said = { readonly kind: "answer" } | { readonly kind: "decline"; reason: DeclineReason };

/** The page's presence socket: comes back by itself until it is closed. */
export class Presence {
  readonly #options: Required<PresenceOptions>;
  #socket: Socket | undefined;
  #present = false;
  #closed = false;
  /** Which attempt to connect counts; an older one has been given up. */
  #turn = 0;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Said again on the next connection while it still rings: an answer must not get lost. */
  readonly #said = new Map<string, Said>();
  #stopWatching: (() => void) | undefined;

  constructor(options: PresenceOptions) {
    this.#options = {
      onWord: () => {},
      open: (url, protocols) => new WebSocket(url, protocols),
      jitter: Math.random,
      standsBack: store(false),
      ...options,
    };
  }

  open(): void {
    globalThis.addEventListener("online", this.#online);
    this.#stopWatching = this.#options.standsBack.watch((back) => {
      if (this.#present) return;
      this.#drop();
      if (!back) void this.#connect();
    });
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching?.();
    globalThis.removeEventListener("online", this.#online);
    this.#drop();
    this.#options.rings.set(NO_RINGS);
  }

  answer(ring: string): void {
    this.#say(ring, { kind: "answer" });
  }

  decline(ring: string, reason: DeclineReason): void {
    this.#say(ring, { kind: "decline", reason });
    const { rings } = this.#options;
    const now = rings.get();
    rings.set({ ...now, incoming: now.incoming.filter(({ id }) => id !== ring) });
  }

  #say(ring: string, said: Said): void {
    this.#said.set(ring, said);
    if (this.#present) this.#write(wordOf(ring, said));
  }

  readonly #online = (): void => {
    if (this.#present) {
      this.#write(PING_WORD);
      this.#expectWords(DOUBT_MILLISECONDS_MAX);
    } else if (this.#retry !== undefined) {
      clearTimeout(this.#retry);
      void this.#connect();
    }
  };

  async #connect(): Promise<void> {
    this.#retry = undefined;
    const turn = ++this.#turn;
    // Whoever lets it stand back calls it again.
    if (this.#options.standsBack.get()) return;
    const mine = (): boolean => !this.#closed && turn === this.#turn;
    try {
      const { ticket, url } = await this.#options.ticket();
      if (mine()) this.#dial(url, ticket);
    } catch {
      if (mine()) this.#lose();
    }
  }

  #dial(url: string, ticket: string): void {
    const socket = this.#options.open(url, [PROTOCOL, `presence.${ticket}`]);
    this.#socket = socket;
    this.#expectWords(ANSWER_MILLISECONDS_MAX);
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#hear(String(event.data));
    };
    socket.onclose = ({ code, reason }) => {
      if (socket !== this.#socket) return;
      if (code === REPLACED) this.close();
      else this.#lose(code === RESTART ? Number(/^retry-ms=(\d+)$/.exec(reason)?.[1] ?? 0) : 0);
    };
  }

  #hear(text: string): void {
    clearTimeout(this.#silence);
    const word = readPresence(text);
    if (!word) return;
    const { rings, account, onWord } = this.#options;
    if (word.type === "present") this.#greeted(word.incoming.map(({ id }) => id));
    if (word.type === "ring-ended" || word.type === "ring-answered")
      this.#said.delete(word.ring.id);
    if (word.type === "error" && word.ring !== undefined && word.code !== "unavailable") {
      this.#said.delete(word.ring);
    }
    rings.set(afterWord(rings.get(), word, account));
    onWord(word);
  }

  #greeted(incoming: readonly string[]): void {
    this.#present = true;
    this.#attempt = 0;
    clearInterval(this.#pinging);
    this.#pinging = setInterval(() => {
      this.#write(PING_WORD);
      this.#expectWords(ANSWER_MILLISECONDS_MAX);
    }, PING_MILLISECONDS);
    for (const [ring, said] of this.#said) {
      // An answer may have been heard whose reply was lost: the server gives it again.
      if (said.kind === "answer" || incoming.includes(ring)) this.#write(wordOf(ring, said));
      else this.#said.delete(ring);
    }
  }

  #write(text: string): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  #expectWords(milliseconds: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(), milliseconds);
  }

  #lose(afterMilliseconds = 0): void {
    this.#drop();
    this.#attempt++;
    const wait = pause(this.#attempt, this.#options.jitter(), RETRY_MILLISECONDS_MAX);
    this.#retry = setTimeout(() => void this.#connect(), Math.max(afterMilliseconds, wait));
  }

  #drop(): void {
    this.#turn++;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    clearInterval(this.#pinging);
    this.#present = false;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}

function wordOf(ring: string, said: Said): string {
  return said.kind === "answer" ? answerWord(ring) : declineWord(ring, said.reason);
}
