/** The highest number heard of each seat in its epoch: a server that took over may repeat them. */
export class Receipts {
  readonly #heard = new Map<number, { readonly epoch: number; readonly sent: number }>();

  /** Whether it is heard for the first time; remembers it. */
  isNew(seat: number, epoch: number, sent: number): boolean {
    const before = this.#heard.get(seat);
    if (before?.epoch === epoch && sent <= before.sent) return false;
    this.#heard.set(seat, { epoch, sent });
    return true;
  }

  clear(): void {
    this.#heard.clear();
  }
}
