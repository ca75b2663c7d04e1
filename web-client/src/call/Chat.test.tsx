import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readDraft } from "../drafts";
import { openVault } from "../offline/vault";
import { Chat } from "./Chat";

let root: HTMLElement;
const onSend = vi.fn();

beforeEach(() => {
  openVault(crypto.randomUUID());
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

const open = () => render(<Chat lines={[]} lead="" draft="chat here" onSend={onSend} />, root);
const field = () => root.querySelector("textarea");
const typed = () => field()?.value;

it("keeps a line that was being typed, and lets it go once it is sent", async () => {
  open();
  const writing = field();
  if (writing) writing.value = "Look at the left foot";
  writing?.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.waitFor(() => expect(typed()).toBe("Look at the left foot"));
  render(null, root);
  await vi.waitFor(async () => expect(await readDraft("chat here")).toBeDefined());
  open();
  await vi.waitFor(() => expect(typed()).toBe("Look at the left foot"));

  root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.waitFor(() => expect(typed()).toBe(""));
  expect(onSend).toHaveBeenCalledExactlyOnceWith("Look at the left foot");
});
