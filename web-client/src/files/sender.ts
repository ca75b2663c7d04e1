import { alone } from "../alone";
import { admission, api, newKey, ok, once } from "../api/client";
import { asProblem } from "../api/problem";
import { saveOnLeaving } from "../drafts";
import { type Vault, vaultAccount, vaultNow } from "../offline/vault";
import { store, type Store } from "../store";
import {
  allOutgoing,
  bytesOf,
  changeOutgoing,
  type Details,
  forgetOutgoing,
  isKept,
  isThin,
  keepBytes,
  keepOutgoing,
  next,
  type Outgoing,
  type Part,
} from "./outgoing";
import { sha256, shrink } from "./shrink";
import { type Outcome, send } from "./tus";
import { t } from "./words";

const RETRY_MILLISECONDS_MIN = 2_000;
const RETRY_MILLISECONDS_MAX = 60_000;

/** One tab of a browser sends, so that two do not take an upload from each other. */
const SENDING_LOCK = "consilium-files";

/** Every file of the account that is on its way, on all pages. */
export const outgoing = store<readonly Outgoing[]>([]);

/** What is more urgent than large pictures. */
const ahead: Store<boolean>[] = [];

let owner = "";
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

/**
 * Takes a file into the account's queue; answers the id it will have on the server.
 *
 * @param vault the account's, taken before the first pause: making pictures small lasts, and
 *     somebody else may be at the screen by then
 */
export async function add(
  accountId: string,
  consultId: string,
  file: File,
  details: Details,
  vault = vaultNow(),
): Promise<string> {
  if (vault.account !== accountId) throw new Error("the vault is another's");
  if (vaultAccount() === accountId) resume(accountId);
  const keeping = kept(accountId, consultId, file, details, vault);
  // Who leaves before it is kept leaves something unsent.
  const done = saveOnLeaving(() => keeping.then(nothing, nothing));
  const added = await keeping.finally(done);
  putInView(added);
  hurry();
  return added.attachmentId;
}

/** What keeping a file came to, its caller hears. */
function nothing(): void {}

async function kept(
  accountId: string,
  consultId: string,
  file: File,
  details: Details,
  vault: Vault,
): Promise<Outgoing> {
  const small = await shrink(file);
  const part = async (bytes: Blob) => keepBytes(newKey(), bytes, await sha256(bytes), vault);
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
  // Kept before it is shown: what is shown and not kept was dropped by another page.
  await keepOutgoing(added, vault);
  return added;
}

/** Sends the original too. */
export async function sendOriginal(attachmentId: string): Promise<void> {
  const file = current(attachmentId);
  if (file && !file.withOriginal) await change(file, (kept) => ({ ...kept, withOriginal: true }));
  hurry();
}

/** Has large pictures stand back while something more urgent is on the link. */
export function standBack(urgent: Store<boolean>): void {
  ahead.push(urgent);
  urgent.watch((on) => on || hurry());
}

/** Stops sending a file and forgets it on this device. */
export async function drop(attachmentId: string): Promise<void> {
  leaveOut(attachmentId);
  await forgetOutgoing(attachmentId);
}

function leaveOut(attachmentId: string): void {
  outgoing.set(outgoing.get().filter((file) => file.attachmentId !== attachmentId));
}

/** Tries again at once: the link is back. */
export function hurry(): void {
  if (owner === "") return;
  clearTimeout(timer);
  pause = RETRY_MILLISECONDS_MIN;
  void pump();
}

/**
 * Once more when asked for meanwhile: a run may still be sending for an account that has left. Where
 * every tab sends, the server lets the newest go on.
 */
const pump = alone(SENDING_LOCK, sendAll);

