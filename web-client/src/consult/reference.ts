import { api, ok, type Schema } from "../api/client";
import { type Loaded, useResource } from "../resource";

/** Loads once for the whole page; a failure is forgotten, so that it can be tried again. */
function shared<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const triageRules = shared(() => ok(api.GET("/triage-rules")));
const catalogue = shared(() => ok(api.GET("/catalogue")));

/** Danger signs and vital signs with their words, units and possible ranges. */
export function useTriageRules(): Loaded<Schema<"TriageRules">> {
  return useResource(triageRules, []);
}

/** Specialties, languages, urgencies with their target times, refusal reasons. */
export function useCatalogue(): Loaded<Schema<"Catalogue">> {
  return useResource(catalogue, []);
}

/** What a loaded thing holds now, old or new; undefined while there is nothing. */
export function valueOf<T>({ state }: Loaded<T>): T | undefined {
  return state.kind === "loading" ? undefined : state.value;
}

/** A specialty as people call it; its code while the catalogue is away. */
export function useSpecialtyName(): (code: string) => string {
  const specialties = valueOf(useCatalogue())?.specialties ?? [];
  return (code) => specialties.find((one) => one.code === code)?.label ?? code;
}
