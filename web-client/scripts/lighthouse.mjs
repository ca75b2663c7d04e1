// Lets Lighthouse judge the first page of every workspace, as a phone on a slow link sees it. Exit status
// 1 when one has less than 95 of 100 in performance, accessibility or best practices.
//
//   npm run lighthouse -- --server http://localhost:8080 --password … [--only clinic]
//
// The door and the guest's page are opened for the first time ever; a workspace as everybody comes to
// it, after signing in at the door of this device. Lighthouse is fetched by npx in this version, the
// last that runs on Node 20; it is no dependency. The server runs with demonstration data. Uses the
// system's Chromium (CHROMIUM to choose). A busy machine makes every page slow: run it on a quiet one.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { chromium } from "playwright-core";

const LIGHTHOUSE = "lighthouse@12.8.2";
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const LEAST = 95;

/** Without `as`, nobody is signed in. */
const PAGES = [
  { name: "door", path: "/sign-in" },
  { name: "clinic", path: "/clinic", as: "clinician@demo" },
  { name: "specialist", path: "/specialist", as: "specialist@demo" },
  { name: "scheduler", path: "/scheduler", as: "scheduler@demo" },
  { name: "interpreter", path: "/interpreter", as: "interpreter@demo" },
  { name: "admin", path: "/admin", as: "admin@demo" },
  { name: "guest", path: "/guest" },
];

const { values } = parseArgs({
  options: {
    server: { type: "string", default: "http://localhost:8080" },
    password: { type: "string" },
    only: { type: "string", default: "" },
  },
});

async function freePort() {
  const listener = createServer();
  await new Promise((ready) => listener.listen(0, "127.0.0.1", ready));
  const { port } = listener.address();
  await new Promise((closed) => listener.close(closed));
  return port;
}

/** A browser of its own that Lighthouse may steer at this port. */
async function browserAt(port, folder) {
  return chromium.launchPersistentContext(folder, {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", `--remote-debugging-port=${port}`],
  });
}

/** Signs in at the door, and waits until the program is kept on the device. */
async function signIn(context, { as, path }) {
  const tab = await context.newPage();
  await tab.goto(`${values.server}/sign-in`);
  await tab.locator("input[name=email]").fill(as);
  await tab.locator("input[name=password]").fill(values.password);
  await tab.keyboard.press("Enter");
  await tab.waitForURL(`**${path}`);
  await tab.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await tab.close();
}

async function judge(page) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "lighthouse-"));
  const context = await browserAt(port, folder);
  try {
    if (page.as) await signIn(context, page);
    const { stdout } = await promisify(execFile)(
      "npx",
      [
        "--yes",
        LIGHTHOUSE,
        values.server + page.path,
        "--quiet",
        "--output=json",
        `--only-categories=${CATEGORIES.join(",")}`,
        `--port=${port}`,
        ...(page.as ? ["--disable-storage-reset"] : []),
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

let amiss = 0;
for (const page of PAGES.filter(({ name }) => name.includes(values.only))) {
  const { categories, audits, runtimeError } = await judge(page);
  if (runtimeError) throw new Error(`${page.name}: ${runtimeError.message}`);
  const scores = CATEGORIES.map((id) => Math.round(categories[id].score * 100));
  const said = CATEGORIES.map((id, index) => `${id} ${scores[index]}`).join(", ");
  console.log(`${page.name.padEnd(12)} ${said}`);
  const lacking = CATEGORIES.flatMap((id) => categories[id].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${audits[id].displayValue ?? ""}`.trim());
  if (lacking.length > 0) console.log(`             lacking: ${lacking.join("; ")}`);
  amiss += scores.filter((score) => score < LEAST).length;
}
if (amiss > 0) process.exitCode = 1;
