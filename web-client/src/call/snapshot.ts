import type { StillPlan } from "./rungs";

/** Takes a picture of the camera that fits the plan; undefined while the camera shows none. */
export type TakeSnapshot = (track: MediaStreamTrack, plan: StillPlan) => Promise<Blob | undefined>;

/** From what reads well to what is just recognised. */
const QUALITIES = [0.6, 0.4, 0.25, 0.12];

/** Looks through the camera without showing it. */
export function snapshots(): TakeSnapshot & { stop: () => void } {
  const video = document.createElement("video");
  const canvas = document.createElement("canvas");
  video.muted = true;
  video.playsInline = true;
  let shown: MediaStreamTrack | undefined;

  const take = async (track: MediaStreamTrack, plan: StillPlan): Promise<Blob | undefined> => {
    if (shown !== track) {
      shown = track;
      video.srcObject = new MediaStream([track]);
      await video.play().catch(() => undefined);
    }
    if (video.videoWidth === 0) return undefined;
    const scale = Math.min(1, plan.points / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return smallest(canvas, plan.bytesMax);
  };
  return Object.assign(take, {
    stop: () => {
      shown = undefined;
      video.srcObject = null;
    },
  });
}

/** The best that weighs no more than that, else the lightest. */
async function smallest(canvas: HTMLCanvasElement, bytesMax: number): Promise<Blob | undefined> {
  let lightest: Blob | undefined;
  for (const quality of QUALITIES) {
    const picture = await encode(canvas, quality);
    if (!picture) continue;
    if (!lightest || picture.size < lightest.size) lightest = picture;
    if (picture.size <= bytesMax) return picture;
  }
  return lightest;
}

async function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  const asked = (type: string): Promise<Blob | null> =>
    new Promise((done) => canvas.toBlob(done, type, quality));
  const webp = await asked("image/webp");
  // A browser that cannot write a type writes a large one without loss instead.
  if (webp?.type === "image/webp") return webp;
  return (await asked("image/jpeg")) ?? undefined;
}
