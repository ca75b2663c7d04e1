import type { Act } from "./acts";

/** What the server has of an act's subject once it took the act; nothing where none is counted. */
export function baseAfter({ doing }: Act, answer: unknown): number | undefined {
  switch (doing.kind) {
    case "correction":
      return (answer as { readonly version: number }).version;
    case "decision":
    case "consent":
    case "consent-back":
      // It was taken because exactly these were there.
      return doing.seen + 1;
    default:
      return undefined;
  }
}

/** The same act, based on what the server has now. */
export function basedAnew(act: Act, base: number): Act {
  const { doing } = act;
  switch (doing.kind) {
    case "correction": {
      const values = { ...(act.form.values as object), version: base, after: "" };
      return { ...act, doing: { ...doing, version: base }, form: { ...act.form, values } };
    }
    case "decision":
    case "consent":
    case "consent-back":
      return { ...act, doing: { ...doing, seen: base } };
    default:
      return act;
  }
}
