import type { LocalMedia, OpenDevices } from "./media";

/** Which of several devices the person has picked; undefined is the browser's choice. */
export interface Picked {
  readonly microphone?: string;
  readonly camera?: string;
}

/** The same wish for the picked devices. A device that is unplugged meanwhile is no obstacle. */
export function withPicked(
  constraints: MediaStreamConstraints,
  picked: Picked,
): MediaStreamConstraints {
  return {
    ...constraints,
    ...(constraints.audio && picked.microphone
      ? { audio: { ...parts(constraints.audio), deviceId: { ideal: picked.microphone } } }
      : {}),
    ...(constraints.video && picked.camera
      ? { video: { ...parts(constraints.video), deviceId: { ideal: picked.camera } } }
      : {}),
  };
}

function parts(constraints: MediaTrackConstraints | boolean): MediaTrackConstraints {
  return typeof constraints === "object" ? constraints : {};
}

/** Opens the picked devices. */
export function openPicked(picked: Picked): OpenDevices {
  return (constraints) => {
    // Absent on a page that is not secure.
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    return devices
      ? devices.getUserMedia(withPicked(constraints, picked))
      : Promise.reject(new DOMException("insecure page", "NotAllowedError"));
  };
}

/**
 * Hands over what the check has already opened, so that the browser does not ask a second time;
 * what is not open (any more) is opened.
 */
export function handOver(media: LocalMedia, open: OpenDevices): OpenDevices {
  let { audio, video } = media.tracks;
  return (constraints) => {
    const wanted = [
      ...(constraints.audio ? [audio] : []),
      ...(constraints.video ? [video] : []),
    ].filter((track) => track?.readyState === "live") as MediaStreamTrack[];
    const asked = Number(Boolean(constraints.audio)) + Number(Boolean(constraints.video));
    if (constraints.audio) audio = undefined;
    if (constraints.video) video = undefined;
    if (wanted.length === asked) return Promise.resolve(new MediaStream(wanted));
    for (const track of wanted) track.stop();
    return open(constraints);
  };
}

/** How a person came in: kept while the window lives, so that a reload brings them back. */
export interface Entry extends Picked {
  readonly audio: boolean;
  readonly video: boolean;
  /** Media through the relay only, so that the others do not learn our network address. */
  readonly hideAddress?: boolean;
}

const key = (place: string) => `call ${place}`;

export function keepEntry(place: string, entry: Entry | undefined): void {
  try {
    if (entry) sessionStorage.setItem(key(place), JSON.stringify(entry));
    else sessionStorage.removeItem(key(place));
  } catch {
    // Without storage a reload begins with the check again.
  }
}

export function keptEntry(place: string): Entry | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key(place)) ?? "null");
    return typeof found === "object" && found !== null && "audio" in found && "video" in found
      ? (found as Entry)
      : undefined;
  } catch {
    return undefined;
  }
}
