import type { Ticket } from "./signaling";

/** A ticket is good for a minute, and the way back to the server may take its time. */
const GOOD_MILLISECONDS = 40_000;

/** A ticket that is fetched while the person still looks at their devices: a round trip less at the press. */
export class EarlyTicket {
  readonly #fetch: () => Promise<Ticket>;
  readonly #now: () => number;
  #fetched: { readonly ticket: Promise<Ticket | undefined>; readonly at: number } | undefined;

  constructor(fetch: () => Promise<Ticket>, now = () => performance.now()) {
    this.#fetch = fetch;
    this.#now = now;
    // What keeps it back now is told when the person wants to go in.
    this.#fetched = { ticket: fetch().catch(() => undefined), at: now() };
  }

  /** The ticket, once; a new one when it is used, was refused or has become old. */
  async take(): Promise<Ticket> {
    const fetched = this.#fetched;
    this.#fetched = undefined;
    const good = fetched && this.#now() - fetched.at < GOOD_MILLISECONDS;
    return (good ? await fetched.ticket : undefined) ?? (await this.#fetch());
  }
}
