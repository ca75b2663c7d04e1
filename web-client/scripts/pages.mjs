// Every page of the product by name (pages.json), and the way there in a browser.

import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

/**
 * Groups of pages by who looks at them, and how wide their screen is; without `as`, nobody is signed
 * in. A page with `invitedBy` is opened by a link of that person for a guest; with `press`, these
 * buttons lead to its state, named in English.
 */
export const GROUPS = JSON.parse(readFileSync(new URL("../pages.json", import.meta.url), "utf8"));

const SETTLE_MILLISECONDS = 500;

/** Signs in; the browser's context holds the session from then on. */
export async function signIn(context, server, email, password) {
  const answer = await context.request.post(`${server}/api/v1/sessions`, {
    data: { email, password },
    headers: { Origin: new URL(server).origin },
  });
  if (!answer.ok()) throw new Error(`sign-in as ${email}: HTTP ${answer.status()}`);
}

/** Shows accounts in this language, whatever their own is; nothing of it is kept. */
async function speakTo(context, language) {
  await context.route("**/api/v1/sessions/current", async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (!response) return route.abort();
    const me = await response.json();
    if (me.account) me.account.language = language;
    await route.fulfill({ response, json: me });
  });
}

/**
 * The address of a page. Its `:names` are taken from links on the page `from`, or from links like
 * `link` there; a further name from the next such link. Undefined when no link leads there.
 */
export async function addressOf(tab, server, { path, from, link }) {
  const names = path.match(/:\w+/g) ?? [];
  if (names.length === 0) return server + path;
  await open(tab, server + from);
  const start = (link ?? path).replace(/:.*/, "");
  const found = await tab.evaluate(
    (start) =>
      [...document.querySelectorAll(`a[href^="${start}"]`)]
        .map((a) => a.pathname.slice(start.length).split("/")[0])
        .filter((id) => /^[0-9a-f-]{36}$/.test(id)),
    start,
  );
  const ids = [...new Set(found)];
  if (ids.length < names.length) return undefined;
  return server + names.reduce((whole, name, index) => whole.replace(name, ids[index]), path);
}

/** The address of a new link for a guest to the first consult on the page `from`. */
async function guestLink(browser, { server, password }, { from, invitedBy }) {
  const context = await browser.newContext();
  await signIn(context, server, invitedBy, password);
  const tab = await context.newPage();
  const consult = await addressOf(tab, server, { path: "/clinic/consults/:consultId", from });
  const path = new URL(consult).pathname.replace("/clinic", "/api/v1") + "/call/guest-links";
  const answer = await context.request.post(server + path, {
    data: { name: "Amina", role: "patient" },
    headers: { Origin: new URL(server).origin, "Idempotency-Key": randomUUID() },
  });
  if (!answer.ok()) throw new Error(`guest link: HTTP ${answer.status()}`);
  const { url } = await answer.json();
  await context.close();
  return server + new URL(url).pathname + new URL(url).hash;
}

/**
 * Opens a page and waits until it shows what it was opened for: also the buttons whose names begin so
 * are pressed, one after the other.
 */
export async function open(tab, address, press = [], language = "en") {
  await tab.goto(address);
  await tab.waitForSelector("h1");
  // Who has a session and was never here before sees the door for a moment.
  if (!address.endsWith("/sign-in")) await tab.waitForSelector(".sign-in", { state: "detached" });
  await drawn(tab);
  for (const name of press) {
    await tab
      .getByRole("button", { name: beginning(name, language) })
      .first()
      .click({ timeout: 10_000 });
    await drawn(tab);
  }
}

const CATALOGUE = new URL("../src/i18n/catalogue/", import.meta.url);
const PLACE = /\{\w+\}/;
const exact = (text) => text.replace(/[.?()+]/g, "\\$&");
const anything = (text) => text.split(PLACE).map(exact).join(".*");

/** How a button begins, in the language of the pages, that begins with `name` in English. */
function beginning(name, language) {
  if (language === "en") return new RegExp(`^${exact(name)}`);
  const words = (tag, file) =>
    JSON.parse(readFileSync(new URL(`${tag}/${file}`, CATALOGUE), "utf8"));
  const found = [];
  for (const file of readdirSync(new URL("en/", CATALOGUE))) {
    const translated = words(language, file);
    for (const [key, text] of Object.entries(words("en", file))) {
      const filled = /\w/.test(text.replace(PLACE, "")) && new RegExp(`^${anything(text)}$`);
      if (text.startsWith(name) || (filled && filled.test(name))) found.push(translated[key]);
    }
  }
  if (found.length === 0) throw new Error(`no words for a button “${name}”`);
  return new RegExp(`^(${found.map(anything).join("|")})`);
}

async function drawn(tab) {
  await tab.waitForFunction(() => !document.querySelector(".loading, .boot"), undefined, {
    timeout: 15_000,
  });
  // What a page asks for after it is drawn.
  await tab.waitForTimeout(SETTLE_MILLISECONDS);
}

/**
 * Opens every page whose name contains `only`, each as who may see it, and hands it to `visit`. A page
 * that no link leads to, with the data there are, is named and left out.
 */
export async function everyPage({ server, password, only, language = "en", dark }, visit) {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"],
  });
  for (const group of GROUPS) {
    const { as, pages } = group;
    const wanted = pages.filter(({ name }) => name.includes(only));
    if (wanted.length === 0) continue;
    const context = await browser.newContext({
      reducedMotion: "reduce",
      locale: language,
      colorScheme: dark ? "dark" : "light",
    });
    await context.addInitScript(
      ({ language, signedIn }) => {
        localStorage.setItem("consilium-language", language);
        // Or the door is shown until the server has said who they are.
        if (signedIn) localStorage.setItem("consilium.visit", "1");
      },
      { language, signedIn: as !== undefined },
    );
    if (as) await signIn(context, server, as, password);
    await speakTo(context, language);
    const tab = await context.newPage();
    tab.on("pageerror", (error) => console.error(`${tab.url()}: ${error.message}`));
    for (const page of wanted) {
      await tab.setViewportSize({ width: 1280, height: 800 });
      const address = page.invitedBy
        ? await guestLink(browser, { server, password }, page)
        : await addressOf(tab, server, page);
      if (address === undefined) {
        console.error(`${page.name}: no link leads there`);
        continue;
      }
      try {
        await open(tab, address, page.press, language);
      } catch (error) {
        console.error(`${page.name}: ${error.message}`);
        process.exitCode = 1;
        continue;
      }
      await visit(tab, page, group);
    }
    await context.close();
  }
  await browser.close();
}
