/**
 * Sends bytes by tus 1.0.0 (core, creation). What the server has is never sent again: after a cut it
 * is asked how far it came.
 */

const VERSION = "1.0.0";
const UPLOADS = "/api/v1/uploads";

/** Without a sign of life the link is dead; a thin one may need minutes for what the device holds. */
const SILENCE_MILLISECONDS_MAX = 180_000;

/** What is sent, and whom it belongs to. `id` is made once, so that beginning twice begins once. */
export interface Transfer {
  readonly id: string;
  readonly consultId: string;
  readonly attachmentId: string;
  readonly part: "thumbnail" | "preview" | "original";
  readonly bytes: Blob;
  /** Of all the bytes, hexadecimal. */
  readonly sha256: string | undefined;
}

/** How one try ended. */
export type Outcome =
  | { readonly kind: "done" }
  /** The link broke, the server is busy or nobody is signed in: try again later. */
  | { readonly kind: "later" }
  /** The consult is not there yet. */
  | { readonly kind: "not-yet" }
  /** The server will never take it; the sentence is for the person. */
  | { readonly kind: "refused"; readonly sentence: string };

/** Opens or resumes the transfer and sends the rest; `report` hears how many bytes are through. */
export async function send(transfer: Transfer, report: (bytes: number) => void): Promise<Outcome> {
  const begun = await request("POST", UPLOADS, {
    "Upload-Length": String(transfer.bytes.size),
    "Upload-Metadata": metadata(transfer),
  });
  if (begun.status !== 201) return outcomeOf(begun);
  for (let tries = 0; tries < 3; tries++) {
    const from = tries === 0 ? offsetOf(begun) : await offsetNow(transfer.id);
    if (from === undefined) return { kind: "later" };
    report(from);
    if (from >= transfer.bytes.size) return { kind: "done" };
    const answer = await request(
      "PATCH",
      `${UPLOADS}/${transfer.id}`,
      { "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" },
      { body: transfer.bytes.slice(from), report: (sent) => report(from + sent) },
    );
    const reached = offsetOf(answer);
    if (answer.status === 204 && reached !== undefined) {
      report(reached);
      if (reached >= transfer.bytes.size) return { kind: "done" };
    } else if (answer.status !== 409 && answer.status !== 460) {
      return outcomeOf(answer);
    }
  }
  return { kind: "later" };
}

function metadata(transfer: Transfer): string {
  const values = {
    id: transfer.id,
    consult: transfer.consultId,
    attachment: transfer.attachmentId,
    part: transfer.part,
    ...(transfer.sha256 && { sha256: transfer.sha256 }),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name} ${btoa(value)}`)
    .join(",");
}

async function offsetNow(id: string): Promise<number | undefined> {
  return offsetOf(await request("HEAD", `${UPLOADS}/${id}`, {}));
}

function offsetOf(answer: Answer): number | undefined {
  const text = answer.header("Upload-Offset");
  return text === null ? undefined : Number(text);
}

export function outcomeOf(answer: { status: number; text: string }): Outcome {
  const { status } = answer;
  if ([0, 401, 408, 429].includes(status) || status >= 500) return { kind: "later" };
  if (status === 404) return { kind: "not-yet" };
  if (status === 409 && answer.text.includes("already-here")) return { kind: "done" };
  return { kind: "refused", sentence: sentenceIn(answer.text) };
}

function sentenceIn(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === "string" ? detail : "";
  } catch {
    return "";
  }
}

interface Answer {
  /** 0 when there was none. */
  readonly status: number;
  readonly text: string;
  header(name: string): string | null;
}

/** `fetch` does not tell how much of a body went out; on a thin link that is what one waits for. */
function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  sending?: { body: Blob; report: (sent: number) => void },
): Promise<Answer> {
  return new Promise((resolve) => {
    const link = new XMLHttpRequest();
    link.open(method, path);
    link.setRequestHeader("Tus-Resumable", VERSION);
    for (const [name, value] of Object.entries(headers)) link.setRequestHeader(name, value);
    let silence = setTimeout(() => link.abort(), SILENCE_MILLISECONDS_MAX);
    if (sending) {
      link.upload.addEventListener("progress", ({ loaded }) => {
        clearTimeout(silence);
        silence = setTimeout(() => link.abort(), SILENCE_MILLISECONDS_MAX);
        sending.report(loaded);
      });
    }
    link.addEventListener("loadend", () => {
      clearTimeout(silence);
      resolve({
        status: link.status,
        text: link.responseText,
        header: (name) => link.getResponseHeader(name),
      });
    });
    link.send(sending?.body ?? null);
  });
}
