import type { ComponentType } from "preact";
import { store, useStore } from "./store";

/** Where the browser is: `/clinic/consults/42?tab=thread#note-3`. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Without the `#`. Never sent to a server, so the guest's token travels here. */
  readonly fragment: string;
}

/** The names after colons: `Params<"/consults/:id">` is `{ id: string }`. */
export type Params<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof Params<`/${Rest}`>]: string }
  : Pattern extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>;

/** One page and the addresses it answers to. */
export interface Route {
  readonly pattern: string;
  readonly Page: ComponentType<{ params: Record<string, string> }>;
}

/** `route("/clinic/consults/:consultId", ConsultPage)`: the page's `params` are checked. */
export function route<Pattern extends string>(
  pattern: Pattern,
  Page: ComponentType<{ params: Params<Pattern> }>,
): Route {
  return { pattern, Page: Page as Route["Page"] };
}

/** The parameters when `path` fits `pattern`, else undefined. A closing slash does not matter. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segments(pattern);
  const given = segments(path);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decode(given[index] ?? "");
    if (value === undefined) return undefined;
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** The first route that fits. Literal addresses win over parameters: `/new` before `/:id`. */
export function resolve(
  routes: readonly Route[],
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const fits = routes.flatMap((candidate) => {
    const params = match(candidate.pattern, path);
    return params ? [{ route: candidate, params }] : [];
  });
  fits.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  return fits[0];
}

const address = store<Address>(read());

export function currentAddress(): Address {
  return address.get();
}

export function useAddress(): Address {
  return useStore(address);
}

/** Opens another page of this application. `replace` leaves no step to go back to. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  address.set(read());
}

/** Changes parts of the query and stays on the page, for filters and tabs worth a bookmark. */
export function setQuery(changes: Record<string, string | undefined>): void {
  const { path, query, fragment } = read();
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") query.delete(name);
    else query.set(name, value);
  }
  const search = query.toString();
  navigate(`${path}${search && `?${search}`}${fragment && `#${fragment}`}`, { replace: true });
}

/** Makes ordinary links (`<a href="/clinic">`) open pages without loading the document again. */
export function startRouter(): void {
  addEventListener("popstate", () => address.set(read()));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || !opensHere(event, link)) return;
    event.preventDefault();
    const to = link.pathname + link.search + link.hash;
    if (to !== location.pathname + location.search + location.hash) navigate(to);
  });
}

function opensHere(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const plainClick =
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const samePage = link.pathname === location.pathname && link.hash !== "";
  return (
    plainClick &&
    !event.defaultPrevented &&
    !link.target &&
    !link.hasAttribute("download") &&
    link.origin === location.origin &&
    !link.pathname.startsWith("/api/") &&
    !samePage
  );
}

function read(): Address {
  return {
    path: location.pathname,
    query: new URLSearchParams(location.search),
    fragment: location.hash.slice(1),
  };
}

function segments(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
