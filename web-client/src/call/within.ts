/** The result of what takes no longer than that; rejected when it takes longer, and left to itself. */
export async function within<T>(milliseconds: number, act: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), milliseconds);
  });
  try {
    return await Promise.race([act, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
