/**
 * Makes of `work` what one tab of a browser does at a time, under the lock of that name. Asked for
 * while it runs it is done once more afterwards: the run under way may be past what is new. Browsers
 * without locks work in every tab.
 */
export function alone(lock: string, work: () => Promise<void>): () => Promise<void> {
  let running = false;
  let again = false;
  return async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        const locks = (navigator as { locks?: LockManager }).locks;
        await (locks ? locks.request(lock, work) : work());
      } while (again);
    } finally {
      running = false;
    }
  };
}
