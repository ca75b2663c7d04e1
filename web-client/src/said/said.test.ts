import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCatalogues, showLanguage } from "../i18n/messages";
import ENGLISH from "../i18n/catalogue/en/said.json";
import { inWords } from "./read";

const SERVER = join(process.cwd(), "..");
const MODULES = ["platform", "records", "scheduling", "signaling"];

/** Every Java source of the server, string literals that go on over lines joined. */
function sources(): string[] {
  return MODULES.flatMap((module) => {
    const root = join(SERVER, module, "src/main/java");
    return readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".java"))
      .map((file) => readFileSync(join(root, file), "utf8").replace(/"\s*\+\s*"/g, ""));
  });
}

/** The English of a key; of one that counts, each of its cases. */
function variants(key: string): string[] {
  const english = (ENGLISH as Record<string, string>)[key] ?? "";
  const [, one, other] = /^\{count, plural, one \{(.*)\} other \{(.*)\}\}$/.exec(english) ?? [];
  const cases = one === undefined || other === undefined ? [english] : [one, other];
  return cases.map((text) => text.replace("#", "{count}"));
}

describe("the server's sentences", () => {
  const said = sources().join("\n");
  // A code is given where the sentence is, or by a feature's own `say` with the feature before it.
  const coded = [
    ...said.matchAll(
      /\b(?:Sentence\.of\(|say\(|of\(\s*vital,)\s*"([\w.-]+)",\s*((?:[^;"()]|"(?:[^"\\]|\\.)*")+)\)/g,
    ),
  ];

  it("are all in the words, letter by letter", () => {
    const features = ["", "log.", "ladder.", "fit.", "bar."];
    const lost = coded.flatMap(([, code = "", rest = ""]) => {
      const texts = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text);
      const known = features.flatMap((feature) => variants(feature + code));
      return texts
        .filter((text) => text && !known.includes(text))
        .map((text) => `${code}: ${text}`);
    });
    expect(coded.length).toBeGreaterThan(100);
    expect(coded.map(([, code]) => code)).toContain("field.vital-impossible");
    expect(lost).toEqual([]);
  });

  it("do not lose their words when the English is changed", () => {
    const dead = Object.entries(ENGLISH).flatMap(([key, english]) =>
      /^(is|rota|warning)\./.test(key) && !written(english) ? [english] : [],
    );
    expect(dead).toEqual([]);
  });

  const data = ["note-templates-2026-1", "formulary-2026-1"]
    .map((name) =>
      readFileSync(join(SERVER, `records/src/main/resources/catalogue/${name}.json`), "utf8"),
    )
    .join("\n");

  /** Every string of the sources, what is filled in at run time left out of it. */
  const strings = new Set(
    [...(said + data).matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, text = ""]) => open(text)),
  );

  function open(text: string): string {
    return text.replace(/\\"/g, '"').replace(/\{\w+\}|%[sd]/g, "{}");
  }

  function written(english: string): boolean {
    const text = open(english.replace(/ (\{why\})$/, "$1").replace(/^\{warning\}/, ""));
    return strings.has(text) || strings.has(`${text}{}`);
  }
});

describe("a sentence in another language", () => {
  beforeEach(() => {
    addCatalogues("fr", {
      said: {
        "log.refused": "{who} a refusé : {refusal}.",
        "fit.on-call": "Là-bas {clockThere}, au centre {clockHere}.",
        "fit.open": { one: "A {count} ouverte.", other: "A {count} ouvertes." },
        "bar.needs-rest": "Se repose jusqu’à {momentThere}.",
        "log.follow-up-set": "Attendu le {date}.",
        "warning.too-young": "{drug} ne se donne pas à l’âge de {age}.",
        "warning.dose-not-per-kg": "C’est {reckoned}, et non {dose}.",
        "warning.pregnancy-why": "Enceinte : on évite {drug}. {why}",
        "warning.to-answer": "{warning} Changez-le.",
        "is.write-something": "Écrivez.",
        "is.it-can-harm-the": "Nuit à l’ouïe.",
      },
      terms: { "refusal.busy": "Occupé" },
    });
    showLanguage("fr");
  });
  afterEach(() => showLanguage("en"));

  it("is told by its code and values", () => {
    const say = (code: string, values: Record<string, string>) => inWords("", { code, values });
    expect(say("log.refused", { who: "Dr Ada", refusal: "busy" })).toBe(
      "Dr Ada a refusé : occupé.",
    );
    expect(say("fit.open", { count: "3" })).toBe("A 3 ouvertes.");
    expect(say("bar.needs-rest", { momentThere: "2026-11-24T13:05" })).toBe(
      "Se repose jusqu’à mar. 13:05.",
    );
    expect(say("log.follow-up-set", { date: "2026-12-01" })).toBe("Attendu le 1 déc. 2026.");
    expect(say("log.follow-up-set", { date: "soon" })).toBe("Attendu le soon.");
  });

  it("is found by its English where there are no values in it", () => {
    expect(inWords("Write something.")).toBe("Écrivez.");
    expect(inWords("Nobody ever said this.")).toBeUndefined();
  });

  it("keeps every figure of what was signed", () => {
    expect(inWords("gentamicin is not given at 3 days.")).toBe(
      "gentamicin ne se donne pas à l’âge de 3\u00a0jours.",
    );
    expect(inWords("By weight it is 62.5 mg, not 250 mg.")).toBe("C’est 62.5 mg, et non 250 mg.");
    expect(
      inWords(
        "Pregnant: gentamicin is avoided. It can harm the child's hearing. Change it, or say why it is right here.",
      ),
    ).toBe("Enceinte : on évite gentamicin. Nuit à l’ouïe. Changez-le.");
  });
});
