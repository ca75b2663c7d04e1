import { afterEach, describe, expect, it } from "vitest";
import { bestLanguage, direction } from "./languages";
import { messages, showCatalogues } from "./messages";

const t = messages("test", {
  hello: "Hello {name}",
  open: { one: "{count} consult is open", other: "{count} consults are open" },
  plain: "No holes",
});

afterEach(() => showCatalogues("en", {}));

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
    showCatalogues("ar", {
      test: { open: { zero: "صفر", two: "اثنان", few: "{count} قليل", other: "{count} كثير" } },
    });
    expect(t("open", { count: 2 })).toBe("اثنان");
    expect(t("open", { count: 5 })).toContain("قليل");
  });

  it("shows English where a translation has a gap", () => {
    showCatalogues("fr", { test: { plain: "Sans trous" } });
    expect(t("plain")).toBe("Sans trous");
    expect(t("hello", { name: "Ada" })).toBe("Hello Ada");
  });
});

describe("languages", () => {
  it("turn the page the way they are written", () => {
    expect(direction("ar-EG")).toBe("rtl");
    expect(direction("am")).toBe("ltr");
  });

  it("fall back to English", () => {
    expect(bestLanguage(["xx", "en-GB"])).toBe("en-GB");
    expect(bestLanguage(["xx"])).toBe("en");
  });
});
