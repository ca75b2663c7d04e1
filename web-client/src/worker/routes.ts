/** How the service worker answers a request of a page. */
export type Way =
  /** The one page of the client, from this device: it knows its own way. */
  | "page"
  /** A file that never changes under its name. */
  | "asset"
  /** Not ours: the browser asks the server, as if there were no worker. */
  | "server";

/** What the server answers itself, also when it is opened as a page. */
const NOT_PAGES = /^\/(api|health|fhir|signal|metrics)(\/|$)/;

/**
 * Nothing that the server says is ever answered from here: what a person is shown of the record
 * comes from the server, or from what their own account has sealed on this device.
 */
export function wayOf(request: { method: string; mode: string; url: string }, own: string): Way {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== own) return "server";
  if (pathname.startsWith("/assets/")) return "asset";
  const file = pathname.slice(pathname.lastIndexOf("/") + 1).includes(".");
  return request.mode === "navigate" && !file && !NOT_PAGES.test(pathname) ? "page" : "server";
}

/** A file's name without its hash: `/assets/workspace-D8pT4JBg.js` is a `/assets/workspace.js`. */
export function stemOf(path: string): string {
  return path.replace(/-[\w-]{8}(\.\w+)$/, "$1");
}

/**
 * What a new version brings along at once: the shell, and each file whose older version this
 * device had kept, so that what worked without a link goes on working without one.
 */
export function toBring(
  shell: readonly string[],
  assets: readonly string[],
  keptBefore: readonly string[],
): string[] {
  const stems = new Set(keptBefore.map(stemOf));
  return [...new Set([...shell, ...assets.filter((path) => stems.has(stemOf(path)))])];
}

/** What only other workspaces, or a call, have words for. */
const NOT_OF_A_CLINIC =
  /^(opening-(?!clinic-)|(admin|call|duties|guest|reports|roster|scheduler|specialist)-)/;

/** Whether a file has words of a clinic's pages in a language. */
export function areWordsOfClinic(path: string, language: string): boolean {
  const beginning = `/assets/words-${language.split("-")[0]}-`;
  return path.startsWith(beginning) && !NOT_OF_A_CLINIC.test(path.slice(beginning.length));
}
