// ICU MessageFormat, as far as the catalogues use it: text, {name} and {count, plural, …}.
// In: a message as translators write it. Out: what src/i18n/messages.ts shows, with nothing to parse.

import { parse } from "@messageformat/parser";

/** Counts that pages show; which plural categories a language needs is what these ask for. */
const COUNTS = Array.from({ length: 1001 }, (_, count) => count);

/** The CLDR categories that whole numbers have in a language: `["one", "other"]` in English. */
export function categoriesOf(tag) {
  const rules = new Intl.PluralRules(tag);
  const found = new Set(COUNTS.map((count) => rules.select(count)));
  return rules.resolvedOptions().pluralCategories.filter((category) => found.has(category));
}

/** The tokens of a message. Throws an Error that says where it is broken. */
export function tokensOf(text, tag) {
  const cardinal = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  let tokens;
  try {
    tokens = parse(text, { cardinal });
  } catch (error) {
    throw new Error(`broken ICU: ${error.message.split("\n")[0]}`, { cause: error });
  }
  refuseOthers(tokens);
  return tokens;
}

function refuseOthers(tokens) {
  for (const token of tokens) {
    if (token.type === "plural") {
      if (token.pluralOffset) throw new Error("a plural with an offset is not supported");
      for (const { tokens: inner } of token.cases) refuseOthers(inner);
    } else if (token.type === "content") {
      if (/[{}]/.test(token.value)) throw new Error("braces as text are not supported");
    } else if (token.type !== "argument" && token.type !== "octothorpe") {
      throw new Error(`{${token.arg}, ${token.key ?? token.type}} is not supported`);
    }
  }
}

/** Every plural of a message, outer ones first. */
export function pluralsOf(tokens) {
  return tokens.flatMap((token) =>
    token.type === "plural" ? [token, ...token.cases.flatMap((one) => pluralsOf(one.tokens))] : [],
  );
}

/**
 * The ways a message can read, one for each combination of plural cases: the places it fills, and
 * the arguments whose number the case says in words (`=1`, `one`, `two`), which it may leave out.
 */
export function readingsOf(tokens) {
  return Object.values(spread(tokens)).map(({ text, said }) => ({
    places: new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)),
    said: new Set(said),
  }));
}

function spread(tokens, said = []) {
  const at = tokens.findIndex(({ type }) => type === "plural");
  if (at < 0) return [{ text: textOf(tokens), said }];
  return tokens[at].cases.flatMap(({ key, tokens: inner }) =>
    spread(
      [...tokens.slice(0, at), ...filled(inner, tokens[at].arg), ...tokens.slice(at + 1)],
      /^(=\d+|zero|one|two)$/.test(key) ? [...said, tokens[at].arg] : said,
    ),
  );
}

/**
 * A message for the page: a string with `{name}` holes, or an object with a case for each category,
 * `of` naming the argument that decides when it is not `count`. Text around a plural goes into
 * each case.
 */
export function compile(tokens) {
  const at = tokens.findIndex(({ type }) => type === "plural");
  if (at < 0) return textOf(tokens);
  const { arg, cases } = tokens[at];
  return {
    ...(arg === "count" ? {} : { of: arg }),
    ...Object.fromEntries(
      cases.map(({ key, tokens: inner }) => [
        key,
        compile([...tokens.slice(0, at), ...filled(inner, arg), ...tokens.slice(at + 1)]),
      ]),
    ),
  };
}

/** `#` means the argument of the plural it stands in. */
function filled(tokens, arg) {
  return tokens.map((token) => (token.type === "octothorpe" ? { type: "argument", arg } : token));
}

function textOf(tokens) {
  return tokens
    .map((token) => (token.type === "content" ? token.value : `{${token.arg}}`))
    .join("");
}

/** A message of words.ts as ICU: a string stays, plural forms become one `{count, plural, …}`. */
export function toIcu(message) {
  if (typeof message === "string") return quoted(message);
  const cases = Object.entries(message).map(
    ([category, text]) => `${category} {${quoted(text, true).replaceAll("{count}", "#")}}`,
  );
  return `{count, plural, ${cases.join(" ")}}`;
}

/** An apostrophe before a brace would begin a quotation, and # would be the number in a plural. */
function quoted(text, inPlural = false) {
  const apostrophes = text.replace(/'(?=[{}'])/g, "''");
  return inPlural ? apostrophes.replaceAll("#", "'#'") : apostrophes;
}
