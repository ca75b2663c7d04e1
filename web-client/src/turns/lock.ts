import { api, newKey, ok, once } from "../api/client";
import { asProblem } from "../api/problem";
import { atDoor, session } from "../session";
import { oweSignOut, owesSignOut } from "../who";

const AGAIN_MILLISECONDS = 15_000;

/** A sign-out of who has locked the device, still on its way. */
let leaving: AbortController | undefined;
let again: ReturnType<typeof setTimeout> | undefined;

/** Ends the session that was locked, and tries until the server has heard, or somebody comes. */
export function goOnLeaving(): void {
  stopLeaving();
  if (owesSignOut()) void leaveServer();
}

/**
 * Does what signs somebody in: their session ends the one before, and a late answer to its sign-out
 * must not take the new cookie away.
 */
export async function instead<T>(signIn: () => Promise<T>): Promise<T> {
  stopLeaving();
  try {
    return await signIn();
  } catch (error) {
    goOnLeaving();
    throw error;
  }
}

function stopLeaving(): void {
  leaving?.abort();
  clearTimeout(again);
}

async function leaveServer(): Promise<void> {
  const going = (leaving = new AbortController());
  const headers = once(newKey());
  try {
    await ok(api.DELETE("/sessions/current", { headers, signal: going.signal }));
    oweSignOut(false);
  } catch (error) {
    if (going.signal.aborted) return;
    if (asProblem(error).status === 401) oweSignOut(false);
    else again = setTimeout(goOnLeaving, AGAIN_MILLISECONDS);
  }
}

/** Every tab of a browser has the same person at the screen, or nobody. Once, at start. */
export function followTabs(): void {
  if (typeof BroadcastChannel === "undefined") return;
  const tabs = new BroadcastChannel("consilium-turn");
  session.watch((now) => {
    if (now.kind === "signed-in") tabs.postMessage(now.me.account.id);
    else if (now.kind === "signed-out" && owesSignOut()) tabs.postMessage("");
  });
  tabs.onmessage = ({ data }: MessageEvent<string>) => {
    const now = session.get();
    const here = now.kind === "signed-in" || now.kind === "lost" ? now.me.account.id : data;
    if (here !== data) void atDoor();
  };
}
