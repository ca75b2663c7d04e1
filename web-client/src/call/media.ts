import type { Tracks } from "./sending";

/** Why a device could not be opened. */
export type DeviceTrouble = "refused" | "missing" | "busy";

/** Our own microphone and camera. */
export interface LocalMedia {
  readonly tracks: Tracks;
  /** For the own picture; the same object while its tracks are the same. */
  readonly stream: MediaStream;
  readonly audioTrouble: DeviceTrouble | undefined;
  readonly videoTrouble: DeviceTrouble | undefined;
}

export type OpenDevices = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

const openDevices: OpenDevices = (constraints) => {
  // Absent on a page that is not secure.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  return devices
    ? devices.getUserMedia(constraints)
    : Promise.reject(new DOMException("insecure page", "NotAllowedError"));
};

const AUDIO: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};
/** What a narrow link can carry; a larger picture would be thrown away by the coder. */
const VIDEO: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 24, max: 30 },
  facingMode: "user",
};

/** Opens what there is: one device that is missing or refused does not cost the other. */
export async function openMedia(
  wanted: { readonly audio: boolean; readonly video: boolean },
  open: OpenDevices = openDevices,
): Promise<LocalMedia> {
  const ask = async (
    constraints: MediaStreamConstraints,
  ): Promise<MediaStreamTrack[] | DeviceTrouble> => {
    try {
      return (await open(constraints)).getTracks();
    } catch (failure) {
      return trouble(failure);
    }
  };
  if (wanted.audio && wanted.video) {
    // Asked for together the person is asked once.
    const both = await ask({ audio: AUDIO, video: VIDEO });
    if (typeof both !== "string") return localMedia(both, undefined, undefined);
  }
  const audio = wanted.audio ? await ask({ audio: AUDIO }) : [];
  const video = wanted.video ? await ask({ video: VIDEO }) : [];
  return localMedia(
    [...(typeof audio === "string" ? [] : audio), ...(typeof video === "string" ? [] : video)],
    typeof audio === "string" ? audio : undefined,
    typeof video === "string" ? video : undefined,
  );
}

export function localMedia(
  tracks: readonly MediaStreamTrack[],
  audioTrouble?: DeviceTrouble,
  videoTrouble?: DeviceTrouble,
): LocalMedia {
  return {
    tracks: {
      audio: tracks.find(({ kind }) => kind === "audio"),
      video: tracks.find(({ kind }) => kind === "video"),
    },
    stream: new MediaStream([...tracks]),
    audioTrouble,
    videoTrouble,
  };
}

export function stopMedia(media: LocalMedia): void {
  media.tracks.audio?.stop();
  media.tracks.video?.stop();
}

function trouble(failure: unknown): DeviceTrouble {
  const name = failure instanceof DOMException ? failure.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "missing";
}
