// Which words a workspace's first page needs: those that the code asks for which comes with it. They
// travel in one small file, so that nobody waits for the words of pages they have not opened.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, relative } from "node:path";
import ts from "typescript";
import { declarationsIn } from "./english.mjs";

/** Behind every page of signed-in people: see src/app/App.tsx. */
const BEHIND = [
  "app/App.tsx",
  "presence/Ringing.tsx",
  "files/OutgoingFiles.tsx",
  "offline/start.ts",
];

/** By the name of their pack, the modules that a first page begins with. */
export const OPENINGS = Object.fromEntries(
  ["clinic", "specialist", "scheduler", "interpreter", "admin"].map((name) => [
    `opening-${name}`,
    [`${name}/workspace.ts`, ...BEHIND],
  ]),
);

/** Words that the code names by a value of the record, by where it does. */
const BY_VALUE = {
  "consult/names.ts t(unit)": ["days", "weeks", "months", "years"],
  "consult/names.ts t(urgency)": ["red", "orange", "yellow", "green", "blue"],
  "consult/names.ts t(status)": [
    ...["submitted", "triaged", "offered", "accepted", "booked", "advised", "closed", "withdrawn"],
  ],
  // Vital signs stand on no first page.
  "consult/names.ts t(level)": [],
  "specialist/offers/RefuseDialog.tsx t(reason)": [
    ...["busy", "not-my-field", "on-leave", "conflict", "unclear"],
  ],
  "scheduler/place/OwnerCard.tsx t(value)": ["emergency", "not-suitable", "other-network"],
  "scheduler/queue/QueueList.tsx t(value)": ["coordinator", "specialist", "referrer"],
};

/**
 * Feature by feature the keys that these modules ask for, and what they import. Throws when one names
 * its words by a value that BY_VALUE does not list.
 */
export function keysOf(source, modules) {
  const keys = {};
  const seen = new Set();
  const look = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const { imports, asked } = readModule(source, file);
    for (const { feature, key } of asked) (keys[feature] ??= new Set()).add(key);
    imports.forEach(look);
  };
  modules.forEach((name) => look(join(source, name)));
  return keys;
}

/** What one module imports, and which words it asks for. */
function readModule(source, file) {
  const tree = parsed(file);
  const imports = [];
  const features = new Map();
  for (const node of tree.statements.filter(ts.isImportDeclaration)) {
    const target = resolve(file, node);
    if (!target || node.importClause?.isTypeOnly) continue;
    const names = (node.importClause?.namedBindings?.elements ?? [])
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ name, propertyName }) => ({ name: name.text, of: (propertyName ?? name).text }));
    imports.push(
      ...reached(
        target,
        names.map(({ of }) => of),
      ),
    );
    const [declared] = declarationsIn(target, readFileSync(target, "utf8"));
    const t = names.find(({ of }) => of === "t");
    if (declared && t) features.set(t.name, declared.feature);
  }
  const asked = [];
  visit(tree, (node) => {
    const feature = ts.isCallExpression(node) && features.get(node.expression.getText());
    if (!feature) return;
    const where = `${relative(source, file)} t(${node.arguments[0].getText()})`;
    const found = literalsIn(node.arguments[0]);
    const named = found.length > 0 ? found : BY_VALUE[where];
    if (!named)
      throw new Error(`${where}: name its words in BY_VALUE of scripts/words/openings.mjs`);
    asked.push(...named.map((key) => ({ feature, key })));
  });
  return { imports, asked };
}

/** A folder's index leads to the files that the names come from, and nowhere else. */
function reached(target, names) {
  const tree = basename(target).startsWith("index.") ? parsed(target) : undefined;
  const parts = tree?.statements.filter(ts.isExportDeclaration) ?? [];
  if (parts.length === 0) return [target];
  return parts.flatMap((part) => {
    const file = resolve(target, part);
    if (!file || part.isTypeOnly) return [];
    const own = part.exportClause?.elements?.map(({ name }) => name.text);
    const found = own ?? names.filter((name) => exportsName(file, name));
    return found.some((name) => names.includes(name)) ? [file] : [];
  });
}

function exportsName(file, name) {
  return new RegExp(`export .*\\b${name}\\b`).test(readFileSync(file, "utf8"));
}

function literalsIn(node) {
  const found = [];
  visit(node, (each) => {
    if (ts.isStringLiteralLike(each)) found.push(each.text);
  });
  return found;
}

function resolve(file, declaration) {
  const from = declaration.moduleSpecifier?.text;
  if (!from?.startsWith(".")) return undefined;
  const base = normalize(join(dirname(file), from));
  return [".ts", ".tsx", "/index.ts", "/index.tsx"].map((end) => base + end).find(existsSync);
}

function parsed(file) {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const text = readFileSync(file, "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, kind);
}

function visit(node, each) {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}
