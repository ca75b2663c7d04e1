import { render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import { Root } from "./app/Root";
import { fetchWorkspaceAt } from "./app/workspace";
import { speakAsBefore } from "./i18n/choice";
import { currentAddress, startRouter } from "./router";
import { session, wasSignedIn } from "./who";

async function start(root: HTMLElement): Promise<void> {
  startRouter();
  // Who was not signed in here need not wait to hear it from the server; who was will need this.
  if (wasSignedIn()) fetchWorkspaceAt(currentAddress().path);
  else session.set({ kind: "signed-out" });
  await speakAsBefore();
  root.replaceChildren();
  render(<Root />, root);
}

const root = document.getElementById("app");
if (root) void start(root);
