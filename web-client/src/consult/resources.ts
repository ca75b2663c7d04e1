import { api, ok, type Schema } from "../api/client";
import { type Loaded, useResource } from "../resource";
import { type Me, session } from "../session";
import { useStore } from "../store";

const at = (consultId: string) => ({ params: { path: { consultId } } });

/** The consult with its team, appointments and history; follows every change of it. */
export function useConsult(consultId: string): Loaded<Schema<"Consult">> {
  return useResource(() => getConsult(consultId), [consultId], { live: consultId });
}

/** The consult as it is now: for a page that needs of it only what does not change. */
export function useConsultOnce(consultId: string): Loaded<Schema<"Consult">> {
  return useResource(() => getConsult(consultId), [consultId]);
}

function getConsult(consultId: string): Promise<Schema<"Consult">> {
  return ok(api.GET("/consults/{consultId}", at(consultId)));
}

/** The case form with its triage. */
export function useRequest(consultId: string): Loaded<Schema<"Request">> {
  return useResource(
    () => ok(api.GET("/consults/{consultId}/request", at(consultId))),
    [consultId],
    { live: consultId },
  );
}

/** The signed notes, newest first, and the caller's own draft. */
export function useNotes(consultId: string): Loaded<Schema<"Notes">> {
  return useResource(() => ok(api.GET("/consults/{consultId}/notes", at(consultId))), [consultId], {
    live: consultId,
  });
}

/** Whoever is signed in; pages exist only for them. */
export function useMe(): Me {
  const now = useStore(session);
  if (now.kind !== "signed-in" && now.kind !== "lost") throw new Error("nobody is signed in");
  return now.me;
}
