import { spoken } from "../i18n/languages";
import { type Session, session } from "../session";
import { keepProgram, startWorker } from "./appVersion";

/** What makes the program work without a link. Once, when the first page is shown. */
export async function startOffline(): Promise<void> {
  await startWorker();
  session.watch(keepFor);
  keepFor(session.get());
}

function keepFor(now: Session): void {
  if (now.kind !== "signed-in") return;
  const { role } = now.me.membership;
  void keepProgram(role === "clinician" ? spoken.get() : undefined);
}
