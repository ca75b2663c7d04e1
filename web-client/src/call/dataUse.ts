/** What a call has cost of the link's data, and what the person allows it. */
export interface DataUse {
  readonly bytes: number;
  /** At the rate of the last half minute. */
  readonly bytesPerHour: number;
  /** Undefined when nothing was set. */
  readonly allowedBytes: number | undefined;
}

export const NO_DATA: DataUse = { bytes: 0, bytesPerHour: 0, allowedBytes: undefined };

/** Seconds after which a rate counts for a third. */
const MEMORY_SECONDS = 20;
/** Asked so long before, or when so much of it is used. */
const ASK_SECONDS = 60;
const ASK_PART = 0.85;

export function used(before: DataUse, bytes: number, seconds: number): DataUse {
  const now = (bytes / Math.max(0.001, seconds)) * 3600;
  const fading = before.bytes === 0 ? 0 : Math.exp(-seconds / MEMORY_SECONDS);
  return {
    ...before,
    bytes: before.bytes + bytes,
    bytesPerHour: before.bytesPerHour * fading + now * (1 - fading),
  };
}

/** `ask`: the person should say whether more may be used. `over`: they have not, and it is used. */
export function standing({ bytes, bytesPerHour, allowedBytes }: DataUse): "free" | "ask" | "over" {
  if (allowedBytes === undefined) return "free";
  if (bytes >= allowedBytes) return "over";
  const soon = bytes + (bytesPerHour / 3600) * ASK_SECONDS;
  return bytes >= ASK_PART * allowedBytes || soon >= allowedBytes ? "ask" : "free";
}

/** As much again as was allowed first. */
export function allowMore(use: DataUse, byBytes: number): DataUse {
  return { ...use, allowedBytes: Math.max(use.bytes, use.allowedBytes ?? 0) + byBytes };
}
