import { useEffect, useRef } from "preact/hooks";
import { useStore } from "../store";
import { type Act, type ActOf, acts, type Doing, type Handed } from "./acts";
import { vaultNow } from "./vault";

/** As much of what was typed as names an act in a list. */
export const TITLE_CHARACTERS = 80;

/**
 * Keeps an act on this device and sends it: at once, or by itself when the server can be asked
 * again. Throws the Problem when the server refuses it at once; then the words are still in the form.
 *
 * @param vault of who acted; taken by the caller before its first pause, where it makes one: somebody
 *     else may be at the screen after it
 */
export async function hand(act: Act, vault = vaultNow()): Promise<Handed> {
  const queue = await import("./queue");
  return queue.hand(act, vault);
}

/**
 * What waits on this device about one consult, or about one patient.
 *
 * @param onFewer called when something of it has gone: the page has something to load again
 */
export function useWaiting<K extends Doing["kind"]>(
  kinds: K | readonly K[],
  about: string,
  onFewer: () => void = () => {},
): ActOf<K>[] {
  const asked: readonly string[] = [kinds].flat();
  const found = useStore(acts).filter(
    (act): act is ActOf<K> => asked.includes(act.doing.kind) && subjectOf(act.doing) === about,
  );
  const before = useRef(found.length);
  useEffect(() => {
    if (found.length < before.current) onFewer();
    before.current = found.length;
  }, [found.length]);
  return found;
}

/** The corrections of a patient that wait on this device, as they are now. */
export function correctionsOf(patientId: string): ActOf<"correction">[] {
  return acts
    .get()
    .filter((act): act is ActOf<"correction"> => act.doing.kind === "correction")
    .filter(({ doing }) => doing.patientId === patientId);
}

/** Those that still go out by themselves. */
export function unrefused<A extends Act>(waiting: readonly A[]): A[] {
  return waiting.filter(({ refused }) => !refused);
}

/** What is done now goes on from the newest that still goes out by itself, if there is one. */
export function goingOn(waiting: readonly Act[]): Pick<Act, "after"> {
  const newest = unrefused(waiting).at(-1);
  return newest ? { after: newest.id } : {};
}

function subjectOf(doing: Doing): string {
  return "consultId" in doing ? doing.consultId : doing.patientId;
}
