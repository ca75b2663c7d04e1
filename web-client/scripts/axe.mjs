// Holds every page of pages.json against WCAG 2.2 AA with axe-core: wide and narrow, light and dark;
// and says which is wider than 320 px, which 400 % of zoom leave. Exit status 1 when any is amiss.
//
//   npm run axe -- --server http://localhost:8080 --password … [--only clinic]
//
// The server runs with demonstration data. Uses the system's Chromium (CHROMIUM to choose).

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { everyPage } from "./pages.mjs";

const { values } = parseArgs({
  options: {
    server: { type: "string", default: "http://localhost:8080" },
    password: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const source = readFileSync(
  new URL("../node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);
/** What a program can see of the rules, and what axe's authors advise besides. */
const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
};

let amiss = 0;
await everyPage(values, async (tab, { name }) => {
  await tab.evaluate(source);
  const found = [];
  const look = async (width, colorScheme, options) => {
    await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await tab.setViewportSize({ width, height: 800 });
    // The whole page at once: nothing lies under a bar from where scrolling would free it.
    const height = await tab.evaluate(() => document.documentElement.scrollHeight);
    await tab.setViewportSize({ width, height: Math.max(height, 800) });
    const violations = await tab.evaluate(
      async (options) =>
        (await axe.run(document, options)).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
        ),
      options,
    );
    found.push(...violations.map((violation) => `${width} px, ${colorScheme}: ${violation}`));
  };
  await look(1280, "light", RULES);
  await look(1280, "dark", { runOnly: ["color-contrast"] });
  await look(360, "light", { runOnly: ["color-contrast", "target-size"] });
  await look(360, "dark", RULES);
  await tab.setViewportSize({ width: 320, height: 640 });
  const over = await tab.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) found.push(`320 px: wider than the screen by ${over} px`);
  console.log([`${name}: ${found.length === 0 ? "clean" : ""}`, ...found].join("\n   "));
  amiss += found.length;
});
if (amiss > 0) process.exitCode = 1;
