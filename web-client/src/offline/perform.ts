import { api, basedOn, ok, once, sameIsHere, type Schema } from "../api/client";
import { asProblem, unreachable } from "../api/problem";
import { hurry, outgoing } from "../files/sender";
import type { Act, Doing, RequestBody } from "./acts";

/** Some small pictures at 16 kbit/s. */
const THUMBNAILS_MILLISECONDS_MAX = 60_000;

/** Does what an act says, on the server; throws a Problem when that did not work. */
export function perform({ id, doing }: Act): Promise<unknown> {
  switch (doing.kind) {
    case "patient":
      return ok(
        api.POST("/patients", {
          body: { id: doing.patientId, particulars: doing.body },
          headers: once(id),
        }),
      );
    case "request":
      return sendRequest(id, doing);
    case "message":
      return ok(
        api.POST("/consults/{consultId}/messages", {
          params: { path: { consultId: doing.consultId } },
          body: doing.body,
          headers: once(id),
        }),
      );
    case "outcome":
      return ok(
        api.POST("/consults/{consultId}/outcome", {
          params: { path: { consultId: doing.consultId } },
          body: doing.body,
          headers: once(id),
        }),
      );
    case "supplement":
      return ok(
        api.POST("/consults/{consultId}/supplements", {
          params: { path: { consultId: doing.consultId } },
          body: doing.body,
          headers: once(id),
        }),
      );
    case "decision":
      return ok(
        api.POST("/consults/{consultId}/recommendations/{recommendationId}/decision", {
          params: {
            path: { consultId: doing.consultId, recommendationId: doing.recommendationId },
            query: { seen: doing.seen },
          },
          body: doing.body,
          headers: once(id),
        }),
      );
    case "consent":
      return ok(
        api.POST("/consults/{consultId}/consents", {
          params: { path: { consultId: doing.consultId }, query: { seen: doing.seen } },
          body: doing.body,
          headers: once(id),
        }),
      );
    case "consent-back":
      return ok(
        api.POST("/consults/{consultId}/consent-withdrawals", {
          params: { path: { consultId: doing.consultId }, query: { seen: doing.seen } },
          body: doing.body,
          headers: once(id),
        }),
      );
    case "correction":
      return ok(
        api.PUT("/patients/{patientId}", {
          params: { path: { patientId: doing.patientId } },
          body: doing.body,
          headers: { ...once(id), ...basedOn(doing.version) },
        }),
      );
  }
}

/**
 * First the words, then what the pictures show in small, then the request itself goes out. No step
 * is taken for another person who has come to the screen since the first.
 */
async function sendRequest(
  key: string,
  { consultId, body }: Extract<Doing, { kind: "request" }>,
): Promise<unknown> {
  const params = { path: { consultId } };
  const isTheirs = sameIsHere();
  const onlyTheirs = (): void => {
    if (!isTheirs()) throw unreachable();
  };
  const revision = body.saved ? body.revision : await saved(consultId, body, onlyTheirs);
  // Sent already, and the answer was lost: the consult is there.
  if (revision === undefined) return undefined;
  onlyTheirs();
  await thumbnailsSent(consultId);
  onlyTheirs();
  const urgency = body.urgency ?? (await computed(body.findings));
  onlyTheirs();
  return ok(
    api.POST("/consults/{consultId}/submission", {
      params,
      body: {
        revision,
        urgency,
        ...(body.urgencyReason && { urgencyReason: body.urgencyReason }),
        consents: body.consents,
      },
      headers: once(key),
    }),
  );
}

/**
 * Comes back when no small picture of a consult waits here any more, or when they must wait longer
 * than its words.
 */
async function thumbnailsSent(consultId: string): Promise<void> {
  const waits = () =>
    outgoing
      .get()
      .some((file) => file.consultId === consultId && file.parts.thumbnail && !file.refused);
  if (!waits()) return;
  await new Promise<void>((resolve) => {
    const late = setTimeout(done, THUMBNAILS_MILLISECONDS_MAX);
    const unwatch = outgoing.watch(() => waits() || done());
    function done(): void {
      clearTimeout(late);
      unwatch();
      resolve();
    }
    hurry();
  });
}

/** Nobody chose one: it is what the findings mean. */
async function computed(findings: RequestBody["findings"]): Promise<Schema<"Urgency">> {
  if (!findings) return "green";
  return (await ok(api.POST("/triage", { body: findings }))).urgency;
}

/** Saves the words; answers the revision they have now, or nothing when they were sent before. */
async function saved(
  consultId: string,
  body: RequestBody,
  onlyTheirs: () => void,
): Promise<number | undefined> {
  const params = { path: { consultId } };
  try {
    const { revision } = await ok(
      api.PUT("/consults/{consultId}/request", {
        params,
        body: body.content,
        headers: basedOn(body.revision),
      }),
    );
    return revision;
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code === "already-submitted") return undefined;
    if (problem.status !== 412) throw error;
    onlyTheirs();
    const theirs = await ok(api.GET("/consults/{consultId}/request", { params }));
    if (theirs.status === "submitted") return undefined;
    // The answer to an earlier try may have been lost: then the server has these very words.
    if (sameWords(theirs.content, body.content)) return theirs.revision;
    throw error;
  }
}

/** Whether two say the same, in whatever order their fields come. */
export function sameWords(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, inner]) => [name, inOrder(inner)]),
  );
}
