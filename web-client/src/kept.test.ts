import { afterEach, expect, it, vi } from "vitest";
import { keep, keepParts, kept, keptParts } from "./kept";

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

it("is remembered until it is let go", () => {
  keep("a", "1");
  expect(kept("a")).toBe("1");
  keep("a", undefined);
  expect(kept("a")).toBeUndefined();
  keepParts("b", { at: 3 });
  expect(keptParts("b")).toEqual({ at: 3 });
});

it("is nothing where something else lies, or nothing can be kept", () => {
  for (const other of ["{", "3", "null"]) {
    keep("b", other);
    expect(keptParts("b")).toEqual({});
  }
  const refuses = (): never => {
    throw new DOMException("no storage", "SecurityError");
  };
  vi.stubGlobal("localStorage", {
    getItem: refuses,
    setItem: refuses,
    removeItem: refuses,
    clear: refuses,
  });
  keep("a", "1");
  expect(kept("a")).toBeUndefined();
  expect(keptParts("a")).toEqual({});
  vi.unstubAllGlobals();
});
