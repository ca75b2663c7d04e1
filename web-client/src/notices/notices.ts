import type { Schema } from "../api/client";

export type Notice = Schema<"Notice">;

/** What is new and what was read, each with the newest first. */
export function parted(notices: readonly Notice[]): { fresh: Notice[]; read: Notice[] } {
  const sorted = [...notices].sort((a, b) => b.toldAt.localeCompare(a.toldAt));
  return {
    fresh: sorted.filter(({ read }) => !read),
    read: sorted.filter(({ read }) => read),
  };
}

/** How many are new: the figure on the bell. */
export function unread(notices: readonly Notice[]): number {
  return notices.filter(({ read }) => !read).length;
}
