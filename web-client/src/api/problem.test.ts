import { afterEach, expect, it } from "vitest";
import { addCatalogues, showLanguage } from "../i18n/messages";
import { problemOf, setRefusalWords } from "./problem";
import { refusalText } from "./refusalWords";

afterEach(() => showLanguage("en"));

const refused = (code: string) =>
  problemOf(new Response(null, { status: 409 }), { code, detail: "Somebody was quicker." })
    .sentence;

it("tells a refusal in the server's words, or in the page's language by its code", () => {
  expect(refused("slot-taken")).toBe("Somebody was quicker.");
  addCatalogues("fr", {
    refusal: { "slot-taken": "Quelqu’un a été plus rapide." },
    problem: { "409": "Modifié entre-temps." },
  });
  setRefusalWords(refusalText);
  showLanguage("fr");
  expect(refused("slot-taken")).toBe("Quelqu’un a été plus rapide.");
  expect(refused("unheard-of")).toBe("Modifié entre-temps. (Somebody was quicker.)");
});
