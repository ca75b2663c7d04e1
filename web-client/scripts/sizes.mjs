// Prints what a first visit costs, gzipped, and fails the build when the shell breaks its budget:
// at 64 kbit/s and 600 ms round trip every 10 kB is 1.3 s of waiting.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const SHELL_BYTES_MAX = 40_000;

const webroot = join(dirname(fileURLToPath(import.meta.url)), "../target/classes/webroot");
const page = readFileSync(join(webroot, "index.html"), "utf8");
const assets = readdirSync(join(webroot, "assets")).map((name) => ({
  name,
  bytes: gzipSync(readFileSync(join(webroot, "assets", name)), { level: 9 }).length,
  shell: page.includes(name),
}));
assets.sort((a, b) => Number(b.shell) - Number(a.shell) || b.bytes - a.bytes);

/** Words come in one language at a time: listed by language below. */
const WORDS = /^words-(.+?)-([a-z].*)-.{8}\.json$/;
const words = {};
for (const { name, bytes } of assets) {
  const [, tag, pack] = WORDS.exec(name) ?? [];
  if (tag) (words[tag] ??= {})[pack] = bytes;
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
for (const { name, bytes, shell } of assets.filter((asset) => !WORDS.test(asset.name))) {
  console.log(`${kilobytes(bytes)} gz  ${shell ? "shell" : "lazy "}  ${name}`);
}
for (const [tag, packs] of Object.entries(words)) {
  const clinic = (packs.shell ?? 0) + (packs.care ?? 0) + (packs.clinic ?? 0);
  const all = Object.values(packs).reduce((sum, bytes) => sum + bytes, 0);
  console.log(
    `${kilobytes(clinic)} gz  words ${tag} of the clinic, ${kilobytes(all).trim()} of all`,
  );
}
const shell = assets.filter((asset) => asset.shell).reduce((sum, asset) => sum + asset.bytes, 0);
console.log(`${kilobytes(shell)} gz  shell in all, ${kilobytes(SHELL_BYTES_MAX).trim()} allowed`);
if (shell > SHELL_BYTES_MAX) {
  console.error("The shell is over its budget: move code into a lazy chunk.");
  process.exit(1);
}
