import { spoken } from "../i18n/languages";
import { hurry, outgoing, standBack } from "../files/sender";
import { live } from "../live";
import { type Session, session } from "../session";
import { voiceFirst } from "../voiceFirst";
import { startIdle } from "../turns/idle";
import { acts } from "./acts";
import { readAhead } from "./ahead";
import { keepProgram, startWorker } from "./appVersion";
import { startCopies } from "./copies";
import { restQueue, sendingWords, startQueue } from "./queue";
import { waiting } from "./shown";

/** What makes the program work without a link. Once, when the page opens. */
export function startOffline(): void {
  startCopies();
  startIdle();
  standBack(sendingWords);
  standBack(voiceFirst);
  live.state.watch(({ kind }) => kind === "open" && hurry());
  acts.watch(count);
  outgoing.watch(count);
  session.watch(follow);
  follow(session.get());
}

let whose: string | undefined;
let stopReading = (): void => {};

function follow(now: Session): void {
  const me = now.kind === "signed-in" ? now.me : undefined;
  // A lost session keeps its queue in view: it goes on when the person has signed in again.
  if (now.kind === "lost" || me?.membership.id === whose) return;
  whose = me?.membership.id;
  stopReading();
  restQueue();
  if (!me) return;
  startQueue();
  const clinic = me.membership.role === "clinician";
  if (clinic) stopReading = readAhead(me);
  void startWorker()
    .then(() => keepProgram(clinic ? spoken.get() : undefined))
    .catch(reportError);
}

function count(): void {
  const files = outgoing
    .get()
    .filter(
      ({ parts, withOriginal, refused }) =>
        !refused && (parts.thumbnail || parts.preview || (parts.original && withOriginal)),
    );
  waiting.set(acts.get().length + files.length);
}
