import type { ChatLine } from "./attendance";

/** A line written in the call by somebody else, for as long as it stands over the picture. */
export interface Caption {
  readonly key: string;
  readonly from: string;
  readonly text: string;
  /** Milliseconds since the epoch, by the clock of this device. */
  readonly until: number;
}

/** No more at a time: they lie over the picture of a person. */
const CAPTIONS_MAX = 3;
/** A line stays long enough for a slow reader, in a language that is not theirs. */
const SHOWN_MILLISECONDS = 5_000;
const LETTER_MILLISECONDS = 90;
const SHOWN_MILLISECONDS_MAX = 20_000;

/** The lines that came after `last`; the chat forgets its oldest, so they cannot be counted. */
export function linesAfter<T>(chat: readonly T[], last: T | undefined): readonly T[] {
  return last === undefined ? chat : chat.slice(chat.lastIndexOf(last) + 1);
}

/** What stands over the picture after these lines came. */
export function captionsAfter(
  shown: readonly Caption[],
  came: readonly ChatLine[],
  now: number,
): readonly Caption[] {
  const fresh = came.flatMap(({ seat, name, text, at }, index) => {
    const reading = SHOWN_MILLISECONDS + LETTER_MILLISECONDS * [...text].length;
    const until = now + Math.min(reading, SHOWN_MILLISECONDS_MAX);
    return seat === 0 ? [] : [{ key: `${seat} ${at} ${now} ${index}`, from: name, text, until }];
  });
  return [...shown.filter(({ until }) => until > now), ...fresh].slice(-CAPTIONS_MAX);
}

/** When the next of them goes, in milliseconds from `now`; undefined when none is shown. */
export function nextEnd(shown: readonly Caption[], now: number): number | undefined {
  const ends = shown.map(({ until }) => until);
  return ends.length === 0 ? undefined : Math.max(0, Math.min(...ends) - now);
}
