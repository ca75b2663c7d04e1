// Takes pictures of pages, to look at them: narrow and wide, light and dark.
//
//   npm run look -- [--server http://localhost:5173] [--as email:password] [--widths 360,1280]
//                   [--dark] [--rtl] /gallery /clinic …
//
// Out: target/screens/<page>-<width>[-dark].png. Uses the system's Chromium (CHROMIUM to choose).

import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: "string", default: "http://localhost:5173" },
    as: { type: "string" },
    widths: { type: "string", default: "360,1280" },
    dark: { type: "boolean", default: false },
    rtl: { type: "boolean", default: false },
  },
});
const target = join(dirname(fileURLToPath(import.meta.url)), "../target/screens");
mkdirSync(target, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const context = await browser.newContext({
  colorScheme: values.dark ? "dark" : "light",
  reducedMotion: "reduce",
});
if (values.as) {
  const [email, password] = values.as.split(/:(.*)/s);
  const answer = await context.request.post(`${values.server}/api/v1/sessions`, {
    data: { email, password },
    headers: { Origin: new URL(values.server).origin },
  });
  if (!answer.ok()) throw new Error(`sign-in as ${email}: HTTP ${answer.status()}`);
}
for (const width of values.widths.split(",").map(Number)) {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: width < 600 ? 740 : 800 });
  page.on("pageerror", (error) => console.error(`${page.url()}: ${error.message}`));
  for (const path of positionals) {
    await page.goto(values.server + path);
    await page.waitForSelector("h1, h2");
    await page.waitForTimeout(600);
    if (values.rtl) await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
    const name = path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "home";
    const suffix = `${values.dark ? "-dark" : ""}${values.rtl ? "-rtl" : ""}`;
    const file = join(target, `${name}-${width}${suffix}.png`);
    await page.screenshot({ path: file, fullPage: true });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    console.log(`${file}${overflow > 0 ? `  WIDER THAN THE SCREEN by ${overflow} px` : ""}`);
  }
  await page.close();
}
await browser.close();
