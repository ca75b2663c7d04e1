// Reads the English of every feature out of the sources: each `messages("feature", { … })`.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

/**
 * Feature by feature, key by key, the message as words.ts has it; a feature with many words may have
 * them in several files. Throws when one is not literal, or there twice.
 */
export function englishOf(source) {
  const features = {};
  for (const file of sourcesIn(source)) {
    const text = readFileSync(file, "utf8");
    const where = relative(source, file);
    for (const { feature, catalogue } of declarationsIn(where, text)) {
      const before = features[feature] ?? {};
      const twice = Object.keys(catalogue).find((key) => key in before);
      if (twice) throw new Error(`${where}: "${feature}" has "${twice}" already`);
      features[feature] = { ...before, ...catalogue };
    }
  }
  return Object.fromEntries(Object.entries(features).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The source files that may hold words; tests have words of their own. */
function sourcesIn(source) {
  return readdirSync(source, { recursive: true })
    .map((name) => join(source, String(name)))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
    .sort();
}

/** What a file declares, and where the object with its words stands in the text. */
export function declarationsIn(where, text) {
  if (!text.includes("messages(")) return [];
  const found = [];
  visit(parsed(where, text), (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== "messages") return;
    const [feature, words] = node.arguments;
    if (!feature || !words || !ts.isStringLiteral(feature) || !ts.isObjectLiteralExpression(words))
      throw new Error(`${where}: messages() takes a literal name and a literal object`);
    found.push({
      feature: feature.text,
      catalogue: valueOf(words, where),
      start: words.getStart(),
      end: words.getEnd(),
    });
  });
  return found;
}

function valueOf(node, where) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(
      node.properties.map((property) => {
        if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name))
          throw new Error(`${where}: words are written out: ${property.getText()}`);
        return [property.name.text, valueOf(property.initializer, where)];
      }),
    );
  }
  throw new Error(`${where}: words are written out: ${node.getText()}`);
}

/** Words asked for while a module loads: they would stay in the language of that moment. */
export function earlyWordsIn(source) {
  return sourcesIn(source).flatMap((file) =>
    earlyWords(relative(source, file), readFileSync(file, "utf8")),
  );
}

function earlyWords(where, text) {
  if (!/\bt\b/.test(text)) return [];
  const file = parsed(where, text);
  const names = new Set();
  visit(file, (node) => {
    if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === "t")
      names.add(node.name.text);
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer &&
      ts.isCallExpression(node.initializer) &&
      node.initializer.expression.getText() === "messages"
    )
      names.add(node.name.getText());
  });
  const early = [];
  const look = (node) => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isCallExpression(node) && names.has(node.expression.getText()))
      early.push(`${where}: ${node.getText()}`);
    ts.forEachChild(node, look);
  };
  look(file);
  return early;
}

function parsed(where, text) {
  const kind = where.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(where, text, ts.ScriptTarget.ES2022, true, kind);
}

function visit(node, each) {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}
