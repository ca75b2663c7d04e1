/** Small pictures of large ones, made here so that the large one can wait for a better link. */

export interface Small {
  readonly thumbnail: Blob;
  readonly preview: Blob;
}

const THUMBNAIL = { side: 320, bytes: 20_000 };
const PREVIEW = { side: 1280, bytes: 120_000 };

/** Both renditions, upright and without metadata; none when the browser cannot draw the file. */
export async function shrink(file: Blob): Promise<Small | undefined> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    try {
      const preview = await rendition(picture, PREVIEW);
      const thumbnail = await rendition(picture, THUMBNAIL);
      return { thumbnail, preview };
    } finally {
      picture.close();
    }
  } catch {
    return undefined;
  }
}

async function rendition(
  picture: ImageBitmap,
  limit: { side: number; bytes: number },
): Promise<Blob> {
  for (let side = limit.side; ; side = Math.round(side * 0.75)) {
    const canvas = document.createElement("canvas");
    const { width, height } = fitted(picture.width, picture.height, side);
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
    for (const quality of [0.7, 0.55, 0.4]) {
      const blob = await jpeg(canvas, quality);
      if (blob.size <= limit.bytes) return blob;
    }
  }
}

/** The size that keeps the shape and has no side longer than `side`. */
export function fitted(
  width: number,
  height: number,
  side: number,
): { width: number; height: number } {
  const factor = Math.min(1, side / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
      "image/jpeg",
      quality,
    ),
  );
}

/** Of a file's bytes, hexadecimal; none where the browser lacks it (pages without HTTPS). */
export async function sha256(file: Blob): Promise<string | undefined> {
  if (!crypto.subtle) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
