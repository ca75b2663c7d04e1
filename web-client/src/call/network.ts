interface Connection extends EventTarget {
  /** `wifi`, `cellular` …; only some browsers tell. */
  readonly type?: string;
}

/** Says when the device is, or may be, on another network than before; returns how to stop. */
export function watchNetwork(listener: () => void): () => void {
  const { connection } = navigator as { connection?: Connection };
  let type = connection?.type;
  // Browsers tell their guesses of the link's speed by the same event.
  const changed = (): void => {
    if (connection?.type === type) return;
    type = connection?.type;
    if (navigator.onLine) listener();
  };
  globalThis.addEventListener("online", listener);
  connection?.addEventListener("change", changed);
  return () => {
    globalThis.removeEventListener("online", listener);
    connection?.removeEventListener("change", changed);
  };
}
