import { api, newKey, ok, once } from "../api/client";
import { asProblem } from "../api/problem";
import { store } from "../store";
import {
  allOutgoing,
  type Details,
  forgetOutgoing,
  isKept,
  isThin,
  keepOutgoing,
  next,
  type Outgoing,
  type Part,
} from "./outgoing";
import { sha256, shrink } from "./shrink";
import { type Outcome, send } from "./tus";

const RETRY_MILLISECONDS_MIN = 2_000;
const RETRY_MILLISECONDS_MAX = 60_000;

/** One tab of a browser sends, so that two do not take an upload from each other. */
const SENDING_LOCK = "consilium-files";

/** Every file of the account that is on its way, on all pages. */
export const outgoing = store<readonly Outgoing[]>([]);

let owner = "";
let running = false;
let pause = RETRY_MILLISECONDS_MIN;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Goes on with what an earlier page could not finish, until {@link rest}. */
export function resume(accountId: string): void {
  if (owner !== accountId) {
    rest();
    owner = accountId;
  }
  addEventListener("online", hurry);
  hurry();
}

/** Sends nothing more after the part on its way: nobody is signed in who may. */
export function rest(): void {
  removeEventListener("online", hurry);
  clearTimeout(timer);
  owner = "";
  outgoing.set([]);
}

/** Takes a file into the account's queue; answers the id it will have on the server. */
export async function add(
  accountId: string,
  consultId: string,
  file: File,
  details: Details,
): Promise<string> {
  resume(accountId);
  const small = await shrink(file);
  const part = async (bytes: Blob) => ({
    id: newKey(),
    bytes,
    sha256: await sha256(bytes),
    sent: 0,
  });
  const added: Outgoing = {
    attachmentId: newKey(),
    consultId,
    owner: accountId,
    details,
    addedAt: Date.now(),
    announced: false,
    parts: {
      ...(small && { thumbnail: await part(small.thumbnail), preview: await part(small.preview) }),
      original: await part(file),
    },
    withOriginal: !small || !isThin(connection()),
  };
  await put(added);
  hurry();
  return added.attachmentId;
}

/** Sends the original too. */
export async function sendOriginal(attachmentId: string): Promise<void> {
  const file = outgoing.get().find((one) => one.attachmentId === attachmentId);
  if (file && !file.withOriginal) await put({ ...file, withOriginal: true });
  hurry();
}

/** Stops sending a file and forgets it on this device. */
export async function drop(attachmentId: string): Promise<void> {
  leaveOut(attachmentId);
  await forgetOutgoing(attachmentId);
}

function leaveOut(attachmentId: string): void {
  outgoing.set(outgoing.get().filter((file) => file.attachmentId !== attachmentId));
}

function hurry(): void {
  clearTimeout(timer);
  pause = RETRY_MILLISECONDS_MIN;
  void pump();
}

async function pump(): Promise<void> {
  if (running) return;
  running = true;
  try {
    await alone(sendAll);
  } finally {
    running = false;
  }
}

async function sendAll(): Promise<void> {
  await takeUp();
  for (let one = next(outgoing.get()); one; one = next(outgoing.get())) {
    if (!(await isKept(one.file.attachmentId))) {
      leaveOut(one.file.attachmentId);
      continue;
    }
    const outcome = await sendPart(one.file, one.part);
    if (outcome.kind === "later" || outcome.kind === "not-yet") {
      timer = setTimeout(() => void pump(), pause);
      pause = Math.min(pause * 2, RETRY_MILLISECONDS_MAX);
      return;
    }
    pause = RETRY_MILLISECONDS_MIN;
  }
}

/** Browsers without locks send from every tab: the server then lets the newest go on. */
async function alone(work: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  await (locks ? locks.request(SENDING_LOCK, work) : work());
}

/** Adds what other pages have left on this device. */
async function takeUp(): Promise<void> {
  const whose = owner;
  const kept = await allOutgoing(whose);
  if (whose !== owner) return;
  const known = new Set(outgoing.get().map(({ attachmentId }) => attachmentId));
  const found = kept.filter(({ attachmentId }) => !known.has(attachmentId));
  if (found.length > 0) outgoing.set(inOrder([...outgoing.get(), ...found]));
}

async function sendPart(file: Outgoing, name: Part): Promise<Outcome> {
  const part = file.parts[name];
  if (!part) return { kind: "done" };
  const announced = await announce(file);
  if (announced.kind !== "done") return settle(file.attachmentId, name, announced);
  const outcome = await send(
    {
      id: part.id,
      consultId: file.consultId,
      attachmentId: file.attachmentId,
      part: name,
      bytes: part.bytes,
      sha256: part.sha256,
    },
    (sent) => show(file.attachmentId, name, sent),
  );
  return settle(file.attachmentId, name, outcome);
}

/** Says what the file shows, before its bytes. */
async function announce(file: Outgoing): Promise<Outcome> {
  if (file.announced) return { kind: "done" };
  try {
    await ok(
      api.POST("/consults/{consultId}/attachments", {
        params: { path: { consultId: file.consultId } },
        body: { id: file.attachmentId, details: file.details },
        headers: once(file.attachmentId),
      }),
    );
  } catch (error) {
    const problem = asProblem(error);
    if (problem.outcomeUnknown || problem.status >= 500) return { kind: "later" };
    // The request itself may not be saved yet.
    if (problem.status === 404 || problem.status === 401) return { kind: "not-yet" };
    return { kind: "refused", sentence: problem.message };
  }
  const now = current(file.attachmentId);
  if (now) await put({ ...now, announced: true });
  return { kind: "done" };
}

async function settle(attachmentId: string, name: Part, outcome: Outcome): Promise<Outcome> {
  const file = current(attachmentId);
  if (!file) return { kind: "done" };
  if (outcome.kind === "refused" && name === "original") {
    await put({ ...file, refused: outcome.sentence });
  } else if (outcome.kind === "done" || outcome.kind === "refused") {
    // A small picture that is not taken is made by the server from the original.
    const { [name]: _, ...parts } = file.parts;
    if (Object.keys(parts).length === 0) await drop(attachmentId);
    else await put({ ...file, parts });
  }
  return outcome;
}

function current(attachmentId: string): Outgoing | undefined {
  return outgoing.get().find((file) => file.attachmentId === attachmentId);
}

/** Kept before it is shown: what is shown and not kept was dropped by another page. */
async function put(file: Outgoing): Promise<void> {
  await keepOutgoing(file);
  if (file.owner !== owner) return;
  const others = outgoing.get().filter(({ attachmentId }) => attachmentId !== file.attachmentId);
  outgoing.set(inOrder([...others, file]));
}

function inOrder(files: Outgoing[]): Outgoing[] {
  return files.sort((a, b) => a.addedAt - b.addedAt);
}

/** Only shown: what the server really has is asked of it. */
function show(attachmentId: string, name: Part, sent: number): void {
  outgoing.set(
    outgoing.get().map((file) => {
      const part = file.parts[name];
      return file.attachmentId === attachmentId && part
        ? { ...file, parts: { ...file.parts, [name]: { ...part, sent } } }
        : file;
    }),
  );
}

function connection(): { effectiveType?: string; saveData?: boolean } | undefined {
  return (navigator as { connection?: { effectiveType?: string; saveData?: boolean } }).connection;
}
