import { afterEach, describe, expect, it } from "vitest";
import { NOBODY, openVault } from "../offline/vault";
import { admitBy, basedOn, clientOver, newKey, ok, onSessionLost, once } from "./client";
import { Problem, unreachable } from "./problem";

type Answer = (request: Request) => Response | Promise<Response>;

function server(...answers: Answer[]) {
  const seen: Request[] = [];
  const bodies: string[] = [];
  const api = clientOver(async (request) => {
    seen.push(request);
    bodies.push(await request.clone().text());
    const answer = answers[Math.min(seen.length, answers.length) - 1];
    if (!answer) throw new TypeError("no answer");
    return answer(request);
  });
  return { api, seen, bodies };
}

const json = (status: number, body: unknown, type = "application/json"): Answer => {
  return () => new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
};
const problem = (status: number, body: object): Answer =>
  json(status, { status, ...body }, "application/problem+json");

async function thrown(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error(`expected a Problem, got ${String(error)}`);
  return error;
}

afterEach(() => {
  onSessionLost(async () => false);
  admitBy(() => Promise.resolve());
  openVault(NOBODY);
});

describe("another person at the screen", () => {
  const signedOut = problem(401, { code: "signed-out" });

  it("does not send what waited for the one before to sign in again", async () => {
    openVault("ada");
    onSessionLost(async () => {
      openVault("ben");
      return true;
    });
    const { api, seen } = server(signedOut, json(200, {}));
    expect(await thrown(ok(api.GET("/sites")))).toMatchObject({ outcomeUnknown: true });
    expect(seen).toHaveLength(1);
  });

  it("keeps their session when the one before is refused", async () => {
    openVault("ada");
    let asked = 0;
    onSessionLost(async () => ++asked > 0);
    const { api } = server((request) => {
      openVault("ben");
      return signedOut(request);
    });
    expect(await thrown(ok(api.GET("/sites")))).toMatchObject({ outcomeUnknown: true });
    expect(asked).toBe(0);
  });

  it("does not end everywhere the sessions of whom the server has not heard", async () => {
    openVault("ada");
    admitBy(async () => {
      throw unreachable();
    });
    const { api, seen } = server(json(204, {}));
    expect(await thrown(ok(api.DELETE("/sessions")))).toMatchObject({ outcomeUnknown: true });
    expect(seen).toHaveLength(0);
    await ok(api.DELETE("/sessions/current"));
    expect(seen).toHaveLength(1);
  });

  it("does not send what was not admitted before they came", async () => {
    openVault("ada");
    admitBy(async () => openVault("ben"));
    const { api, seen } = server(json(200, {}));
    expect(await thrown(ok(api.GET("/sites")))).toMatchObject({ outcomeUnknown: true });
    expect(seen).toHaveLength(0);
  });
});

describe("ok", () => {
  it("gives the body of a good answer", async () => {
    const { api } = server(json(200, { items: [] }));
    expect(await ok(api.GET("/sites"))).toEqual({ items: [] });
  });

  it("throws the server's own sentence, code and field errors", async () => {
    const { api } = server(
      problem(422, {
        type: "urn:consilium:problem:invalid",
        title: "Not valid",
        code: "invalid",
        detail: "Two entries are not possible.",
        requestId: "r-1",
        errors: [
          { pointer: "/age/value", detail: "Must be 0 or more." },
          { pointer: "#/sex", detail: "Choose one." },
          { detail: "no pointer" },
        ],
      }),
    );
    const error = await thrown(ok(api.GET("/sites")));
    expect(error).toMatchObject({
      kind: "answered",
      status: 422,
      code: "invalid",
      sentence: "Two entries are not possible.",
      requestId: "r-1",
      errors: [
        { pointer: "/age/value", detail: "Must be 0 or more." },
        { pointer: "/sex", detail: "Choose one." },
      ],
      outcomeUnknown: false,
    });
  });

  it("has a sentence for an answer that is no problem document", async () => {
    const { api } = server(() => new Response("<html>bad gateway</html>", { status: 502 }));
    const error = await thrown(ok(api.GET("/sites")));
    expect(error).toMatchObject({ status: 502, code: "http-502", outcomeUnknown: true });
    expect(error.sentence).toContain("Something failed on the server");
  });

  it("says that the server cannot be reached, and nothing about the password", async () => {
    const { api } = server(() => {
      throw new TypeError("Failed to fetch");
    });
    const error = await thrown(
      ok(api.POST("/sessions", { body: { email: "a@b", password: "x" } })),
    );
    expect(error).toMatchObject({ kind: "unreachable", status: 0, outcomeUnknown: true });
    expect(error.sentence).not.toMatch(/password/i);
  });
});

describe("a lost session", () => {
  it("sends the same request again, with the same key and body, once signed in", async () => {
    let asked = 0;
    onSessionLost(async () => {
      asked++;
      return true;
    });
    const { api, seen, bodies } = server(problem(401, { code: "signed-out" }), json(200, {}));
    const body = { membershipId: "m" };
    // Any act will do; this path is not the session's own door.
    await ok(
      api.POST("/offers/{offerId}/acceptance", {
        params: { path: { offerId: "o" } },
        headers: once("key-1"),
        body: body as never,
      }),
    );
    expect(asked).toBe(1);
    expect(seen).toHaveLength(2);
    expect(seen.map((request) => request.headers.get("Idempotency-Key"))).toEqual([
      "key-1",
      "key-1",
    ]);
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies[1]).toBe(JSON.stringify(body));
  });

  it("throws when the person does not sign in again", async () => {
    const { api } = server(problem(401, { detail: "Please sign in." }));
    expect((await thrown(ok(api.GET("/sites")))).status).toBe(401);
  });

  it("does not ask over the sign-in itself", async () => {
    let asked = false;
    onSessionLost(async () => (asked = true));
    const { api } = server(problem(401, {}));
    await thrown(ok(api.POST("/sessions", { body: { email: "a", password: "b" } })));
    expect(asked).toBe(false);
  });
});

describe("headers", () => {
  it("gives every act a key, and reading none", async () => {
    const { api, seen } = server(json(200, {}));
    await ok(api.GET("/sites"));
    await ok(api.POST("/sessions", { body: { email: "a", password: "b" } }));
    expect(seen[0]?.headers.has("Idempotency-Key")).toBe(false);
    expect(seen[1]?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("writes the version as an entity tag", () => {
    expect(basedOn(3)).toEqual({ "If-Match": '"3"' });
  });

  it("makes keys that differ", () => {
    expect(new Set(Array.from({ length: 50 }, newKey)).size).toBe(50);
  });
});
