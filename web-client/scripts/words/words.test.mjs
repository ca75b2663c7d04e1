import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkLanguage, checkMessage } from "./check.mjs";
import { declarationsIn, englishOf } from "./english.mjs";
import { categoriesOf, compile, toIcu, tokensOf } from "./icu.mjs";
import { keysOf } from "./openings.mjs";

const ABOUT = { reviewed: {}, same: [] };
const OPEN = "{count, plural, one {# consult is open} other {# consults are open}}";

const compiled = (text, tag = "en") => compile(tokensOf(text, tag));

describe("English", () => {
  it("is read out of the sources, wherever it stands", () => {
    const source = `const t = messages("ui", { a: "One", b: { one: "x", other: \`y\` } });`;
    expect(declarationsIn("a.ts", source)[0]).toMatchObject({
      feature: "ui",
      catalogue: { a: "One", b: { one: "x", other: "y" } },
    });
    expect(() => declarationsIn("a.ts", `messages("ui", { a: "x" + y })`)).toThrow("written out");
  });

  it("of one feature may stand in several files, and no key twice", () => {
    const folder = mkdtempSync(join(tmpdir(), "words-"));
    const write = (name, words) => writeFileSync(join(folder, name), `messages("forms", ${words})`);
    write("a.ts", `{ a: "A" }`);
    write("b.ts", `{ b: "B" }`);
    expect(englishOf(folder)).toEqual({ forms: { a: "A", b: "B" } });
    write("b.ts", `{ a: "B" }`);
    expect(() => englishOf(folder)).toThrow('"forms" has "a" already');
    rmSync(folder, { recursive: true });
  });

  it("becomes ICU that says the same", () => {
    const plural = { one: "{count} consult is open", other: "{count} consults are open" };
    expect(toIcu(plural)).toBe(OPEN);
    expect(compiled(toIcu(plural))).toEqual(plural);
    for (const text of ["Patient's {name}", "'{name}' and #1", "it''s"]) {
      expect(compiled(toIcu(text))).toBe(text);
      expect(compiled(toIcu({ one: text, other: text }))).toEqual({ one: text, other: text });
    }
  });
});

describe("a translation", () => {
  it("may put words around a plural, and count by another name", () => {
    expect(compiled("Il y a {count, plural, one {# cas} other {# cas}} ici", "fr")).toEqual({
      one: "Il y a {count} cas ici",
      other: "Il y a {count} cas ici",
    });
    expect(compiled("{days, plural, one {un jour} other {# jours}}", "fr")).toEqual({
      of: "days",
      one: "un jour",
      other: "{days} jours",
    });
  });

  it("has the plurals of its language", () => {
    expect(categoriesOf("ar")).toEqual(["few", "many", "one", "two", "zero", "other"]);
    expect(categoriesOf("fr")).toEqual(["one", "other"]);
    const two = "{count, plural, one {# حالة} other {# حالات}}";
    expect(checkMessage("ar", OPEN, two)).toEqual([
      "the plural of {count} lacks: few, many, two, zero",
    ]);
    expect(checkMessage("fr", OPEN, "{count} cas ouverts")).toEqual(["is no plural of {count}"]);
    expect(checkMessage("fr", OPEN, "{count, plural, one {un cas} other {# cas}}")).toEqual([]);
    expect(checkMessage("fr", OPEN, "{count, plural, one {un cas} other {des cas}}")).toEqual([
      "lost {count}",
    ]);
  });

  it("keeps every place and makes up none", () => {
    const source = "{name} waits for {doctor}";
    expect(checkMessage("fr", source, "{doctor} est attendu par {name}")).toEqual([]);
    expect(checkMessage("fr", source, "{name} attend {docteur}")).toEqual([
      "fills {docteur}, which the English does not have",
      "lost {doctor}",
    ]);
  });

  it("is whole ICU and no English", () => {
    expect(checkMessage("fr", "Hello {name}", "Bonjour {name")[0]).toMatch(/^broken ICU/);
    expect(checkMessage("fr", "Hello there", "Hello there")).toEqual(["is still English"]);
    expect(checkMessage("fr", "Hello there", "Hello there", true)).toEqual([]);
    expect(checkMessage("fr", "Note", "Note")).toEqual([]);
    expect(checkMessage("hi", "Two words", "Do shabd")).toEqual([
      "has no letter of its own script",
    ]);
  });

  it("is missing nothing and has no key too many", () => {
    const english = { ui: { a: "One more", b: "Two more" } };
    const { errors, missing } = checkLanguage("fr", english, { ui: { a: "Un", c: "x" } }, ABOUT);
    expect(errors).toEqual(["ui.c: no such key"]);
    expect(missing).toEqual(["ui.b"]);
  });
});

describe("an opening", () => {
  const WORDS = `export const t = messages("care", { a: "A", b: "B", c: "C", d: "D" });`;

  function sources(files) {
    const folder = mkdtempSync(join(tmpdir(), "words-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  it("has the words that a page's code asks for, and none of what the page may load later", () => {
    const folder = sources({
      "care/words.ts": WORDS,
      "care/index.ts": `export { One } from "./One"; export { Two } from "./Two";`,
      "care/One.tsx": `import { t as care } from "./words"; export const One = () => care("a");`,
      "care/Two.tsx": `import { t } from "./words"; export const Two = () => t("b");`,
      "page.tsx": `import { One } from "./care"; import { t } from "./care/words";
        const Later = () => import("./care/Two"); export const Page = (on) => t(on ? "c" : "d");`,
    });
    expect(keysOf(folder, ["page.tsx"])).toEqual({ care: new Set(["a", "c", "d"]) });
  });

  it("must know which words a value names", () => {
    const folder = sources({
      "care/words.ts": WORDS,
      "page.tsx": `import { t } from "./care/words"; export const Page = (key) => t(key);`,
    });
    expect(() => keysOf(folder, ["page.tsx"])).toThrow("page.tsx t(key): name its words");
  });
});
