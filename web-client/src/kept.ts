/** Small things this browser remembers in clear, none of them about a patient. */

/** On the device until it is let go, or in this tab until that is closed. */
type Where = "device" | "tab";

/** What is kept under a name; nothing where the browser keeps nothing. */
export function kept(name: string, where: Where = "device"): string | undefined {
  try {
    return storage(where).getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value, or nothing more. A browser that refuses storage forgets with the page. */
export function keep(name: string, value: string | undefined, where: Where = "device"): void {
  try {
    if (value === undefined) storage(where).removeItem(name);
    else storage(where).setItem(name, value);
  } catch {
    // Storage is refused, as in some private windows.
  }
}

/** What {@link keepParts} has kept, nothing of it proven; empty when there is none. */
export function keptParts(name: string, where?: Where): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(kept(name, where) ?? "null");
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    // Another build, or somebody, has written something else there.
    return {};
  }
}

export function keepParts(name: string, parts: object, where?: Where): void {
  keep(name, JSON.stringify(parts), where);
}

function storage(where: Where): Storage {
  return where === "tab" ? sessionStorage : localStorage;
}
