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
