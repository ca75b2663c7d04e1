import { afterEach, describe, expect, it } from "vitest";
import { addCatalogues, showLanguage } from "../i18n/messages";
import { reasonInWords, rulesInWords } from "./termWords";

const said = (code: string, sentence: string) => reasonInWords({ code, urgency: "red", sentence });

addCatalogues("fr", {
  terms: {
    "sign.convulsing": "Convulsions en ce moment",
    "because.breathing-fast": "Respiration rapide pour l’âge : {value} (limite {limit}).",
    "because.score": "{score} : {value}.",
    "score.news2": "NEWS2",
  },
});
afterEach(() => showLanguage("en"));

describe("the reasons of triage in the page's language", () => {
  it("keep the figures of the server's sentence", () => {
    showLanguage("fr");
    expect(said("convulsing", "Fits now.")).toBe("Convulsions en ce moment.");
    expect(
      said("breathing-fast-1-to-4-years", "Breathing 44 a minute is fast for 2 years (limit 40)."),
    ).toBe("Respiration rapide pour l’âge : 44 (limite 40).");
    expect(said("news2", "NEWS2 is 7 or more (Pulse 3).")).toBe("NEWS2 : 7+.");
  });

  it("stay the server's where there are no words or no figures", () => {
    showLanguage("fr");
    expect(said("own-rule", "Our own rule.")).toBe("Our own rule.");
    expect(said("breathing-fast", "Fast.")).toBe("Fast.");
  });

  it("name what clinicians are asked", () => {
    showLanguage("fr");
    const rules = rulesInWords({
      version: "1",
      approval: "",
      dangerSigns: [{ code: "convulsing", label: "Fits now", urgency: "red" }],
      vitals: [],
      scores: [],
    });
    expect(rules.dangerSigns[0]?.label).toBe("Convulsions en ce moment");
  });
});
