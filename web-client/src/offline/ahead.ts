import { api, ok, type Schema } from "../api/client";
import { asProblem } from "../api/problem";
import { live } from "../live";
import type { Me } from "../session";
import { voiceFirst } from "../voiceFirst";
import { keptAt } from "./copies";

type Summary = Schema<"ConsultSummary">;

/** More would cost a thin link too much. */
const CONSULTS_MAX = 20;
/** What is said in a thread does not always change its consult. */
const THREAD_MILLISECONDS = 60 * 60 * 1000;
/** After the page: what is on the screen comes first. */
const QUIET_MILLISECONDS = 5_000;
/** Definitions change seldom. */
const DEFINITIONS_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Reads ahead what a clinician may need without a link: today's patients, their own open consults
 * with the threads, and what requests are made of. One after the other, only what changed.
 */
export function readAhead(me: Me): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run().catch(nextTime), QUIET_MILLISECONDS);
  };
  const run = async () => {
    for await (const read of wanted(me)) {
      if (stopped || !mayRead()) return;
      await read().catch(unlessAway);
    }
  };
  const begins = () => mayRead() && begin();
  const unwatch = [live.state.watch(begins), voiceFirst.watch(begins)];
  begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    for (const end of unwatch) end();
  };
}

/** The server answers, and no call needs the link for itself. */
function mayRead(): boolean {
  return live.state.get().kind === "open" && !voiceFirst.get();
}

async function* wanted(me: Me): AsyncGenerator<() => Promise<unknown>> {
  const { language } = me.account;
  yield unlessKept("/catalogue", () => ok(api.GET("/catalogue")));
  yield unlessKept("/triage-rules", () => ok(api.GET("/triage-rules")));
  yield unlessKept("/sites", () => ok(api.GET("/sites")));
  const { items } = await ok(
    api.GET("/consults", { params: { query: { view: "open", limit: 100 } } }),
  );
  const patients = await ok(api.GET("/patients", { params: { query: { limit: 30 } } }));
  yield () => ok(api.GET("/requests"));
  const mine = items.filter(({ requester }) => requester.id === me.account.id);
  for (const one of [...mine, ...items.filter((other) => !mine.includes(other))].slice(
    0,
    CONSULTS_MAX,
  )) {
    yield () => readConsult(one);
  }
  const languages = new Set([language, ...patients.items.map((patient) => patient.language)]);
  for (const spoken of languages) {
    yield unlessKept(`/consent-texts?language=${spoken}`, () =>
      ok(api.GET("/consent-texts", { params: { query: { language: spoken } } })),
    );
  }
  yield* forms();
}

async function* forms(): AsyncGenerator<() => Promise<unknown>> {
  const heads = await ok(api.GET("/forms"));
  for (const { name: form, version } of heads.items) {
    yield unlessKept(`/forms/${form}/${version}`, () =>
      ok(api.GET("/forms/{form}/{version}", { params: { path: { form, version } } })),
    );
  }
}

/** The consult, its thread, its case and the answers to it, if they changed since. */
async function readConsult({ id, changedAt }: Summary): Promise<void> {
  const kept = (await keptAt(`/consults/${id}/messages`)) ?? 0;
  if (kept > Math.max(Date.parse(changedAt), Date.now() - THREAD_MILLISECONDS)) return;
  const params = { path: { consultId: id } };
  await ok(api.GET("/consults/{consultId}", { params }));
  await ok(api.GET("/consults/{consultId}/request", { params }));
  await ok(api.GET("/consults/{consultId}/notes", { params }));
  await ok(api.GET("/consults/{consultId}/follow-up", { params }));
  await ok(api.GET("/consults/{consultId}/consents", { params }));
  await ok(api.GET("/consults/{consultId}/messages", { params }));
}

function unlessKept(what: string, read: () => Promise<unknown>): () => Promise<unknown> {
  return async () => {
    const kept = (await keptAt(what)) ?? 0;
    if (kept < Date.now() - DEFINITIONS_MILLISECONDS) await read();
  };
}

/** What one question is refused does not keep the others from being asked. */
function unlessAway(error: unknown): void {
  if (asProblem(error).outcomeUnknown) throw error;
}

/** It is read ahead again when the link is back. */
function nextTime(error: unknown): void {
  if (!asProblem(error).outcomeUnknown) reportError(error);
}
