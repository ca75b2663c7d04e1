/** Several signs of one change of networks come within that time. */
export const NETWORK_MILLISECONDS = 300;
/** A path that is disconnected often comes back by itself in that time. */
export const DISCONNECTED_MILLISECONDS_MAX = 3_000;
/** A restart needs some seconds on a bad link; a second one meanwhile would only undo it. */
const FIRST_PAUSE_MILLISECONDS = 6_000;
const PAUSE_MILLISECONDS_MAX = 30_000;

/** How long the `restarts`-th restart in a row is given before the next. */
export function restartPause(restarts: number): number {
  if (restarts === 0) return 0;
  return Math.min(FIRST_PAUSE_MILLISECONDS * 1.5 ** (restarts - 1), PAUSE_MILLISECONDS_MAX);
}

/**
 * When to restart ICE: as early as somebody asks, but never while a restart may still succeed, and
 * after longer and longer pauses while none does.
 */
export class RestartClock {
  readonly #needed: () => boolean;
  readonly #restart: () => void;
  #restarts = 0;
  #earliest = 0;
  #due = Infinity;
  #anyway = false;
  #held = false;
  /** Restarted while held, because the network changed. */
  #ahead = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `needed` is asked when the time has come. */
  constructor(needed: () => boolean, restart: () => void) {
    this.#needed = needed;
    this.#restart = restart;
  }

  /** How many in a row have brought nothing. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Looks after that time whether a restart is needed; an earlier look takes the place of this. */
  soon(milliseconds: number): void {
    const now = performance.now();
    const due = Math.max(now + milliseconds, this.#earliest);
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#look(), due - now);
  }

  /**
   * The network under the path has changed, so it is restarted though it seems to work still. While
   * a restart is under way this is one more sign of the same change.
   */
  networkChanged(): void {
    if (performance.now() < this.#earliest) return;
    this.#anyway = true;
    this.soon(NETWORK_MILLISECONDS);
  }

  /** A restart has begun, ours or the other side's. */
  begun(): void {
    this.#cancel();
    this.#restarts++;
    const pause = restartPause(this.#restarts);
    this.#earliest = performance.now() + pause;
    this.soon(pause);
  }

  /** What kept the restarts from helping is over: the next one need not wait. */
  hopeful(): void {
    this.#restarts = 0;
    this.#earliest = 0;
  }

  /** The path works. */
  succeeded(): void {
    this.hopeful();
    if (!this.#anyway) this.#cancel();
  }

  /**
   * While held nothing is restarted, with one exception: on another network candidates are gathered
   * at once, and the offer waits for the way to the other side. More is made up for afterwards.
   */
  hold(held: boolean): void {
    this.#held = held;
    this.#ahead &&= held;
    if (!held && this.#anyway) this.soon(0);
  }

  stop(): void {
    this.#cancel();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#due = Infinity;
    this.#anyway = false;
  }

  #look(): void {
    this.#due = Infinity;
    const anyway = this.#anyway;
    if (this.#held && (!anyway || this.#ahead)) return;
    this.#ahead = this.#held;
    this.#cancel();
    if (anyway || this.#needed()) this.#restart();
    else this.#restarts = 0;
  }
}
