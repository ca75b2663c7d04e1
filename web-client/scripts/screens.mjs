// Takes a picture of every page of pages.json, as wide as those who use it see it, and writes an
// index of them.
//
//   npm run screens -- --password … [--server http://localhost:8080] [--only clinic] [--dark]
//                      [--language ar] [--widths 360,1280] [--out ../docs/screens]
//
// The server runs with demonstration data. Uses the system's Chromium (CHROMIUM to choose). The index
// is written when every page was taken in its own width, and old pictures go.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { everyPage, GROUPS } from "./pages.mjs";

/** Longer pages are cut there, by width: a picture is to be looked at, and small. */
const HEIGHT_MAX = { 360: 1400, 1280: 1600 };
const WEBP_QUALITY = 60;

const { values } = parseArgs({
  options: {
    server: { type: "string", default: "http://localhost:8080" },
    password: { type: "string" },
    only: { type: "string", default: "" },
    dark: { type: "boolean", default: false },
    language: { type: "string", default: "en" },
    widths: { type: "string", default: "" },
    out: { type: "string", default: "../docs/screens" },
  },
});
const whole = !values.only && !values.dark && !values.widths && values.language === "en";
mkdirSync(values.out, { recursive: true });
if (whole) {
  for (const old of readdirSync(values.out)) rmSync(join(values.out, old));
}

/** Playwright writes no WebP; the browser does. */
async function picture(tab, width) {
  const devtools = await tab.context().newCDPSession(tab);
  const long = await tab.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(Math.max(long, 640), HEIGHT_MAX[width] ?? 1600);
  const { data } = await devtools.send("Page.captureScreenshot", {
    format: "webp",
    quality: WEBP_QUALITY,
    clip: { x: 0, y: 0, width, height, scale: 1 },
    captureBeyondViewport: true,
  });
  await devtools.detach();
  return Buffer.from(data, "base64");
}

const taken = new Map();
const suffix = `${values.language === "en" ? "" : `-${values.language}`}${values.dark ? "-dark" : ""}`;
await everyPage(values, async (tab, page, group) => {
  const widths = values.widths ? values.widths.split(",").map(Number) : [group.width];
  for (const width of widths) {
    await tab.setViewportSize({ width, height: width < 600 ? 740 : 800 });
    const wider = await tab.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0) console.error(`${page.name}: wider than ${width} px by ${wider}`);
    const name = `${page.name}${values.widths ? `-${width}` : ""}${suffix}.webp`;
    writeFileSync(join(values.out, name), await picture(tab, width));
    taken.set(page.name, await tab.locator("h1").first().innerText());
  }
  console.log(page.name);
});

function index() {
  const lines = ["# Every page, as a picture", ""];
  lines.push(
    "Demonstration data, English, light. `npm run screens` in `web-client` takes them anew and writes",
    "this index; `--dark`, `--language ar` and `--widths 360,1280` show the same pages otherwise.",
    "",
  );
  for (const { title, width, pages } of GROUPS) {
    const shown = pages.filter(({ name }) => taken.has(name));
    if (shown.length === 0) continue;
    lines.push(`## ${title} (${width} px)`, "");
    for (const { name, path } of shown) {
      lines.push(`### ${name}`, "", `\`${path}\``, "");
      lines.push(
        `<img src="${name}.webp" alt="${taken.get(name)}" width="${width < 600 ? 270 : 720}">`,
        "",
      );
    }
  }
  return lines.join("\n");
}
if (whole) writeFileSync(join(values.out, "README.md"), index());
