import { render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/controls.css";
import "./styles/parts.css";
import "./app/app.css";
import { App } from "./app/App";
import { speakAsBefore } from "./i18n/choice";
import { startLive } from "./live";
import { currentAddress, startRouter } from "./router";
import { loadSession, startSession } from "./session";

async function start(root: HTMLElement): Promise<void> {
  startRouter();
  startSession();
  startLive();
  // A guest has a link and no account; asking who is signed in would only cost a round trip.
  const who = currentAddress().path === "/guest" ? undefined : loadSession();
  await speakAsBefore();
  root.replaceChildren();
  render(<App />, root);
  if (!who) return;
  await who;
  // After the first page: nothing of it is needed to show that.
  const { startOffline } = await import("./offline/start");
  await startOffline();
}

const root = document.getElementById("app");
if (root) void start(root);
