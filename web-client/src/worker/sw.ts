/// <reference lib="webworker" />
import { areWordsOfClinic, toBring, wayOf } from "./routes";

/** Filled in by the build (`scripts/precache.ts`): its files by their addresses. */
declare const PRECACHE: {
  readonly version: string;
  /** What the first page needs. */
  readonly shell: readonly string[];
  /** What a clinic works with beyond that. */
  readonly clinic: readonly string[];
  readonly assets: readonly string[];
};

/** What a page asks of the worker. */
type Wish =
  /** Keep these files, and what a clinic needs in its language, for when there is no link. */
  | { readonly kind: "keep"; readonly paths: readonly string[]; readonly clinic?: string }
  /** The person wants the new version now. */
  | { readonly kind: "take-over" };

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const PREFIX = "consilium ";
const CACHE = PREFIX + PRECACHE.version;
const PAGE = "/";
/** The page without a door in somebody's language: see ClientPage.java. */
const PLAIN_PAGE = "/index.html";

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", (event) => {
  const way = wayOf(event.request, worker.location.origin);
  if (way === "page") event.respondWith(page());
  if (way === "asset") event.respondWith(asset(event.request));
});
worker.addEventListener("message", (event) => {
  const wish = event.data as Wish;
  if (wish.kind === "take-over") event.waitUntil(worker.skipWaiting());
  else event.waitUntil(keep([...wish.paths, ...(wish.clinic ? forClinic(wish.clinic) : [])]));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Whatever an old page says of itself, the new version begins with the server's newest.
  await cache.put(PAGE, await good(new Request(PLAIN_PAGE, { cache: "no-cache" })));
  await keep(toBring(PRECACHE.shell, PRECACHE.assets, await keptBefore()));
}

/** Pages of the version before go on until they are closed: its files stay one version longer. */
async function takeOver(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function page(): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(PAGE)) ?? fetch(PLAIN_PAGE);
}

async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

/** One after the other: on a thin link they must not stand in the way of the page itself. */
async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const path of paths) {
    if (await cache.match(path)) continue;
    const older = await caches.match(path);
    await cache.put(path, older ?? (await good(new Request(path))));
  }
}

function forClinic(language: string): string[] {
  const { clinic, assets } = PRECACHE;
  return [...clinic, ...assets.filter((path) => areWordsOfClinic(path, language))];
}

async function keptBefore(): Promise<string[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const newest = names.at(-1);
  if (newest === undefined) return [];
  const requests = await (await caches.open(newest)).keys();
  return requests.map(({ url }) => new URL(url).pathname);
}

/** Throws for anything but a good answer: a page of a proxy must not be kept as ours. */
async function good(request: Request): Promise<Response> {
  const answer = await fetch(request);
  if (!answer.ok) throw new Error(`${request.url}: HTTP ${answer.status}`);
  return answer;
}
