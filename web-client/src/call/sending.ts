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
  /**
   * How long the voice that comes is kept before it is played, so that what was lost is there again in
   * time; undefined: as long as the browser thinks right, which does not wait for what is repeated.
   */
  readonly keepMilliseconds: number | undefined;
}

/** One line for the voice and one for the picture, also while there is nothing to send on them. */
export function layOut(connection: RTCPeerConnection, { tracks, video: limit }: Sending): void {
  const audio = connection.addTransceiver(tracks.audio ?? "audio", {
    direction: "sendrecv",
    sendEncodings: [{ priority: "high" }],
  });
  prefer(audio, "audio", ["audio/opus", "audio/red"]);
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
  prefer(video, "video", ["video/vp9", "video/vp8", "video/rtx"]);
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

/** Browsers that cannot be told go on as they think right. */
export function keepVoice(connection: RTCPeerConnection, milliseconds: number | undefined): void {
  for (const { receiver } of connection.getTransceivers()) {
    if (receiver.track.kind !== "audio" || !("jitterBufferTarget" in receiver)) continue;
    receiver.jitterBufferTarget = milliseconds ?? null;
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
 * What every browser has and what does best at small pictures; for the voice what is repeated when
 * packets get lost. An offer of all that Chromium knows has 5 kB, more than a second of a thin link.
 */
function prefer(
  transceiver: RTCRtpTransceiver,
  kind: "audio" | "video",
  types: readonly string[],
): void {
  const known = globalThis.RTCRtpReceiver?.getCapabilities?.(kind)?.codecs ?? [];
  const rank = ({ mimeType }: RTCRtpCodec): number => types.indexOf(mimeType.toLowerCase());
  const codecs = known
    .filter((codec) => rank(codec) >= 0 && !/profile-id=[1-9]/.test(codec.sdpFmtpLine ?? ""))
    .sort((a, b) => rank(a) - rank(b));
  if (codecs.length > 0) transceiver.setCodecPreferences?.(codecs);
}
