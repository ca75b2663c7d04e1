import { newVersion } from "./shown";

let started = false;

const LOOK_AGAIN_MILLISECONDS = 60 * 60 * 1000;

/**
 * Has the service worker keep the program on this device, so that it opens without a link. A newer
 * version waits until somebody wants it: nothing changes under the hands of who is typing.
 */
export async function startWorker(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || started) return;
  started = true;
  const registration = await navigator.serviceWorker.register("/sw.js");
  const look = () => {
    // The first worker of a device is no news.
    const { waiting } = registration;
    if (waiting && navigator.serviceWorker.controller) newVersion.set(() => take(waiting));
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  setInterval(() => void registration.update().catch(noLink), LOOK_AGAIN_MILLISECONDS);
}

/** Asks again in an hour. */
function noLink(): void {}

/** Every tab goes on in the new version; what is typed in forms is kept by the drafts. */
function take(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
    once: true,
  });
  waiting.postMessage({ kind: "take-over" });
}

/**
 * Keeps what this page was made of, and what a clinic works with in the language it reads. Not from
 * the page of a call: on a thin link the voice would stop for it, and another page does it later.
 */
export async function keepProgram(clinic: string | undefined): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  if (location.pathname.startsWith("/call/")) return;
  const { active } = await navigator.serviceWorker.ready;
  const paths = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/assets/"))
    .map(({ pathname }) => pathname);
  active?.postMessage({ kind: "keep", paths: [...new Set(paths)], clinic });
}
