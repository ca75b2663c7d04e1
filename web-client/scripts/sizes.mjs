// Prints what first visits cost, gzipped, and fails the build when one breaks its budget: at
// 64 kbit/s and 600 ms round trip every 10 kB is 1.3 s of waiting.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** What everybody needs who is let in. */
const SHELL = ["src/app/App.tsx"];
/** What signed-in people load besides, behind every page. */
const SIGNED_IN = [...SHELL, "src/presence/Ringing.tsx", "src/files/OutgoingFiles.tsx"];

/**
 * First visits, as the modules that `import()` fetches for them beside the page's own, the packs of
 * words that come with them (scripts/words/openings.mjs), and what code, styles and English words may
 * cost in all, in bytes. What other languages' words cost is listed beside.
 */
const VISITS = [
  // With the page itself, in which the form stands already.
  { name: "door", modules: [], page: ".doors/en.html", bytesMax: 22_500 },
  { name: "shell", modules: SHELL, bytesMax: 43_500 },
  {
    name: "clinic",
    modules: ["src/clinic/workspace.ts", ...SIGNED_IN],
    words: ["opening-clinic"],
    // 60 kB of code and styles, and 2.5 kB of words.
    bytesMax: 62_500,
  },
  {
    name: "specialist",
    modules: ["src/specialist/workspace.ts", ...SIGNED_IN],
    words: ["opening-specialist"],
    bytesMax: 70_000,
  },
  {
    name: "scheduler",
    modules: ["src/scheduler/workspace.ts", ...SIGNED_IN],
    words: ["opening-scheduler"],
    bytesMax: 75_000,
  },
  {
    name: "interpreter",
    modules: ["src/interpreter/workspace.ts", ...SIGNED_IN],
    words: ["opening-interpreter"],
    bytesMax: 70_000,
  },
  {
    name: "admin",
    modules: ["src/admin/workspace.ts", ...SIGNED_IN],
    words: ["opening-admin"],
    bytesMax: 70_000,
  },
  {
    name: "guest",
    modules: [...SHELL, "src/guest/GuestPage.tsx"],
    words: ["call", "guest"],
    bytesMax: 82_500,
  },
];

const webroot = join(dirname(fileURLToPath(import.meta.url)), "../target/classes/webroot");
const manifest = JSON.parse(readFileSync(join(webroot, ".vite/manifest.json"), "utf8"));

/** What the page itself names: see codeSplitting in vite.config.ts. */
const DOOR = Object.keys(manifest).find((key) => manifest[key].name === "door");

/** The files that the page loads to run these modules, each with what it imports. */
function filesOf(modules) {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The build has no chunk ${key}: mend VISITS in scripts/sizes.mjs.`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    (chunk.imports ?? []).forEach(visit);
  };
  modules.forEach(visit);
  return files;
}

/** The styles that the page brings in itself (scripts/doorStyles.ts). */
const STYLES = "door styles";

const gzipped = new Map();
function bytesOf(file) {
  if (!gzipped.has(file)) {
    const text = readFileSync(join(webroot, file === STYLES ? "index.html" : file), "utf8");
    const counted = file === STYLES ? /<style>(.*?)<\/style>/s.exec(text)[1] : text;
    gzipped.set(file, gzipSync(counted, { level: 9 }).length);
  }
  return gzipped.get(file);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

/** Words of one language travel in packs beside the code: `assets/words-en-clinic-1a2b3c4d.json`. */
const packs = readdirSync(join(webroot, "assets")).flatMap((name) => {
  const [, language, pack] = /^words-(.+?)-([a-z].*)-.{8}\.json$/.exec(name) ?? [];
  return language ? [{ language, pack, file: `assets/${name}` }] : [];
});
const wordsOf = (language, names) =>
  packs.filter((one) => one.language === language && names.includes(one.pack));

const sum = (files) => [...files].reduce((bytes, file) => bytes + bytesOf(file), 0);
const visits = VISITS.map((visit) => {
  const files = filesOf([DOOR, ...visit.modules]).add(visit.page ?? STYLES);
  const words = (language) => sum(wordsOf(language, visit.words ?? []).map(({ file }) => file));
  return { ...visit, files, bytes: sum(files), words };
});

const all = new Set(visits.flatMap(({ files }) => [...files]));
for (const { file, css = [] } of Object.values(manifest))
  [file, ...css].forEach((one) => all.add(one));
for (const file of [...all].sort((a, b) => bytesOf(b) - bytesOf(a))) {
  const names = visits.filter(({ files }) => files.has(file)).map(({ name }) => name);
  const first = names[0] === "door" || names[0] === "shell" ? names[0] : names.join(", ") || "lazy";
  console.log(`${kilobytes(bytesOf(file))} gz  ${file.replace("assets/", "").padEnd(34)} ${first}`);
}
console.log();
for (const { language, pack, file } of packs.filter((one) => one.language === "en")) {
  console.log(`${kilobytes(bytesOf(file))} gz  words of ${pack}, ${language}`);
}
console.log();
const languages = [...new Set(packs.map(({ language }) => language))];
let over = false;
for (const { name, bytes: own, bytesMax, words } of visits) {
  const bytes = own + words("en");
  const others = languages.filter((tag) => tag !== "en" && words(tag) > 0);
  const beside = others.map((tag) => `${tag} ${(words(tag) / 1000).toFixed(1)}`).join(", ");
  const english = beside
    ? `, ${kilobytes(words("en")).trim()} of it words (instead: ${beside})`
    : "";
  console.log(
    `${kilobytes(bytes)} gz of ${kilobytes(bytesMax)}  first visit: ${name}${english}` +
      (bytes > bytesMax ? "  OVER ITS BUDGET: move code into a lazy chunk" : ""),
  );
  over ||= bytes > bytesMax;
}
if (over) process.exit(1);
