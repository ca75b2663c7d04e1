import type { Path } from "./peer";
import type { CallMessage, LinkLevel, Media, Participant } from "./protocol";
import { isRungName, type RungName } from "./rungs";
import type { Still } from "./stills";

/** Somebody else in the call, with what is known of their media. */
export interface Person {
  readonly seat: number;
  readonly epoch: number;
  readonly name: string;
  readonly role: Participant["role"];
  readonly roles?: Participant["roles"];
  readonly host: boolean;
  /** False while their connection to the server is lost; their media may go on. */
  readonly present: boolean;
  readonly media: Media;
  readonly stream: MediaStream | undefined;
  readonly path: Path;
  /** How they find their own link. */
  readonly link: LinkLevel | undefined;
  /** Where they stand on the ladder, and the most that they want to be sent; unknown of older pages. */
  readonly rung: RungName | undefined;
  readonly wants: RungName | undefined;
  /** The last picture of them that came by itself. */
  readonly still: Still | undefined;
  /** To be compared with what they see. */
  readonly words: string | undefined;
}

export interface ChatLine {
  /** 0 for our own. */
  readonly seat: number;
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

/** Lines kept on the page; chat is not stored, the thread of the consult is. */
const CHAT_LINES_MAX = 500;

/** Who is in the call, who waits, and what was said: what the server's messages add up to. */
export interface People {
  readonly people: readonly Person[];
  readonly waiting: readonly Participant[];
  readonly chat: readonly ChatLine[];
}

export const NOBODY: People = { people: [], waiting: [], chat: [] };

export function personOf(participant: Participant, known?: Person): Person {
  const same = known?.epoch === participant.epoch ? known : undefined;
  return {
    seat: participant.seat,
    epoch: participant.epoch,
    name: participant.name,
    role: participant.role,
    ...(participant.roles ? { roles: participant.roles } : {}),
    host: participant.host,
    present: participant.present,
    media: participant.media ?? same?.media ?? { audio: true, video: true },
    // The last picture of an older page stays until the new one has come.
    stream: known?.stream,
    path: same?.path ?? (known ? "interrupted" : "connecting"),
    link: same?.link,
    rung: same?.rung,
    wants: same?.wants,
    still: known?.still,
    words: same?.words,
  };
}

/** The truth of a welcome: who is not in it is gone. */
export function welcomed(
  before: People,
  participants: readonly Participant[],
  waiting: readonly Participant[],
  fresh: boolean,
): People {
  const people = participants.map((participant) =>
    personOf(
      participant,
      fresh ? undefined : before.people.find(({ seat }) => seat === participant.seat),
    ),
  );
  return { ...before, people, waiting };
}

/** What one message changes; messages about media are none of these. */
export function afterMessage(before: People, message: CallMessage): People {
  switch (message.type) {
    case "joined":
    case "back": {
      const { participant } = message;
      const waits = before.waiting.some(({ seat }) => seat === participant.seat);
      if (waits && message.type === "back") {
        return { ...before, waiting: upsert(before.waiting, participant) };
      }
      const known = before.people.find(({ seat }) => seat === participant.seat);
      return {
        ...before,
        people: upsert(before.people, personOf(participant, known)),
        waiting: without(before.waiting, participant.seat),
      };
    }
    case "left":
      return {
        ...before,
        people: without(before.people, message.seat),
        waiting: without(before.waiting, message.seat),
      };
    case "away":
      return {
        ...before,
        people: changed(before.people, message.seat, { present: false }),
        waiting: before.waiting.map((each) =>
          each.seat === message.seat ? { ...each, present: false } : each,
        ),
      };
    case "waiting":
      return { ...before, waiting: upsert(before.waiting, message.participant) };
    case "role": {
      const { role, host } = message;
      return { ...before, people: changed(before.people, message.seat, { role, host }) };
    }
    case "media":
      return { ...before, people: changed(before.people, message.from, { media: message.body }) };
    case "quality": {
      const { level: link, rung, wants } = message.body;
      // A rung of a later version is none that we know.
      const said = { rung: known(rung), wants: known(wants) };
      return { ...before, people: changed(before.people, message.from, { link, ...said }) };
    }
    case "chat": {
      const name = before.people.find(({ seat }) => seat === message.from)?.name ?? "";
      return said(before, { seat: message.from, name, text: message.body.text, at: message.at });
    }
    default:
      return before;
  }
}

function known(rung: unknown): RungName | undefined {
  return isRungName(rung) ? rung : undefined;
}

export function said(before: People, line: ChatLine): People {
  return { ...before, chat: [...before.chat, line].slice(-CHAT_LINES_MAX) };
}

export function changed(
  people: readonly Person[],
  seat: number,
  change: Partial<Person>,
): readonly Person[] {
  return people.map((person) => (person.seat === seat ? { ...person, ...change } : person));
}

function upsert<T extends { readonly seat: number }>(list: readonly T[], item: T): readonly T[] {
  return list.some(({ seat }) => seat === item.seat)
    ? list.map((each) => (each.seat === item.seat ? item : each))
    : [...list, item];
}

function without<T extends { readonly seat: number }>(
  list: readonly T[],
  seat: number,
): readonly T[] {
  return list.filter((each) => each.seat !== seat);
}
