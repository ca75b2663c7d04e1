import { hydrate, render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import { cameWithDoor, findDoor, speakAtDoor, takeOver } from "./app/drawnDoor";
import { Root } from "./app/Root";
import { fetchWorkspaceAt } from "./app/workspace";
import { sameWords, spoken } from "./i18n/languages";
import { currentAddress, startRouter } from "./router";
import { session, takesTurns, wasSignedIn } from "./who";

async function start(root: HTMLElement): Promise<void> {
  startRouter();
  findDoor(root);
  // Who was not signed in here need not wait to hear it from the server; who was will need this.
  if (wasSignedIn()) fetchWorkspaceAt(currentAddress().path);
  else session.set({ kind: "signed-out" });
  const drawnIn = document.documentElement.lang;
  await speakAtDoor();
  takeOver(() => {
    const asDrawn =
      cameWithDoor() &&
      session.get().kind === "signed-out" &&
      !takesTurns() &&
      sameWords(drawnIn, spoken.get());
    if (asDrawn) return hydrate(<Root />, root);
    root.replaceChildren();
    render(<Root />, root);
  });
}

const root = document.getElementById("app");
if (root) void start(root);
