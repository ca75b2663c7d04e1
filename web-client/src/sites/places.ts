import type { Schema } from "../api/client";

export type Place = Schema<"SiteResource">;

/** Those in use by name, then those that are closed. */
export function ofKind(places: readonly Place[], kind: Place["kind"]): Place[] {
  return places
    .filter((place) => place.kind === kind)
    .sort((a, b) => Number(a.retired) - Number(b.retired) || a.name.localeCompare(b.name));
}
