import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepFocus } from "./focus";

keepFocus();

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <main>
      <h1>Consult</h1>
      <section id="card"><h2>Offers</h2><ul><li><button>Refuse</button></li></ul></section>
      <a href="/elsewhere">Elsewhere</a>
    </main>`;
});

afterEach(() => vi.useRealTimers());

const one = (selector: string) => document.querySelector<HTMLElement>(selector);

async function takeAway(selector: string): Promise<void> {
  one(selector)?.remove();
  // The browser tells of changes before its next task.
  await Promise.resolve();
}

describe("the focus, when what had it is taken away", () => {
  it("goes to the heading of what is left around it", async () => {
    one("button")?.focus();
    await takeAway("li");
    vi.advanceTimersByTime(200);
    expect(document.activeElement).toBe(one("h2"));
  });

  it("goes further out when nothing nearer is left", async () => {
    one("button")?.focus();
    await takeAway("#card");
    vi.advanceTimersByTime(200);
    expect(document.activeElement).toBe(one("h1"));
  });

  it("stays where something else has put it meanwhile", async () => {
    one("button")?.focus();
    await takeAway("li");
    one("a")?.focus();
    vi.advanceTimersByTime(200);
    expect(document.activeElement).toBe(one("a"));
  });

  it("is left alone while its place is there", async () => {
    one("a")?.focus();
    one("a")?.blur();
    await takeAway("#card");
    vi.advanceTimersByTime(200);
    expect(document.activeElement).toBe(document.body);
  });
});
