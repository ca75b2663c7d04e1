import { afterEach, expect, it } from "vitest";
import { comma } from "./comma";
import { showLanguage } from "./messages";

afterEach(() => showLanguage("en"));

it("is the comma of the page's language", () => {
  expect(["a", "b"].join(comma())).toBe("a, b");
  showLanguage("ar");
  expect(["a", "b"].join(comma())).toBe("a، b");
  showLanguage("am-ET");
  expect(["a", "b"].join(comma())).toBe("a፣ b");
});
