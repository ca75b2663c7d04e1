import type { ClientMessage } from "./protocol";

/** Kept until the server says that it has it. */
interface Unaccepted {
  readonly seq: number;
  readonly message: ClientMessage;
}

/** What we said and the server may not have, numbered in order. */
export class Outbox {
  #next = 1;
  #kept: readonly Unaccepted[] = [];

  get kept(): readonly Unaccepted[] {
    return this.#kept;
  }

  add(message: ClientMessage): Unaccepted {
    const added = { seq: this.#next++, message };
    this.#kept = [...this.#kept, added];
    return added;
  }

  accepted(seq: number): void {
    this.#kept = this.#kept.filter((each) => each.seq > seq);
  }

  /** A new epoch counts from 1; what was meant for peer connections that are gone goes with them. */
  renumber(): void {
    const meant = this.#kept.filter(({ message }) => !("to" in message));
    this.#kept = meant.map(({ message }, index) => ({ seq: index + 1, message }));
    this.#next = this.#kept.length + 1;
  }
}
