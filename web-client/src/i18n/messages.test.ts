import { afterEach, describe, expect, it } from "vitest";
import { addCatalogues, messages, showLanguage } from "./messages";

const t = messages("test", {
  hello: "Hello {name}",
  open: { one: "{count} consult is open", other: "{count} consults are open" },
  span: "{days} d {hours} h",
  plain: "No holes",
});

afterEach(() => showLanguage("en"));

describe("t", () => {
  it("fills the holes", () => {
    expect(t("hello", { name: "Ada" })).toBe("Hello Ada");
    expect(t("plain")).toBe("No holes");
  });

  it("does not fill holes with what a person typed into another", () => {
    expect(t("hello", { name: "{name} $&" })).toBe("Hello {name} $&");
  });

  it("chooses the plural and writes figures as the language does", () => {
    expect(t("open", { count: 1 })).toBe("1 consult is open");
    expect(t("open", { count: 1200 })).toBe("1,200 consults are open");
  });

  it("knows languages with more than two plurals", () => {
    addCatalogues("ar", {
      test: { open: { zero: "صفر", two: "اثنان", few: "{count} قليل", other: "{count} كثير" } },
    });
    showLanguage("ar");
    expect(t("open", { count: 2 })).toBe("اثنان");
    expect(t("open", { count: 5 })).toContain("قليل");
  });

  it("chooses by an exact number first, by other names, and inside a case", () => {
    addCatalogues("fr", {
      test: {
        open: { "=0": "rien", one: "un", other: "{count}" },
        span: {
          of: "days",
          one: { of: "hours", one: "un jour, une heure", other: "un jour, {hours} heures" },
          other: "{days} jours, {hours} h",
        },
      },
    });
    showLanguage("fr");
    expect(t("open", { count: 0 })).toBe("rien");
    expect(t("span", { days: 1, hours: 3 })).toBe("un jour, 3 heures");
    expect(t("span", { days: 2, hours: 1 })).toBe("2 jours, 1 h");
  });

  it("writes figures about patients in Latin digits everywhere, names in their own order", () => {
    const note = messages("note", { dose: "{count} mg for {name}" });
    addCatalogues("ar", { note: { dose: "{count} ملغ، {name}" } });
    showLanguage("ar-EG");
    expect(t("open", { count: 12 })).toContain("١٢");
    expect(note("dose", { count: 12, name: "Ada" })).toBe("12 mg for \u2068Ada\u2069");
    showLanguage("ar");
    expect(note("dose", { count: 12, name: "Ada" })).toBe("12 ملغ، \u2068Ada\u2069");
  });

  it("shows English where a translation has a gap", () => {
    addCatalogues("es", { test: { plain: "Sin huecos" } });
    showLanguage("es");
    expect(t("plain")).toBe("Sin huecos");
    expect(t("hello", { name: "Ada" })).toBe("Hello Ada");
  });
});
