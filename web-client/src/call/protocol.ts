import type { RungName } from "./rungs";

/**
 * The messages of `consilium.v1`, as `signaling/PROTOCOL.md` says. The examples beside that page are
 * read by this file's tests and by the server's.
 */
export const PROTOCOL = "consilium.v1";

export type CallRole =
  "clinician" | "specialist" | "coordinator" | "interpreter" | "observer" | "patient" | "guardian";

/** The roles of those who decide about others in the call. */
export const HOST_ROLES: readonly CallRole[] = ["clinician", "specialist", "coordinator"];

/** One person's place in the call, as others are told of it. */
export interface Participant {
  readonly seat: number;
  /** Grows when the person comes with a new page, whose peer connections are new. */
  readonly epoch: number;
  readonly name: string;
  readonly role: CallRole;
  /** What a host may make them. */
  readonly roles?: readonly CallRole[];
  readonly host: boolean;
  /** False while the connection is lost and the seat is kept. */
  readonly present: boolean;
  readonly since: string;
  readonly media?: Media;
}

export interface Self {
  readonly seat: number;
  readonly epoch: number;
  readonly name: string;
  readonly role: CallRole;
  readonly roles?: readonly CallRole[];
  readonly host: boolean;
  readonly state: "waiting" | "admitted";
}

/** Which of its microphone and camera a client sends. */
export interface Media {
  readonly audio: boolean;
  readonly video: boolean;
  /** Whether the client reads packed descriptions. */
  readonly packs?: boolean;
}

export type LinkLevel = "good" | "fair" | "poor";

/** How a client finds its own link. */
export interface Quality {
  readonly level: LinkLevel;
  readonly roundTripMs: number;
  readonly lossPercent: number;
  /** All media together, as the client measured it last. */
  readonly kilobitsPerSecondIn?: number;
  readonly kilobitsPerSecondOut?: number;
  /** Where the client stands on the ladder of what it sends. */
  readonly rung?: RungName;
  /** The highest rung of the others that it wants to be sent. */
  readonly wants?: RungName;
}

export interface Drawing {
  readonly picture: string;
  /** Points in parts of the picture's width and height. */
  readonly stroke: readonly (readonly [number, number])[];
}

/** `connection`: which peer connection of this pair, from 1; lower ones are past. */
export interface DescriptionBody {
  readonly connection: number;
  /** The number of this offer among the sender's; in an answer, of the offer that it answers. */
  readonly offer?: number;
  readonly description: RTCSessionDescriptionInit;
  /** Its text, packed, which is then not in `description`. */
  readonly packed?: string;
  /** Whether the sender reads packed ones. */
  readonly packs?: boolean;
}

export interface CandidateBody {
  readonly connection: number;
  readonly candidate: RTCIceCandidateInit | null;
}

export interface RestartBody {
  readonly connection: number;
}

export interface Welcome {
  readonly type: "welcome";
  readonly protocol: string;
  readonly resumed: boolean;
  /** Another server has taken the call over and knows no more than the seats. */
  readonly restored: boolean;
  readonly call: string;
  readonly consult: string;
  readonly self: Self;
  readonly resumeToken: string;
  readonly seq: number;
  readonly accepted: number;
  readonly participants: readonly Participant[];
  readonly waiting: readonly Participant[];
  readonly iceServers: readonly RTCIceServer[];
  readonly seatKeptSeconds: number;
  readonly heartbeat: {
    readonly pingSeconds: number;
    readonly giveUpSeconds: number;
    readonly idleSeconds: number;
  };
}

export interface Pong {
  readonly type: "pong";
  readonly accepted: number;
  readonly at: string;
  /** Newer credentials for the relay; the old ones end soon. */
  readonly iceServers?: readonly RTCIceServer[];
}

export interface ProtocolError {
  readonly type: "error";
  readonly code: string;
  readonly message: string;
  readonly about?: number;
}

/** About one connection: never repeated. */
export type SocketMessage = Welcome | Pong | ProtocolError;

/** Another client's words: `sent` is that client's own number, higher each time in one epoch. */
interface Relayed {
  readonly from: number;
  readonly sent: number;
}

/** About the call: numbered for this seat, repeated after a lost connection. */
export type CallMessage = { readonly seq: number; readonly at: string } & (
  | { readonly type: "joined"; readonly participant: Participant }
  | { readonly type: "left"; readonly seat: number; readonly reason: string }
  | { readonly type: "away"; readonly seat: number; readonly until: string }
  | { readonly type: "back"; readonly participant: Participant; readonly resumed: boolean }
  | { readonly type: "waiting"; readonly participant: Participant }
  | {
      readonly type: "admitted";
      readonly by: number;
      readonly participants: readonly Participant[];
      readonly waiting: readonly Participant[];
      readonly iceServers: readonly RTCIceServer[];
    }
  | { readonly type: "refused"; readonly by: number }
  | {
      readonly type: "role";
      readonly seat: number;
      readonly role: CallRole;
      readonly host: boolean;
      /** Absent when the server decided it, so that the call has a host. */
      readonly by?: number;
    }
  | { readonly type: "ended"; readonly reason: string; readonly by?: number }
  | ({ readonly type: "description"; readonly body: DescriptionBody } & Relayed)
  | ({ readonly type: "candidate"; readonly body: CandidateBody } & Relayed)
  | ({ readonly type: "restart"; readonly body: RestartBody } & Relayed)
  | ({ readonly type: "mute"; readonly body: Partial<Media> } & Relayed)
  | ({ readonly type: "chat"; readonly body: { readonly text: string } } & Relayed)
  | ({ readonly type: "media"; readonly body: Media } & Relayed)
  | ({ readonly type: "drawing"; readonly body: Drawing } & Relayed)
  | ({ readonly type: "quality"; readonly body: Quality } & Relayed)
);

