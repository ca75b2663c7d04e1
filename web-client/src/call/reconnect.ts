const FIRST_RETRY_MILLISECONDS = 500;

/** How long to wait before the next attempt, the first being 1: twice as long each time, spread. */
export function pause(attempt: number, jitter: number, longestMilliseconds = 5_000): number {
  const full = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** (attempt - 1), longestMilliseconds);
  return Math.round(full * (0.5 + jitter / 2));
}
