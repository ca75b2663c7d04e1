import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "./engine";
import type { Given, Questionnaire } from "./questionnaire";

interface Vectors {
  readonly now: string;
  readonly form: Questionnaire;
  readonly vectors: readonly {
    readonly name: string;
    readonly ageDays: number;
    readonly complete: boolean;
    readonly item: readonly Given[];
    readonly errors: readonly string[];
    readonly dropped: readonly string[];
  }[];
}

// The server's engine is held against the same file: FormVectorsTest.
const all = JSON.parse(
  readFileSync("../records/src/test/resources/forms/vectors.json", "utf8"),
) as Vectors;

describe("the engine, as the server's", () => {
  it.each(all.vectors)("$name", ({ ageDays, complete, item, errors, dropped }) => {
    const checked = check(all.form, item, { ageDays, complete, now: Date.parse(all.now) });
    expect(checked.errors.map(({ pointer }) => pointer)).toEqual(errors);
    expect(checked.dropped).toEqual(dropped);
    if (errors.length === 0 && dropped.length === 0) expect(checked.kept).toEqual(item);
  });
});
