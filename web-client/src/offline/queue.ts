import { alone } from "../alone";
import { newKey } from "../api/client";
import { asProblem } from "../api/problem";
import { live } from "../live";
import { toast } from "../ui/toast";
import { type Act, acts, type Handed, unheard } from "./acts";
import { baseAfter, basedAnew } from "./base";
import { fateOf, nextAct } from "./order";
import { perform } from "./perform";
import { changeSealed } from "./changing";
import {
  isSealed,
  readSealed,
  removeSealed,
  sealedIds,
  type Vault,
  vaultAccount,
  vaultNow,
  writeSealed,
} from "./vault";
import { t } from "./words";
import { store } from "../store";

const RETRY_MILLISECONDS_MIN = 2_000;
const RETRY_MILLISECONDS_MAX = 60_000;
/** Longer than this nobody is kept waiting before a page that could go on. */
const PATIENCE_MILLISECONDS = 10_000;

/** One tab of a browser sends. */
const SENDING_LOCK = "consilium-acts";

/** Whether words are on their way: large files stand back meanwhile. */
export const sendingWords = store(false);

const others =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("consilium-acts");
const waiters = new Map<string, (outcome: Handed | Error) => void>();
/** What those that were taken have left at the server, for what was typed meanwhile. */
const bases = new Map<string, number>();

let active = false;
let pause = RETRY_MILLISECONDS_MIN;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Goes on with what waits for the account that is signed in, until {@link restQueue}. */
export function startQueue(): void {
  active = true;
  hurry();
}

/** Sends nothing more: nobody is signed in who may. */
export function restQueue(): void {
  active = false;
  clearTimeout(timer);
  acts.set([]);
}

live.state.watch(({ kind }) => {
  if (active && kind === "open") hurry();
});
unheard.watch((id) => settle({ id }, { kind: "kept" }));
if (others) others.onmessage = () => active && void look();

/**
 * Keeps the act for the one who acted, then sends it; answers when it is sent, or when that will take
 * longer. When somebody else is at the screen it goes once its own person is back.
 */
export async function hand(act: Act, vault = vaultNow()): Promise<Handed> {
  await writeSealed("act", act.id, act, vault);
  await look();
  others?.postMessage("");
  if (unheard.get() === act.id || !isHere(vault)) {
    hurry();
    return { kind: "kept" };
  }
  const outcome = await new Promise<Handed | Error>((resolve) => {
    waiters.set(act.id, resolve);
    setTimeout(() => resolve({ kind: "kept" }), PATIENCE_MILLISECONDS);
    hurry();
  });
  waiters.delete(act.id);
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** Sends a refused act once more, as it is. */
export async function tryAgain(act: Act): Promise<void> {
  // Another key: under the old one the server would answer as before.
  await removeSealed("act", act.id);
  const { refused: _, ...rest } = act;
  const doing =
    rest.doing.kind === "message"
      ? { ...rest.doing, body: { ...rest.doing.body, id: newKey() } }
      : rest.doing;
  const fresh = { ...rest, doing, id: doing.kind === "message" ? doing.body.id : newKey() };
  await writeSealed("act", fresh.id, fresh);
  await changeFollowers(act, (later) => ({ ...later, after: fresh.id }));
  await look();
  hurry();
}

/** Forgets an act: it was put back into its form, or nobody wants it any more. */
export async function forget(act: Act, vault = vaultNow()): Promise<void> {
  await removeSealed("act", act.id, vault);
  await look();
  others?.postMessage("");
}

function hurry(): void {
  clearTimeout(timer);
  pause = RETRY_MILLISECONDS_MIN;
  void pump();
}

/** Where every tab sends, the key makes one act of it. */
const pump = alone(SENDING_LOCK, sendAll);

async function sendAll(): Promise<void> {
  await look();
  const tried = new Set<string>();
  try {
    for (let act = nextAct(acts.get(), tried); act && active; act = nextAct(acts.get(), tried)) {
      sendingWords.set(true);
      tried.add(act.id);
      const goOn = await sendOne(act);
      await look();
      if (!goOn) break;
    }
  } finally {
    sendingWords.set(false);
  }
  // Nobody is kept waiting for what will take longer.
  for (const act of acts.get()) settle(act, { kind: "kept" });
  if (acts.get().some(({ refused }) => !refused)) tryLater();
}

/** Answers whether the next may be tried now. */
async function sendOne(act: Act): Promise<boolean> {
  // The answer is about the acts of who is here now, whoever comes meanwhile.
  const vault = vaultNow();
  const kept = await isSealed("act", act.id, vault);
  if (!isHere(vault)) return false;
  // Another page may have sent it while this one waited for its turn.
  if (!kept) {
    settle(act, { kind: "sent", answer: undefined });
    return true;
  }
  try {
    const base = act.after === undefined ? undefined : bases.get(act.after);
    const answer = await perform(base === undefined ? act : basedAnew(act, base));
    await passBaseOn(act, baseAfter(act, answer), vault);
    await forget(act, vault);
    const heard = settle(act, { kind: "sent", answer });
    if (!heard && isHere(vault)) toast(t("nowSent", { title: act.title }));
    pause = RETRY_MILLISECONDS_MIN;
    return true;
  } catch (error) {
    const problem = asProblem(error);
    const fate = fateOf(problem);
    if (fate === "later" || fate === "skip") {
      settle(act, { kind: "kept" });
      return fate === "skip";
    }
    // Whoever still looks at the form has the words there.
    if (waiters.has(act.id) && isHere(vault)) {
      await forget(act, vault);
      settle(act, problem);
    } else {
      const refused = { sentence: problem.sentence, changed: fate === "changed" };
      await changeSealed<Act>("act", act.id, (one) => ({ ...one, refused }), vault);
      if (isHere(vault)) toast(t("notTaken", { title: act.title }), "error");
      others?.postMessage("");
    }
    return true;
  }
}

/** Before the act is forgotten: whatever ends this page, nothing is based on a guess. */
async function passBaseOn(taken: Act, base: number | undefined, vault: Vault): Promise<void> {
  if (base === undefined) return;
  bases.set(taken.id, base);
  await changeFollowers(taken, (later) => basedAnew(later, base), vault);
}

/** Changes the acts that go on from this one. */
async function changeFollowers(
  act: Act,
  change: (later: Act) => Act,
  vault = vaultNow(),
): Promise<void> {
  for (const later of await keptIn(vault)) {
    if (later.after === act.id) await changeSealed<Act>("act", later.id, change, vault);
  }
}

/** Answers whether somebody was waiting to hear. */
function settle({ id }: Pick<Act, "id">, outcome: Handed | Error): boolean {
  const waiter = waiters.get(id);
  waiters.delete(id);
  waiter?.(outcome);
  return waiter !== undefined;
}

/** Shows what is kept on this device, whichever page has put it there. */
async function look(): Promise<void> {
  const vault = vaultNow();
  const found = await keptIn(vault);
  if (!isHere(vault)) return look();
  acts.set(found.sort((a, b) => a.actedAt - b.actedAt));
}

async function keptIn(vault: Vault): Promise<Act[]> {
  const ids = await sealedIds("act", vault);
  const kept = await Promise.all(ids.map((id) => readSealed<Act>("act", id, vault)));
  return kept.filter((act): act is Act => act !== undefined);
}

/** Whether it is still the one whose vault it is who is at the screen. */
function isHere(vault: Vault): boolean {
  return vault.account === vaultAccount();
}

function tryLater(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void pump(), pause);
  pause = Math.min(pause * 2, RETRY_MILLISECONDS_MAX);
}
