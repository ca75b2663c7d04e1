import { useEffect } from "preact/hooks";
import { api, ok } from "../api/client";
import { useLive } from "../live";
import type { Me } from "../session";
import { useStore } from "../store";
import { outgoing, resume, rest, sendOriginal } from "./sender";

/** Sends, whatever page is open, the files that wait on this device; draws nothing. */
export default function OutgoingFiles({ me }: { me: Me }): null {
  useEffect(() => {
    resume(me.account.id);
    return rest;
  }, [me.account.id]);
  const waiting = useStore(outgoing).filter(
    ({ withOriginal, parts, refused }) => !withOriginal && parts.original && !refused,
  );
  const consults = [...new Set(waiting.map(({ consultId }) => consultId))].sort();
  const look = () => void Promise.all(consults.map(answerRequests));
  useEffect(look, [consults.join()]);
  useLive(
    consults.map((id) => ({ id })),
    look,
  );
  return null;
}

/** When the specialist asks for an original that waits on this device, it goes. */
async function answerRequests(consultId: string): Promise<void> {
  const params = { path: { consultId } };
  const { items } = await ok(api.GET("/consults/{consultId}/attachments", { params })).catch(
    // Asked again at the next hint, or when the link is back.
    () => ({ items: [] }),
  );
  for (const { id, originalAskedAt } of items) {
    if (originalAskedAt) await sendOriginal(id);
  }
}
