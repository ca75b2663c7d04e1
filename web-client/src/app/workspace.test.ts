import { describe, expect, it } from "vitest";
import { loadWorkspace } from "./workspace";

// The whole workspace is imported anew.
describe("the workspace of coordinators", { timeout: 60_000 }, () => {
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
