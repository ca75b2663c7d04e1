import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { session } from "../who";
import { startIdle } from "./idle";

const lock = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock("../session", async () => ({ ...(await import("../who")), lock }));
vi.mock("../offline/vault", () => ({ accountOnDevice: () => Promise.resolve({ pin: {} }) }));
vi.mock("./lock", () => ({ followTabs: () => {} }));

const MINUTE = 60_000;
const REST = "consilium.rest-until";
let visibility: DocumentVisibilityState = "visible";

beforeAll(startIdle);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  lock.mockClear();
  visibility = "visible";
  history.replaceState(null, "", "/clinic");
  session.set({ kind: "signed-in", me: { account: { id: "ada" } } as never });
  await vi.waitFor(() => expect(localStorage.getItem(REST)).not.toBeNull());
});

afterEach(async () => {
  session.set({ kind: "signed-out" });
  await Promise.resolve();
  await Promise.resolve();
  localStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function show(how: DocumentVisibilityState): void {
  visibility = how;
  document.dispatchEvent(new Event("visibilitychange"));
}

it("locks what is left alone", () => {
  vi.advanceTimersByTime(4 * MINUTE);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2 * MINUTE);
  expect(lock).toHaveBeenCalledOnce();
});

it("leaves a call running behind other windows, and says so to them", () => {
  history.replaceState(null, "", "/call/1");
  show("hidden");
  vi.advanceTimersByTime(20 * MINUTE);
  expect(Number(localStorage.getItem(REST))).toBeGreaterThan(Date.now() + 4 * MINUTE);
  vi.setSystemTime(Date.now() + 20 * MINUTE);
  show("visible");
  expect(lock).not.toHaveBeenCalled();
});

it("goes by the use of another window, and never shortens it", () => {
  const later = Date.now() + 9 * MINUTE;
  localStorage.setItem(REST, String(later));
  vi.advanceTimersByTime(8 * MINUTE);
  expect(lock).not.toHaveBeenCalled();
  expect(localStorage.getItem(REST)).toBe(String(later));
  vi.advanceTimersByTime(2 * MINUTE);
  expect(lock).toHaveBeenCalledOnce();
});

it("is not kept open by who touches it after too long a rest", () => {
  vi.setSystemTime(Date.now() + 60 * MINUTE);
  dispatchEvent(new Event("pointerdown"));
  expect(lock).toHaveBeenCalledOnce();
});
