import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type AfterClose,
  afterClose,
  type ClientMessage,
  isAboutCall,
  numbered,
  ping,
  type ProtocolError,
  readMessage,
} from "./protocol";

const FOLDER = "../signaling/src/main/resources/protocol/consilium.v1";

/** The examples that the server's tests read too. */
const examples = readdirSync(FOLDER).map((file) => ({
  name: file.replace(".json", ""),
  text: readFileSync(`${FOLDER}/${file}`, "utf8"),
}));
const server = examples.filter((example) => example.name.startsWith("server-"));
const client = examples.filter((example) => example.name.startsWith("client-"));

describe("the examples of the protocol", () => {
  it.each(server)("$name is read", ({ text }) => {
    expect(readMessage(text)).toEqual(JSON.parse(text));
  });

  it.each(server)("$name is numbered if it is about the call", ({ text }) => {
    const message = readMessage(text);
    const socketOnly = ["welcome", "pong", "error"].includes(message?.type ?? "");
    expect(message && isAboutCall(message)).toBe(!socketOnly);
  });

  it.each(client.filter((example) => !/-(ping|ack)$/.test(example.name)))(
    "$name is written",
    ({ text }) => {
      const { seq, ...message } = JSON.parse(text) as ClientMessage & { seq: number };
      expect(JSON.parse(numbered(message, seq))).toEqual(JSON.parse(text));
    },
  );

  it("client-ping is written", () => {
    const example = client.find(({ name }) => name === "client-ping");
    expect(JSON.parse(ping(41))).toEqual(JSON.parse(example?.text ?? ""));
  });
});

describe("reading", () => {
  it.each(["", "[]", "null", "{}", '{"type":"hologram"}', '{"type":7}', '{"type":"toString"}'])(
    "passes over %s",
    (text) => expect(readMessage(text)).toBeUndefined(),
  );
});

const listed = <T>(name: string): T =>
  JSON.parse(examples.find((example) => example.name === name)?.text ?? "[]") as T;

describe("every error", () => {
  it.each(listed<ProtocolError[]>("error-codes"))("$code is read", (error) => {
    expect(readMessage(JSON.stringify(error))).toEqual(error);
  });
});

describe("after a close", () => {
  it.each(listed<{ code: number; reason: string; then: AfterClose }[]>("close-codes"))(
    "with $code does what the protocol says",
    ({ code, reason, then }) => expect(afterClose(code, reason)).toEqual(then),
  );

  it("resumes at once when no reason is known", () => {
    expect(afterClose(1006, "")).toEqual({ kind: "resume", afterMilliseconds: 0 });
    expect(afterClose(1013, "slow-reader")).toEqual({ kind: "resume", afterMilliseconds: 0 });
  });

  it("resumes at once when another server serves the call", () => {
    expect(afterClose(4010, "moved")).toEqual({ kind: "resume", afterMilliseconds: 0 });
  });

  it("comes back when a stopping server says", () => {
    expect(afterClose(1012, "retry-ms=3700")).toEqual({ kind: "resume", afterMilliseconds: 3700 });
    expect(afterClose(1012, "soon")).toEqual({ kind: "resume", afterMilliseconds: 0 });
  });

  it("stays away when another window has taken the seat", () => {
    expect(afterClose(4001, "replaced")).toEqual({ kind: "over", reason: "replaced" });
  });
});
