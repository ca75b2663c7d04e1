import { store } from "./store";

/**
 * Keys of the acts under way whose form or button is gone: nobody hears there any more what becomes
 * of them, so that whoever sends them says it elsewhere.
 */
export const unheard = store<ReadonlySet<string>>(new Set());

export function nobodyHears(key: string): void {
  unheard.set(new Set([...unheard.get(), key]));
}

/** The act is no longer under way. */
export function isOver(key: string): void {
  if (!unheard.get().has(key)) return;
  unheard.set(new Set([...unheard.get()].filter((one) => one !== key)));
}
