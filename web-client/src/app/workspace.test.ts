import { beforeEach, describe, expect, it, vi } from "vitest";
import { PACKS } from "virtual:words";
import { loadWorkspace, WORDS } from "./workspace";

describe("the words beside a workspace", () => {
  beforeEach(() => vi.resetModules());

  it.each(Object.entries(WORDS))(
    "of %s are those of the features it opens with",
    async (name, packs) => {
      const { featuresLoaded } = await import("../i18n/messages");
      const shell = await import("./App").then(featuresLoaded);
      await import(`../${name}/workspace.ts`);
      const packOf = (feature: string) =>
        Object.keys(PACKS).find((pack) => PACKS[pack]?.includes(feature)) ?? feature;
      const needed = featuresLoaded().filter((feature) => !shell.includes(feature));
      expect([...new Set(needed.map(packOf))].filter((pack) => pack !== "shell").sort()).toEqual(
        packs,
      );
    },
    // Each imports a whole workspace anew.
    60_000,
  );
});

describe("the workspace of coordinators", () => {
  const shown = async (role: "scheduler" | "supervisor") => {
    const { nav, routes } = await loadWorkspace(role);
    return { nav: nav.map(({ href }) => href), routes: routes.map(({ pattern }) => pattern) };
  };

  it("has for supervisors only the pages that the server opens to them", async () => {
    expect(await shown("supervisor")).toEqual({
      nav: [
        "/scheduler",
        "/scheduler/duty",
        "/scheduler/follow-ups",
        "/scheduler/plan",
        "/scheduler/reports",
        "/scheduler/waivers",
      ],
      routes: [
        "/scheduler",
        "/scheduler/consults/:consultId",
        "/scheduler/duty",
        "/scheduler/follow-ups",
        "/scheduler/plan",
        "/scheduler/reports",
        "/scheduler/waivers",
      ],
    });
  });

  it("is whole for coordinators", async () => {
    expect((await shown("scheduler")).nav).toContain("/scheduler/roster");
    expect((await shown("scheduler")).nav).not.toContain("/scheduler/waivers");
  });
});
