import { describe, expect, it } from "vitest";
import { captionsAfter, linesAfter, nextEnd } from "./captions";

const line = (text: string, seat = 2) => ({ seat, name: "Ben", text, at: "2026-03-01T12:00:00Z" });
const texts = (shown: readonly { text: string }[]) => shown.map(({ text }) => text);

describe("captions", () => {
  it("are what came since, also when the chat has forgotten its oldest lines", () => {
    const [a, b, c] = [line("a"), line("b"), line("c")];
    expect(linesAfter([a, b], undefined)).toEqual([a, b]);
    expect(linesAfter([b, c], b)).toEqual([c]);
    expect(linesAfter([b, c], a)).toEqual([b, c]);
    expect(linesAfter([a, b], b)).toEqual([]);
  });

  it("are what the others write", () => {
    expect(texts(captionsAfter([], [line("mine", 0), line("theirs")], 0))).toEqual(["theirs"]);
  });

  it("stay longer the longer they are, and not for ever", () => {
    const until = (text: string) => captionsAfter([], [line(text)], 1_000)[0]?.until;
    expect(until("Yes")).toBe(6_270);
    expect(until("x".repeat(60))).toBe(11_400);
    expect(until("x".repeat(1_500))).toBe(21_000);
  });

  it("go one by one, and the oldest makes room", () => {
    const first = captionsAfter([], [line("a"), line("b")], 0);
    const all = captionsAfter(first, [line("c"), line("d")], 1_000);
    expect(texts(all)).toEqual(["b", "c", "d"]);
    expect(new Set(all.map(({ key }) => key)).size).toBe(3);
    expect(nextEnd(all, 1_000)).toBe(4_090);
    expect(texts(captionsAfter(all, [], 5_090))).toEqual(["c", "d"]);
    expect(nextEnd([], 0)).toBeUndefined();
  });
});
