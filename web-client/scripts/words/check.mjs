// What is wrong with a translation. Pure: catalogues in, sentences out.

import { categoriesOf, pluralsOf, readingsOf, tokensOf } from "./icu.mjs";

/** Languages that are not written in Latin letters: a translation holds at least one of theirs. */
const SCRIPTS = {
  ar: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
  am: /\p{Script=Ethiopic}/u,
};

/**
 * @param tag     the language, for example "fr"
 * @param english every feature's English as ICU
 * @param words   the same in the language, as far as it is written
 * @param about   its `_language.json`
 * @returns `missing` names keys without a translation; `errors` are sentences
 */
export function checkLanguage(tag, english, words, about) {
  const errors = [];
  const missing = [];
  for (const [feature, catalogue] of Object.entries(words)) {
    for (const key of Object.keys(catalogue)) {
      if (english[feature]?.[key] === undefined) errors.push(`${feature}.${key}: no such key`);
    }
  }
  for (const [feature, catalogue] of Object.entries(english)) {
    for (const [key, source] of Object.entries(catalogue)) {
      const name = `${feature}.${key}`;
      const text = words[feature]?.[key];
      if (text === undefined || text === "") missing.push(name);
      else
        for (const error of checkMessage(tag, source, text, about.same.includes(name)))
          errors.push(`${name}: ${error}`);
    }
  }
  for (const feature of Object.keys(about.reviewed)) {
    if (!english[feature]) errors.push(`_language.json: reviewed: no feature "${feature}"`);
  }
  return { errors, missing };
}

/** What is wrong with one translated message. */
export function checkMessage(tag, source, text, maySame = false) {
  if (typeof text !== "string") return ["is not text"];
  let tokens;
  try {
    tokens = tokensOf(text, tag);
  } catch (error) {
    return [error.message];
  }
  const errors = [];
  const sourceTokens = tokensOf(source, "en");
  const sourcePlurals = pluralsOf(sourceTokens);
  const plurals = pluralsOf(tokens);
  const places = new Set([
    ...readingsOf(sourceTokens).flatMap((reading) => [...reading.places]),
    ...sourcePlurals.map(({ arg }) => arg),
  ]);
  for (const { arg } of plurals) {
    if (!places.has(arg)) errors.push(`counts {${arg}}, which the English does not have`);
  }
  for (const { arg } of sourcePlurals) {
    if (!plurals.some((plural) => plural.arg === arg)) errors.push(`is no plural of {${arg}}`);
  }
  errors.push(...wrongPlaces(sourceTokens, tokens, places));
  for (const { arg, cases } of plurals) {
    const given = new Set(cases.map(({ key }) => key));
    const lacks = categoriesOf(tag).filter((category) => !given.has(category));
    if (lacks.length > 0) errors.push(`the plural of {${arg}} lacks: ${lacks.join(", ")}`);
  }
  if (text !== text.trim() && source === source.trim()) errors.push("begins or ends with a space");
  const spoken = lettersOf(sourceTokens);
  const severalWords = (spoken.match(/\p{L}{2,}/gu) ?? []).length > 1;
  const script = SCRIPTS[tag];
  if (severalWords && !maySame) {
    if (lettersOf(tokens) === spoken) errors.push("is still English");
    else if (script && !script.test(text)) errors.push("has no letter of its own script");
  }
  return errors;
}

function wrongPlaces(sourceTokens, tokens, known) {
  const errors = [];
  const filled = new Set(readingsOf(tokens).flatMap(({ places }) => [...places]));
  for (const name of filled) {
    if (!known.has(name)) errors.push(`fills {${name}}, which the English does not have`);
  }
  // A place that every English reading fills must be filled by every reading here, unless the case
  // says its number in words.
  const sourceReadings = readingsOf(sourceTokens);
  const always = [...known].filter((name) =>
    sourceReadings.every(({ places, said }) => places.has(name) || said.has(name)),
  );
  for (const name of always) {
    const lost = readingsOf(tokens).some(
      ({ places, said }) => !places.has(name) && !said.has(name),
    );
    const neverInEnglish = sourceReadings.every(({ places }) => !places.has(name));
    if (lost && !neverInEnglish) errors.push(`lost {${name}}`);
  }
  return errors;
}

function lettersOf(tokens) {
  return tokens
    .map((token) => {
      if (token.type === "content") return token.value;
      if (token.type !== "plural") return "{}";
      return token.cases.map((one) => lettersOf(one.tokens)).join("|");
    })
    .join("");
}
