import type { StillPlan } from "./rungs";

/** One picture of the other side's camera, which came by itself. */
export interface Still {
  readonly picture: Blob;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

/** Small enough that a packet of the voice never waits long behind one. */
export const CHUNK_BYTES = 400;
/** Larger ones are no stills, and are not collected. */
const PICTURE_BYTES_MAX = 100_000;
const PICTURE_TYPES = ["image/webp", "image/jpeg"];
/** So much may wait in the browser; what waits there can no longer be held back. */
const WAITING_BYTES_MAX = 2 * CHUNK_BYTES;
const SLOWEST_BITS_PER_SECOND = 1_000;
const FIRST_PART = 0.6;

/** What is said before the bytes of a picture. */
interface Head {
  readonly type: string;
  readonly bytes: number;
}

/**
 * How fast pictures go from here on: slower at once when the round trip grows, for the voice waits in
 * the same queue; not at all when it has grown much.
 */
export function nextPace(pace: number | undefined, plan: StillPlan, lateMs: number): number {
  const before = pace ?? plan.bitsPerSecondMax * FIRST_PART;
  if (lateMs > 500) return 0;
  if (lateMs > 200) return Math.max(SLOWEST_BITS_PER_SECOND, before / 2);
  const faster = Math.max(SLOWEST_BITS_PER_SECOND, before) * 1.15;
  return Math.min(plan.bitsPerSecondMax, faster);
}

/** Pictures to and from one other person, on a data channel beside the voice. */
export class StillsChannel {
  readonly #channel: RTCDataChannel;
  readonly #onStill: (still: Still) => void;
  #waiting: Uint8Array<ArrayBuffer> = new Uint8Array();
  #pace = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #coming: { readonly head: Head; readonly parts: ArrayBuffer[]; bytes: number } | undefined;

  constructor(channel: RTCDataChannel, onStill: (still: Still) => void) {
    this.#channel = channel;
    this.#onStill = onStill;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#take(data);
    channel.onclose = () => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  get open(): boolean {
    return this.#channel.readyState === "open";
  }

  /** Whether a picture is still on its way. */
  get busy(): boolean {
    return this.#waiting.length > 0 || this.#channel.bufferedAmount > WAITING_BYTES_MAX;
  }

  /** Bits a second from now on; 0 holds the rest back. */
  set pace(bitsPerSecond: number) {
    this.#pace = bitsPerSecond;
    if (bitsPerSecond > 0) this.#next();
  }

  /** Begins to send a picture, unless one is on its way. */
  async send(picture: Blob): Promise<void> {
    const bytes = new Uint8Array(await picture.arrayBuffer());
    if (!this.open || this.busy) return;
    this.#channel.send(JSON.stringify({ type: picture.type, bytes: bytes.length } satisfies Head));
    this.#waiting = bytes;
    this.#next();
  }

  #next(): void {
    if (this.#timer !== undefined || this.#waiting.length === 0 || this.#pace <= 0) return;
    if (!this.open) return;
    if (this.#channel.bufferedAmount < WAITING_BYTES_MAX) {
      this.#channel.send(this.#waiting.slice(0, CHUNK_BYTES));
      this.#waiting = this.#waiting.slice(CHUNK_BYTES);
    }
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#next();
      },
      (CHUNK_BYTES * 8_000) / this.#pace,
    );
  }

  #take(data: unknown): void {
    if (typeof data === "string") {
      const head = readHead(data);
      this.#coming = head && { head, parts: [], bytes: 0 };
    } else if (data instanceof ArrayBuffer && this.#coming) {
      const coming = this.#coming;
      coming.parts.push(data);
      coming.bytes += data.byteLength;
      if (coming.bytes < coming.head.bytes) return;
      this.#coming = undefined;
      if (coming.bytes > coming.head.bytes) return;
      this.#onStill({
        picture: new Blob(coming.parts, { type: coming.head.type }),
        at: Date.now(),
      });
    }
  }
}

/** Undefined for what is no picture that we would show. */
function readHead(text: string): Head | undefined {
  try {
    const head: unknown = JSON.parse(text);
    if (typeof head !== "object" || head === null) return undefined;
    const { type, bytes } = head as Partial<Head>;
    if (typeof type !== "string" || !PICTURE_TYPES.includes(type)) return undefined;
    if (typeof bytes !== "number" || bytes <= 0 || bytes > PICTURE_BYTES_MAX) return undefined;
    return { type, bytes };
  } catch {
    return undefined;
  }
}
