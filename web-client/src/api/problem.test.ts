import { afterEach, expect, it, vi } from "vitest";
import { speak } from "../i18n/languages";
import { loadSaid } from "../said/said";
import { problemOf } from "./problem";

afterEach(async () => {
  await speak(["en"]);
  await loadSaid();
  vi.unstubAllGlobals();
});

const refused = (code: string) =>
  problemOf(new Response(null, { status: 409 }), { code, detail: "Somebody was quicker." })
    .sentence;

it("tells a refusal in the server's words, or in the page's language by its code", async () => {
  expect(refused("slot-taken")).toBe("Somebody was quicker.");
  const words = {
    refusal: { "slot-taken": "Quelqu’un a été plus rapide." },
    problem: { "409": "Modifié entre-temps." },
  };
  vi.stubGlobal("fetch", async () => Response.json(words));
  await speak(["fr"]);
  await loadSaid();
  expect(refused("slot-taken")).toBe("Quelqu’un a été plus rapide.");
  expect(refused("unheard-of")).toBe("Modifié entre-temps. (Somebody was quicker.)");
});