export type ServerMessage = SocketMessage | CallMessage;

/** The receiver of a message to one seat, and its epoch as we know it. */
interface To {
  readonly to: number;
  readonly epoch: number;
}

/** What a client may say; the connection adds the number. */
export type ClientMessage =
  | ({ readonly type: "description"; readonly body: DescriptionBody } & To)
  | ({ readonly type: "candidate"; readonly body: CandidateBody } & To)
  | ({ readonly type: "restart"; readonly body: RestartBody } & To)
  | ({ readonly type: "mute"; readonly body: Partial<Media> } & To)
  | { readonly type: "chat"; readonly body: { readonly text: string } }
  | { readonly type: "media"; readonly body: Media }
  | { readonly type: "drawing"; readonly body: Drawing }
  | { readonly type: "quality"; readonly body: Quality }
  | { readonly type: "admit" | "refuse" | "remove" | "hand-over"; readonly seat: number }
  | { readonly type: "role"; readonly seat: number; readonly body: { readonly role: CallRole } }
  | { readonly type: "leave" | "end" };

/** The longest line of chat; the server takes 8 kB, and a letter may need four bytes. */
export const CHAT_CHARACTERS_MAX = 1_500;

/** The names of everything the server may say to this version; others are ignored. */
const SERVER_TYPES: Readonly<Record<ServerMessage["type"], true>> = {
  welcome: true,
  pong: true,
  error: true,
  joined: true,
  left: true,
  away: true,
  back: true,
  waiting: true,
  admitted: true,
  refused: true,
  role: true,
  ended: true,
  description: true,
  candidate: true,
  restart: true,
  mute: true,
  chat: true,
  media: true,
  drawing: true,
  quality: true,
};

/** Reads one message; undefined when it is of a later version, or none. */
export function readMessage(text: string): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== "object" || message === null || !("type" in message)) return undefined;
    const { type } = message;
    return typeof type === "string" && Object.hasOwn(SERVER_TYPES, type)
      ? (message as ServerMessage)
      : undefined;
  } catch {
    return undefined;
  }
}

export function isAboutCall(message: ServerMessage): message is CallMessage {
  return "seq" in message && message.type !== "welcome";
}

/** The text of a message with its number. */
export function numbered(message: ClientMessage, seq: number): string {
  const { type, ...rest } = message;
  return JSON.stringify({ type, seq, ...rest });
}

export function ping(lastSeq: number): string {
  return JSON.stringify({ type: "ping", ack: lastSeq });
}

/** Why a call is over for us without our doing. */
export type OverReason = "ended" | "removed" | "refused" | "full" | "replaced" | "broken";

/** What to do when the server has closed the connection. */
export type AfterClose =
  | { readonly kind: "resume"; readonly afterMilliseconds: number }
  | { readonly kind: "ticket"; readonly afterMilliseconds: number }
  | { readonly kind: "over"; readonly reason: OverReason };

/** How long a client that sent too much stays away. */
const CALM_MILLISECONDS = 5_000;

export function afterClose(code: number, reason: string): AfterClose {
  switch (code) {
    case 1012:
      return { kind: "resume", afterMilliseconds: retryMilliseconds(reason) };
    case 4001:
      return { kind: "over", reason: "replaced" };
    case 4003:
      return { kind: "over", reason: "removed" };
    case 4004:
      return { kind: "over", reason: "ended" };
    case 4005:
      return { kind: "over", reason: "refused" };
    case 4006:
      return { kind: "over", reason: "full" };
    case 1002:
    case 1003:
    case 1007:
    case 1009:
    case 4000:
      return { kind: "over", reason: "broken" };
    case 4007:
    case 4008:
      return { kind: "ticket", afterMilliseconds: 0 };
    case 4010:
      return { kind: "resume", afterMilliseconds: 0 };
    case 4029:
      return { kind: "resume", afterMilliseconds: CALM_MILLISECONDS };
    default:
      return { kind: "resume", afterMilliseconds: 0 };
  }
}

function retryMilliseconds(reason: string): number {
  const found = /^retry-ms=(\d{1,5})$/.exec(reason);
  return found ? Number(found[1]) : 0;
}
