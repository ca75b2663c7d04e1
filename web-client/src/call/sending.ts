import type { VoiceProfile } from "./rungs";

/** What of our media is sent to each of the others. */
export interface Tracks {
  readonly audio: MediaStreamTrack | undefined;
  readonly video: MediaStreamTrack | undefined;
}

/** What is sent of the camera. */
export interface VideoLimit {
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** By how much width and height are divided. */
  readonly scaleDownBy: number;
}

/** All that one other person is sent. */
export interface Sending {
  readonly tracks: Tracks;
  readonly voice: VoiceProfile;
  readonly video: VideoLimit;
}

/** One line for the voice and one for the picture, also while there is nothing to send on them. */
export function layOut(connection: RTCPeerConnection, { tracks, video: limit }: Sending): void {
  connection.addTransceiver(tracks.audio ?? "audio", {
    direction: "sendrecv",
    sendEncodings: [{ priority: "high" }],
  });
  const video = connection.addTransceiver(tracks.video ?? "video", {
    direction: "sendrecv",
    sendEncodings: [
      {
        priority: "low",
        maxBitrate: limit.bitsPerSecond,
        maxFramerate: limit.framesPerSecond,
        scaleResolutionDownBy: limit.scaleDownBy,
      },
    ],
  });
  const codecs = videoCodecs();
  if (codecs.length > 0) video.setCodecPreferences?.(codecs);
}

/** Puts the tracks on the lines, without a new negotiation. */
export async function fill(connection: RTCPeerConnection, tracks: Tracks): Promise<void> {
  for (const transceiver of connection.getTransceivers()) {
    const kind = transceiver.receiver.track.kind === "video" ? "video" : "audio";
    if (transceiver.direction === "recvonly") transceiver.direction = "sendrecv";
    const track = tracks[kind] ?? null;
    if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
  }
}

export async function limitVideo(connection: RTCPeerConnection, limit: VideoLimit): Promise<void> {
  for (const { sender, receiver } of connection.getTransceivers()) {
    if (receiver.track.kind !== "video") continue;
    const parameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    if (!encoding) continue; // Not negotiated yet; done again then.
    encoding.maxBitrate = limit.bitsPerSecond;
    encoding.maxFramerate = limit.framesPerSecond;
    encoding.scaleResolutionDownBy = limit.scaleDownBy;
    parameters.degradationPreference = "balanced";
    await sender.setParameters(parameters).catch(() => undefined); // Some browsers know fewer.
  }
}

/**
 * What every browser has and what does best at small pictures. An offer of all that Chromium knows
 * has 5 kB, a second of a thin link; this one 3 kB.
 */
const VIDEO_CODECS = /^video\/(vp9|vp8|h264|rtx)$/i;
const H264_ONLY = /profile-level-id=42e01f/i;

function videoCodecs(): RTCRtpCodec[] {
  const known = globalThis.RTCRtpReceiver?.getCapabilities?.("video")?.codecs ?? [];
  const rank = (codec: RTCRtpCodec): number =>
    ["video/vp9", "video/vp8", "video/h264", "video/rtx"].indexOf(codec.mimeType.toLowerCase());
  return known
    .filter(({ mimeType, sdpFmtpLine = "" }) => {
      if (!VIDEO_CODECS.test(mimeType)) return false;
      if (/h264/i.test(mimeType)) return H264_ONLY.test(sdpFmtpLine);
      return !/profile-id=[1-9]/.test(sdpFmtpLine);
    })
    .sort((a, b) => rank(a) - rank(b));
}
