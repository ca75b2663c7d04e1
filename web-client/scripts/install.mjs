// Installs the packages of package-lock.json when they are missing or older than it: a Maven build
// calls this every time, and every time but the first it must cost nothing.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const client = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(client, "node_modules/.consilium-lock");
const lock = createHash("sha256")
  .update(readFileSync(join(client, "package-lock.json")))
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  const install = ["ci", "--prefer-offline", "--no-audit", "--no-fund"];
  const { status, error } = spawnSync("npm", install, { cwd: client, stdio: "inherit" });
  if (status !== 0) {
    console.error(`npm ci failed in web-client${error ? `: ${error.message}` : ""}`);
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock);
}
