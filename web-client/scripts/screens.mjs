// Takes a picture of every page of pages.json, narrow and wide, for docs/screens.
//
//   npm run screens -- --server http://localhost:8080 --password … [--only clinic] [--dark]
//                      [--out ../docs/screens]
//
// The server runs with demonstration data. Uses the system's Chromium (CHROMIUM to choose).

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { everyPage } from "./pages.mjs";

const WIDTHS = [360, 1280];
/** Longer pages are cut there: a picture is to be looked at, and small. */
const HEIGHT_MAX = 1600;

const { values } = parseArgs({
  options: {
    server: { type: "string", default: "http://localhost:8080" },
    password: { type: "string" },
    only: { type: "string", default: "" },
    dark: { type: "boolean", default: false },
    out: { type: "string", default: "target/screens" },
  },
});
mkdirSync(values.out, { recursive: true });

await everyPage(values, async (tab, { name }) => {
  await tab.emulateMedia({ colorScheme: values.dark ? "dark" : "light", reducedMotion: "reduce" });
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: 800 });
    const long = await tab.evaluate(() => document.documentElement.scrollHeight);
    const height = Math.min(Math.max(long, 640), HEIGHT_MAX);
    const path = join(values.out, `${name}-${width}${values.dark ? "-dark" : ""}.png`);
    await tab.screenshot({ path, clip: { x: 0, y: 0, width, height }, fullPage: true });
  }
  console.log(name);
});
