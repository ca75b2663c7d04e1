// Merges the contracts of all modules into one and generates the TypeScript types from it.
// In: the YAML files below. Out: src/api/generated/contract.json and schema.d.ts (not in git).

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const client = join(dirname(fileURLToPath(import.meta.url)), "..");
const repository = join(client, "..");
const generated = join(client, "src/api/generated");

/** In this order: a name that two files define differently is an error, not a silent win. */
const SOURCES = [
  "platform/src/main/resources/openapi/common.yaml",
  "platform/src/main/resources/openapi/platform.yaml",
  "platform/src/main/resources/openapi/mail.yaml",
  "platform/src/main/resources/openapi/programs.yaml",
  "platform/src/main/resources/openapi/text.yaml",
  "platform/src/main/resources/openapi/vaults.yaml",
  "scheduling/src/main/resources/openapi/scheduling.yaml",
  "scheduling/src/main/resources/openapi/booking.yaml",
  "scheduling/src/main/resources/openapi/calendar.yaml",
  "scheduling/src/main/resources/openapi/planning.yaml",
  "scheduling/src/main/resources/openapi/report.yaml",
  "scheduling/src/main/resources/openapi/people.yaml",
  "scheduling/src/main/resources/openapi/roster.yaml",
  "scheduling/src/main/resources/openapi/ladder.yaml",
  "records/src/main/resources/openapi/records.yaml",
  "records/src/main/resources/openapi/patients.yaml",
  "records/src/main/resources/openapi/health-summary.yaml",
  "records/src/main/resources/openapi/notes.yaml",
  "records/src/main/resources/openapi/forms.yaml",
  "records/src/main/resources/openapi/consent.yaml",
  "records/src/main/resources/openapi/letters.yaml",
  "records/src/main/resources/openapi/follow-up.yaml",
  "records/src/main/resources/openapi/attachments.yaml",
  "records/src/main/resources/openapi/exports.yaml",
  "signaling/src/main/resources/openapi/signaling.yaml",
];

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

function merge(documents) {
  const merged = {
    openapi: "3.1.0",
    info: { title: "Consilium", version: "1" },
    servers: [{ url: "/api/v1" }],
    paths: {},
    components: {},
  };
  for (const { source, document } of documents) {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      merged.paths[path] ??= {};
      for (const [key, value] of Object.entries(item)) {
        put(merged.paths[path], key, value, `${source}: ${key} ${path}`);
        if (METHODS.has(key) && !value.operationId) {
          throw new Error(`${source}: ${key} ${path} has no operationId`);
        }
      }
    }
    for (const [kind, entries] of Object.entries(document.components ?? {})) {
      merged.components[kind] ??= {};
      for (const [name, value] of Object.entries(entries ?? {})) {
        put(merged.components[kind], name, value, `${source}: components/${kind}/${name}`);
      }
    }
  }
  return merged;
}

function put(target, key, value, where) {
  if (key in target && JSON.stringify(target[key]) !== JSON.stringify(value)) {
    throw new Error(`${where} is already defined differently by another module`);
  }
  target[key] = value;
}

/** A reference into another file of the merge (`common.yaml#/components/…`) becomes a local one. */
function localReferences(value) {
  if (Array.isArray(value)) return value.map(localReferences);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string"
        ? inner.replace(/^[^#]+#/, "#")
        : localReferences(inner),
    ]),
  );
}

function writeIfChanged(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

const documents = SOURCES.filter((source) => existsSync(join(repository, source))).map((source) => {
  try {
    const document = parse(readFileSync(join(repository, source), "utf8"));
    return { source, document: localReferences(document ?? {}) };
  } catch (error) {
    throw new Error(`${source}: ${error.message}`, { cause: error });
  }
});
const contract = merge(documents);
const types = await openapiTS(structuredClone(contract), { alphabetize: true });

mkdirSync(generated, { recursive: true });
writeIfChanged(join(generated, "contract.json"), `${JSON.stringify(contract, null, 2)}\n`);
writeIfChanged(join(generated, "schema.d.ts"), astToString(types));
console.log(`contract: ${documents.length} files, ${Object.keys(contract.paths).length} paths`);
