import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import ENGLISH from "../i18n/catalogue/en/form-texts.json";
import { EXTENSION, type Item, optionsOf, type Questionnaire, unitsOf } from "./questionnaire";

const FORMS = join(process.cwd(), "../records/src/main/resources/catalogue/forms");

function textsOf(items: readonly Item[]): (string | undefined)[] {
  return items.flatMap((item) => [
    item.text,
    ...[...optionsOf(item), ...unitsOf(item)].map(({ display }) => display),
    ...textsOf(item.item ?? []),
  ]);
}

describe("the words of the shipped forms", () => {
  const shipped = readdirSync(FORMS)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(FORMS, file), "utf8")) as Questionnaire);

  it("are those that the forms ask with, none more and none less", () => {
    const asked = shipped.flatMap((form) => [
      form.title,
      form.description,
      form.extension?.find(({ url }) => url === EXTENSION.approval)?.valueString,
      ...textsOf(form.item),
    ]);
    const known = new Set<string>(Object.values(ENGLISH));
    const wanted = new Set(asked.filter((text) => text !== undefined));
    expect(shipped.length).toBeGreaterThan(10);
    expect([...wanted].filter((text) => !known.has(text))).toEqual([]);
    expect([...known].filter((text) => !wanted.has(text))).toEqual([]);
  });
});
