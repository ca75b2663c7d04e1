/**
 * Descriptions as short as they go: at 32 kbit/s each kilobyte is a quarter of a second before the
 * first sound.
 */
const FORMAT = "deflate-raw";

/** Whether this browser can read packed descriptions; every current one can. */
export function canUnpack(): boolean {
  return "DecompressionStream" in globalThis && "CompressionStream" in globalThis;
}

/** Raw deflate (RFC 1951) in base64. */
export async function pack(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return toBase64(await through(bytes, new CompressionStream(FORMAT)));
}

/** Throws for what was not packed by {@link pack}. */
export async function unpack(packed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(await through(bytes, new DecompressionStream(FORMAT)));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // What goes wrong is told to the reader too.
  const written = writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const parts: number[] = [];
  const reader = stream.readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(...(part.value as Uint8Array));
  }
  await written;
  return Uint8Array.from(parts);
}

function toBase64(bytes: Uint8Array): string {
  return btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(""));
}
