// Made languages for looking at pages before a translation is there: what is not bracketed was never
// given to `messages()`, and what does not fit breaks here first.

import { tokensOf } from "./icu.mjs";

export const PSEUDO = { "en-XA": "[Ĺöñğ]", "ar-XB": "[Right to left]" };

const ACCENTED = Object.fromEntries(
  [..."aáeéiíoóuúyýcçdðgğlĺnñrŕsštťzžAÁEÉIÍOÓUÚNÑSŠ"].reduce((pairs, letter, index, all) => {
    if (index % 2 === 0) pairs.push([letter, all[index + 1]]);
    return pairs;
  }, []),
);

const ARABIC = [..."ابتثجحخدذرزسشصضطظعغفقكلمنه"];

/** Catalogues in a made language: `en-XA` is a third longer, `ar-XB` is laid out right to left. */
export function pseudo(tag, english) {
  const change = tag === "ar-XB" ? mirrored : lengthened;
  return Object.fromEntries(
    Object.entries(english).map(([feature, words]) => [
      feature,
      Object.fromEntries(Object.entries(words).map(([key, text]) => [key, made(text, change)])),
    ]),
  );
}

function made(text, change) {
  return write(tokensOf(text, "en"), change);
}

function write(tokens, change) {
  return tokens
    .map((token) => {
      if (token.type === "argument") return `{${token.arg}}`;
      if (token.type === "octothorpe") return "#";
      if (token.type === "content") return change(token.value);
      const cases = token.cases.map((one) => `${one.key} {${write(one.tokens, change)}}`);
      return `{${token.arg}, plural, ${cases.join(" ")}}`;
    })
    .join("");
}

function lengthened(text) {
  const accented = text.replace(/[a-zA-Z]/g, (letter) => ACCENTED[letter] ?? letter);
  return text.trim() === "" ? text : `${accented}${"·".repeat(Math.ceil(text.length / 3))}`;
}

/** Latin letters as Arabic ones: no word of any language, but drawn and ordered as one. */
function mirrored(text) {
  return text.replace(/[a-z]/gi, (letter) => ARABIC[letter.toLowerCase().charCodeAt(0) - 97]);
}
