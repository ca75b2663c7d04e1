import { currentLanguage, messages } from "../i18n/messages";
import { type Said, saidText, translated } from "../said/said";

const t = messages("problem", {
  unreachable:
    "The server cannot be reached. Check the connection and try again; nothing you typed is lost.",
  slow: "The server did not answer in time. The link may be slow: try again in a moment.",
  unreadable: "The server sent an answer that this page cannot read. Try again.",
  "401": "Please sign in again.",
  "403": "Your role does not allow this.",
  "404": "This does not exist, or it is not open to you.",
  "409": "Somebody changed this meanwhile. Look at the newest state and try again.",
  "412": "Somebody changed this meanwhile. Look at the newest state and try again.",
  "413": "This is too large to send.",
  "422": "Some entries need another look.",
  "429": "Too many attempts. Wait a moment and try again.",
  "503": "The server is busy or starting. Try again in a moment.",
  fault: "Something failed on the server. Nothing was half done; try again.",
  other: "The server refused this.",
});

/** What is wrong with one field; `pointer` is a JSON pointer into the body that was sent. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Why there was no good answer. Only `answered` says anything about what was sent. */
export type ProblemKind = "unreachable" | "slow" | "unreadable" | "answered";

interface ProblemParts {
  readonly kind: ProblemKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Stable name a page may act on, for example `offer-expired`. */
  readonly code: string;
  /** A sentence for the person at the screen. */
  readonly sentence: string;
  readonly errors?: readonly FieldError[];
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly triesLeft?: number | undefined;
}

/** The one error that API calls throw: RFC 9457 problem details, or why there are none. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** How often somebody may still try to show who they are, where that is counted. */
  readonly triesLeft: number | undefined;

  constructor(parts: ProblemParts) {
    super(`${parts.code}: ${parts.sentence}`);
    this.name = "Problem";
    this.kind = parts.kind;
    this.status = parts.status;
    this.code = parts.code;
    this.sentence = parts.sentence;
    this.errors = parts.errors ?? [];
    this.requestId = parts.requestId;
    this.retryAfterSeconds = parts.retryAfterSeconds;
    this.triesLeft = parts.triesLeft;
  }

  /** True when the act may or may not have happened: send it again with the same key. */
  get outcomeUnknown(): boolean {
    return this.kind !== "answered" || this.status >= 500;
  }
}

export function unreachable(kind: "unreachable" | "slow" = "unreachable"): Problem {
  return new Problem({ kind, status: 0, code: kind, sentence: t(kind) });
}

/** Whatever was thrown, as a problem a page can show. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    kind: "unreadable",
    status: 0,
    code: "unreadable",
    sentence: t("unreadable"),
  });
}

/** Reads an answer that is not 2xx. `body` is its parsed JSON, or whatever came instead. */
export function problemOf(response: Response, body: unknown): Problem {
  const { status, headers } = response;
  const parts = isRecord(body) ? body : {};
  const type = text(parts["type"])?.replace(/^.*[/:]/, "");
  const code = text(parts["code"]) ?? (type && type !== "blank" ? type : `http-${status}`);
  const retryAfter = Number(headers.get("Retry-After") ?? Number.NaN);
  return new Problem({
    kind: "answered",
    status,
    code,
    sentence: sentenceOf(
      code,
      status,
      text(parts["detail"]) ?? text(parts["title"]),
      parts["said"] as Said,
    ),
    errors: fieldErrors(parts["errors"]),
    requestId: text(parts["requestId"]) ?? headers.get("X-Request-Id") ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
    triesLeft: typeof parts["triesLeft"] === "number" ? parts["triesLeft"] : undefined,
  });
}

/** The server's sentence is English: other languages have their own, and name it when they do not. */
function sentenceOf(code: string, status: number, detail: string | undefined, said: Said): string {
  if (currentLanguage().startsWith("en")) return detail ?? sentenceFor(status);
  const words = translated(detail ?? "", said, code);
  return words ?? (detail ? `${sentenceFor(status)} (${detail})` : sentenceFor(status));
}

function sentenceFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
    case 404:
    case 409:
    case 412:
    case 413:
    case 422:
    case 429:
    case 503:
      return t(`${status}`);
    default:
      return status >= 500 ? t("fault") : t("other");
  }
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const pointer = text(entry["pointer"]);
    const detail = text(entry["detail"]);
    return pointer === undefined || detail === undefined
      ? []
      : [
          {
            pointer: pointer.replace(/^#/, ""),
            detail: saidText(detail, entry["said"] as Said),
          },
        ];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