async function sendAll(): Promise<void> {
  await takeUp();
  // A request that is never saved does not keep the files of others back.
  const notYet = new Set<string>();
  const nextOne = () => {
    const one = next(outgoing.get().filter((file) => !notYet.has(file.attachmentId)));
    const waits = one?.part !== "thumbnail" && ahead.some((urgent) => urgent.get());
    return waits ? undefined : one;
  };
  for (let one = nextOne(); one; one = nextOne()) {
    if (one.file.owner !== vaultAccount()) return;
    if (!(await isKept(one.file.attachmentId))) {
      leaveOut(one.file.attachmentId);
      continue;
    }
    const outcome = await sendPart(one.file, one.part);
    if (outcome.kind === "later") return tryLater();
    if (outcome.kind === "not-yet") notYet.add(one.file.attachmentId);
    else pause = RETRY_MILLISECONDS_MIN;
  }
  if (notYet.size > 0) tryLater();
}

function tryLater(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void pump(), pause);
  pause = Math.min(pause * 2, RETRY_MILLISECONDS_MAX);
}

/** Adds what other pages have left on this device, and what they made of the files shown here. */
async function takeUp(): Promise<void> {
  const whose = owner;
  const kept = await allOutgoing(whose);
  if (whose !== owner) return;
  const found = new Map(kept.map((file) => [file.attachmentId, file]));
  const known = outgoing.get().map((file) => {
    const newer = found.get(file.attachmentId);
    found.delete(file.attachmentId);
    return newer ? withSent(newer, file) : file;
  });
  outgoing.set(inOrder([...known, ...found.values()]));
}

/** As it is kept, with what this page knows to be through. */
function withSent(kept: Outgoing, shown: Outgoing): Outgoing {
  const parts: Outgoing["parts"] = {};
  for (const name of Object.keys(kept.parts) as Part[]) {
    const part = kept.parts[name];
    if (part) parts[name] = { ...part, sent: shown.parts[name]?.sent ?? part.sent };
  }
  return { ...kept, parts };
}

async function sendPart(file: Outgoing, name: Part): Promise<Outcome> {
  const part = file.parts[name];
  if (!part) return { kind: "done" };
  try {
    await admission();
  } catch {
    return { kind: "later" };
  }
  const announced = await announce(file);
  if (announced.kind !== "done") return settle(file, name, announced);
  const bytes = await bytesOf(part);
  if (file.owner !== vaultAccount()) return { kind: "later" };
  if (!bytes) return settle(file, name, { kind: "refused", sentence: t("lostBytes") });
  const outcome = await send(
    {
      id: part.id,
      consultId: file.consultId,
      attachmentId: file.attachmentId,
      part: name,
      bytes,
      sha256: part.sha256,
    },
    (sent) => show(file.attachmentId, name, sent),
  );
  return settle(file, name, outcome);
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
    if (problem.status === 401) return { kind: "later" };
    // The request itself may not be saved yet.
    if (problem.status === 404) return { kind: "not-yet" };
    return { kind: "refused", sentence: problem.message };
  }
  await change(file, (kept) => ({ ...kept, announced: true }));
  return { kind: "done" };
}

async function settle(file: Outgoing, name: Part, outcome: Outcome): Promise<Outcome> {
  if (outcome.kind === "refused" && name === "original") {
    await change(file, (kept) => ({ ...kept, refused: outcome.sentence }));
  } else if (outcome.kind === "done" || outcome.kind === "refused") {
    // A small picture that is not taken is made by the server from the original.
    await change(file, (kept) => {
      const { [name]: _, ...parts } = kept.parts;
      return Object.keys(parts).length > 0 ? { ...kept, parts } : undefined;
    });
  }
  return outcome;
}

function current(attachmentId: string): Outgoing | undefined {
  return outgoing.get().find((file) => file.attachmentId === attachmentId);
}

async function change(
  file: Outgoing,
  how: (kept: Outgoing) => Outgoing | undefined,
): Promise<void> {
  const now = await changeOutgoing(file, how);
  if (!now) leaveOut(file.attachmentId);
  else putInView(withSent(now, current(file.attachmentId) ?? now));
}

function putInView(file: Outgoing): void {
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
