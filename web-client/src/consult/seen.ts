import type { Schema } from "../api/client";

type Known = Pick<Schema<"Message">, "id" | "author" | "seenBy">;

/** Up to which message the others are still owed that it was seen; nothing when all know. */
export function unseen(thread: readonly Known[], me: string): string | undefined {
  return thread
    .filter(
      ({ author, seenBy }) => author.id !== me && !seenBy.some(({ person }) => person.id === me),
    )
    .at(-1)?.id;
}
