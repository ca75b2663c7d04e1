import { vi } from "vitest";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

type Answers = Record<string, (asked: Asked) => { status: number; body?: unknown }>;

/** For component tests: answers by `PUT /path`, in place of the network. Keeps what was asked. */
export function pretendServer(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname.replace("/api/v1", "");
    const text = await request.text();
    const one = {
      method: request.method,
      path,
      body: text ? (JSON.parse(text) as unknown) : undefined,
      headers: request.headers,
    };
    asked.push(one);
    const { status, body } = answers[`${request.method} ${path}`]?.(one) ?? {
      status: 404,
      body: { code: "not-found", detail: "Not here." },
    };
    const type = status < 400 ? "application/json" : "application/problem+json";
    return new Response(body === undefined ? undefined : JSON.stringify(body), {
      status,
      headers: { "Content-Type": type },
    });
  });
  return asked;
}
