// Draws the door into the page, in every language: where one signs in is there to be read and typed in
// as soon as the page itself is, before any script. What is not known to be at the door gets the page
// as it is. The server chooses (ClientPage.java) by what lies here:
//
//   target/classes/webroot/.doors/doors.json   the languages, and the addresses without a door
//   target/classes/webroot/.doors/fr.html      the page with the door in French

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { LANGUAGES_FILE, MODULE, moduleText } from "./words/plugin.mjs";

const home = join(dirname(fileURLToPath(import.meta.url)), "..");
const webroot = join(home, "target/classes/webroot");
const drawn = join(home, "target/doors");

const offered = JSON.parse(readFileSync(join(webroot, LANGUAGES_FILE), "utf8"));

/** The components themselves are run, so that the program finds what it would have drawn. */
await build({
  configFile: false,
  root: home,
  logLevel: "warn",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [
    {
      name: "door-only",
      resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
      load: (id) => (id === `\0${MODULE}` ? moduleText(offered, "/assets/", "all") : undefined),
      // Nothing that is fetched behind the door is drawn.
      resolveDynamicImport: (name) => ({ id: String(name), external: true }),
    },
  ],
  build: { ssr: "src/app/doorPage.tsx", outDir: drawn, emptyOutDir: true },
});
const { drawDoor, withoutDoor } = await import(pathToFileURL(join(drawn, "doorPage.js")).href);

const languages = Object.keys(offered);
const page = readFileSync(join(webroot, "index.html"), "utf8");
const assets = readdirSync(join(webroot, "assets"));

/** Replaces what must be there, else nobody would notice that the door is not. */
function put(html, place, instead) {
  if (!html.includes(place)) throw new Error(`index.html lacks ${place}`);
  return html.replace(place, () => instead);
}

mkdirSync(join(webroot, ".doors"), { recursive: true });
for (const tag of languages) {
  const file = assets.find((name) => name.startsWith(`words-${tag}-shell-`));
  const catalogues = file ? JSON.parse(readFileSync(join(webroot, "assets", file), "utf8")) : {};
  const { direction, unopened, door } = drawDoor(tag, catalogues);
  let html = put(page, '<html lang="en" dir="ltr">', `<html lang="${tag}" dir="${direction}">`);
  html = put(
    html,
    '<div id="unopened" hidden></div>',
    `<div id="unopened" hidden>${unopened}</div>`,
  );
  html = put(html, '<p class="boot">Opening Consilium…</p>', door);
  if (file) {
    // Asked for beside the program, not after it.
    const early = `<link rel="preload" as="fetch" crossorigin href="/assets/${file}">`;
    html = put(html, "</head>", `${early}</head>`);
  }
  writeFileSync(join(webroot, ".doors", `${tag}.html`), html);
}
writeFileSync(join(webroot, ".doors/doors.json"), JSON.stringify({ languages, withoutDoor }));
console.log(`doors drawn in ${languages.join(", ")}`);
