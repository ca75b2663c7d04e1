import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseLanguage, chosenInsteadOf, forgetChoice, speakAsBefore, speakTo } from "./choice";
import { spoken } from "./languages";

beforeEach(() => {
  localStorage.clear();
  forgetChoice();
  vi.stubGlobal("fetch", async () => Response.json({}));
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["pt-BR", "en"]);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the language of the page", () => {
  it("is the browser's for a stranger, the account's for whoever signs in", async () => {
    await speakAsBefore();
    expect(spoken.get()).toBe("pt-BR");
    await speakTo("sw");
    expect(spoken.get()).toBe("sw");
    await speakTo("xx");
    expect(spoken.get()).toBe("sw");
  });

  it("is the chosen one before all others, until somebody else comes", async () => {
    await chooseLanguage("am");
    await speakTo("sw");
    expect(spoken.get()).toBe("am");
    expect([chosenInsteadOf("sw"), chosenInsteadOf("am")]).toEqual(["am", undefined]);
    forgetChoice();
    await speakAsBefore();
    expect(spoken.get()).toBe("am");
    await speakTo("sw");
    expect(spoken.get()).toBe("sw");
  });
});
