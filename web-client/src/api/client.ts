import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./generated/schema";
import { vaultAccount } from "../offline/vault";
import { problemOf, unreachable } from "./problem";

/** A named schema of the contract: `Schema<"Me">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** Longest wait for an answer: at 16 kbit/s a page of the queue takes 14 s, a picture a minute. */
const ANSWER_MILLISECONDS_MAX = 60_000;

/** Asks the person to sign in again over the page they are on; true when they did. */
type SignInAgain = () => Promise<boolean>;

let signInAgain: SignInAgain = async () => false;

/** The session says here what to do when the server no longer knows us. */
export function onSessionLost(ask: SignInAgain): void {
  signInAgain = ask;
}

let tellUnreachable = (): void => {};

/** Called whenever the server could not be asked at all; a slow answer is no such case. */
export function onUnreachable(listener: () => void): void {
  tellUnreachable = listener;
}

/** What this device kept of the server's answers. */
export interface Copies {
  /** Hears every good answer to a question. */
  answered(request: Request, answer: Response): void;
  /** What the server last said to a question that cannot be asked now. */
  copyOf(request: Request): Promise<Response | undefined>;
}

let copies: Copies | undefined;

/** Keeps answers from now on, and answers from them what cannot be asked. */
export function answerFrom(kept: Copies): void {
  copies = kept;
}

let admitted = (): Promise<void> => Promise.resolve();

/** Nothing is sent before `admit` has come back: the server must have said who is at the screen. */
export function admitBy(admit: () => Promise<void>): void {
  admitted = admit;
}

/** For what is sent past this client; throws a Problem while nobody can be asked. */
export function admission(): Promise<void> {
  return admitted();
}

/** Answers whether who is at the screen now still is, whenever it is called. */
export function sameIsHere(): () => boolean {
  const account = vaultAccount();
  return () => vaultAccount() === account;
}

/**
 * A typed client over `send`; requests refused with 401 are sent again after signing in. What one
 * person has begun is never sent for another who has come to the screen meanwhile.
 */
export function clientOver(send: (request: Request) => Promise<Response>): Client<paths> {
  return createClient<paths>({
    baseUrl: `${location.origin}/api/v1`,
    credentials: "same-origin",
    async fetch(request: Request) {
      if (request.method !== "GET" && !request.headers.has("Idempotency-Key")) {
        request.headers.set("Idempotency-Key", newKey());
      }
      if (entersHere(request)) return answerTo(send, request);
      const again = request.clone();
      const isTheirs = sameIsHere();
      try {
        await admitted();
        if (!isTheirs()) throw unreachable();
        let response = await answerTo(send, request);
        if (response.status === 401) {
          if (!isTheirs()) throw unreachable();
          const signedIn = await signInAgain();
          if (signedIn && !isTheirs()) throw unreachable();
          if (signedIn) response = await answerTo(send, again);
        }
        const keeps = request.method === "GET" && isTheirs();
        if (response.ok && keeps) copies?.answered(request, response.clone());
        return response;
      } catch (error) {
        const keeps = request.method === "GET" && isTheirs();
        const copy = keeps ? await copies?.copyOf(request) : undefined;
        if (copy) return copy;
        throw error;
      }
    },
  });
}

/** The server, by operation: `api.GET("/consults/{consultId}", { params: … })`. */
export const api = clientOver((request) => fetch(request));

/**
 * Names one act of the person at the screen. Made when they act and kept until the outcome is
 * known, so that sending twice does the thing once.
 */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Browsers before 2021: version 4, RFC 9562 section 5.4.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Headers of an act: `api.POST("/patients", { body, headers: once(key) })`. */
export function once(key: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}

/** Headers of an edit: the version it was based on, `0` when there was none yet. */
export function basedOn(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

type Reply = { data?: unknown; error?: unknown; response: Response };
type Data<R extends Reply> = [Exclude<R["data"], undefined>] extends [never]
  ? void
  : Exclude<R["data"], undefined>;

/** The answer's body; throws a {@link Problem} for anything but 2xx. */
export async function ok<R extends Reply>(reply: Promise<R>): Promise<Data<R>> {
  const { data, error, response } = await reply;
  if (!response.ok) throw problemOf(response, error);
  return data as Data<R>;
}

async function answerTo(
  send: (request: Request) => Promise<Response>,
  request: Request,
): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_MILLISECONDS_MAX);
  const stopWithCaller = () => abort.abort();
  request.signal.addEventListener("abort", stopWithCaller);
  try {
    return await send(new Request(request, { signal: abort.signal }));
  } catch {
    if (!abort.signal.aborted) tellUnreachable();
    throw unreachable(abort.signal.aborted && !request.signal.aborted ? "slow" : "unreachable");
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", stopWithCaller);
  }
}

/**
 * Signing in and out, asking who is signed in, a guest's visit: 401 is their own business. Whose
 * sessions end everywhere, or in which role they go on, the server must know first.
 */
function entersHere(request: Request): boolean {
  const { pathname } = new URL(request.url);
  const everywhere = request.method === "DELETE" && pathname.endsWith("/api/v1/sessions");
  const door = /\/api\/v1\/(guest-)?sessions(\/|$)/.test(pathname);
  return door && request.method !== "PATCH" && !everywhere;
}
