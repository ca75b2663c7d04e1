import { answerFrom, type Schema } from "../api/client";
import { live } from "../live";
import { session } from "../session";
import { shownFrom } from "./shown";
import { readSealed, sealedIds, vaultNow, writeSealed } from "./vault";

type Patient = Schema<"Patient">;

interface Copy {
  /** Milliseconds since 1970: when the server said it. */
  readonly at: number;
  readonly body: unknown;
}

/** What a clinic reads: its lists, consults, patients, and what its forms are made of. */
const KEPT =
  /^\/(catalogue|consent-texts|consults|forms|patients|requests|sites|triage-rules)(\/|\?|$)/;
const PATIENT = /^\/patients\/[^/?]+$/;
const BASE = "/api/v1";

/** Longer than this nobody should rely on it. */
const KEEP_MILLISECONDS = 72 * 60 * 60 * 1000;

/** From now on keeps what a clinician reads, and shows it where the server cannot be asked. */
export function startCopies(): void {
  answerFrom({
    answered(request, answer) {
      const what = questionOf(request);
      if (!what || !isJson(answer)) return;
      const vault = vaultNow();
      answer.json().then((body: unknown) => keepCopy(what, body, vault), unread);
    },
    async copyOf(request) {
      const what = questionOf(request);
      const copy = what && ((await copyAt(what)) ?? (await foundHere(what)));
      if (!copy) return undefined;
      shownFrom.set(Math.min(shownFrom.get() ?? copy.at, copy.at));
      return new Response(JSON.stringify(copy.body), {
        headers: { "Content-Type": "application/json" },
      });
    },
  });
  live.state.watch(({ kind }) => {
    if (kind === "open") shownFrom.set(undefined);
  });
}

/** Keeps what a question was answered, as if the server had just said so. */
export async function keepCopy(what: string, body: unknown, vault = vaultNow()): Promise<void> {
  await writeSealed("copy", what, { at: Date.now(), body } satisfies Copy, vault);
  // Patients of a list are found again one by one.
  if (/^\/patients(\?|$)/.test(what)) {
    for (const patient of (body as { items: Patient[] }).items) {
      await keepCopy(`/patients/${patient.id}`, patient, vault);
    }
  }
}

/** When the server was last asked this; nothing when it never was, or too long ago. */
export async function keptAt(what: string): Promise<number | undefined> {
  return (await copyAt(what))?.at;
}

async function copyAt(what: string): Promise<Copy | undefined> {
  const copy = await readSealed<Copy>("copy", what);
  return copy && copy.at > Date.now() - KEEP_MILLISECONDS ? copy : undefined;
}

/** Lists of patients that were never asked for, made of those that are known here. */
async function foundHere(what: string): Promise<Copy | undefined> {
  if (!/^\/patients(\?|$)/.test(what)) return undefined;
  const query = new URLSearchParams(what.split("?")[1] ?? "");
  const known = (await sealedIds("copy")).filter((id) => PATIENT.test(id));
  const copies = (await Promise.all(known.map(copyAt))).filter((copy) => copy !== undefined);
  const found = copies.filter(({ body }) => isMeant(body as Patient, query));
  if (known.length === 0) return undefined;
  const items = found.map(({ body }) => body as Patient);
  return { at: Math.min(...copies.map(({ at }) => at)), body: { items } };
}

/** Whether a patient is one of those asked for: by id, or by part of a name or number. */
export function isMeant(patient: Patient, query: URLSearchParams): boolean {
  const ids = query.get("ids");
  if (ids !== null) return ids.split(",").includes(patient.id);
  const words = plain(query.get("query") ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const { name, localNumber, identity, phone } = patient;
  const text = plain([name, localNumber, identity.native, phone].filter(Boolean).join(" "));
  return words.every((word) => text.includes(word));
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
}

/** The question as it is kept under; nothing for what is not kept, or for others than clinicians. */
function questionOf(request: Request): string | undefined {
  const now = session.get();
  if (now.kind !== "signed-in" && now.kind !== "lost") return undefined;
  if (now.me.membership.role !== "clinician") return undefined;
  const { pathname, search } = new URL(request.url);
  const what = pathname.slice(BASE.length) + search;
  return KEPT.test(what) ? what : undefined;
}

function isJson(answer: Response): boolean {
  return (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
}

/** The answer broke off: whoever asked hears of it. */
function unread(): void {}
