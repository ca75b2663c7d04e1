import { describe, expect, it } from "vitest";
import { tuneVoice, VOICE } from "./sdp";

const lines = (...text: string[]): string => text.map((line) => `${line}\r\n`).join("");
const SESSION = ["v=0", "s=-", "t=0 0"];
const VIDEO = ["m=video 9 UDP/TLS/RTP/SAVPF 98", "a=rtpmap:98 VP9/90000", "a=fmtp:98 profile-id=0"];

describe("tuneVoice", () => {
  it("adds to what the browser says of Opus and leaves the rest", () => {
    const sdp = lines(
      ...SESSION,
      "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
      "a=rtpmap:111 opus/48000/2",
      "a=fmtp:111 minptime=10;useinbandfec=1",
      "a=rtpmap:63 red/48000/2",
      "a=fmtp:63 111/111",
      ...VIDEO,
    );
    expect(tuneVoice(sdp, VOICE)).toBe(
      lines(
        ...SESSION,
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
        "a=rtpmap:111 opus/48000/2",
        "a=ptime:60",
        "a=fmtp:111 minptime=10;useinbandfec=1;maxaveragebitrate=16000;usedtx=1;stereo=0",
        "a=rtpmap:63 red/48000/2",
        "a=fmtp:63 111/111",
        ...VIDEO,
      ),
    );
  });

  it("writes the line when there is none and replaces a packet time", () => {
    const sdp = lines("m=audio 9 RTP/SAVPF 109", "a=rtpmap:109 opus/48000/2", "a=ptime:20");
    expect(tuneVoice(sdp, { bitsPerSecond: 10_000, packetMilliseconds: 120 })).toBe(
      lines(
        "m=audio 9 RTP/SAVPF 109",
        "a=rtpmap:109 opus/48000/2",
        "a=fmtp:109 maxaveragebitrate=10000;usedtx=1;stereo=0;useinbandfec=1",
        "a=ptime:120",
      ),
    );
  });

  it("leaves a description without Opus alone", () => {
    const sdp = lines(...SESSION, "m=audio 9 RTP/AVP 0", "a=rtpmap:0 PCMU/8000", ...VIDEO);
    expect(tuneVoice(sdp, VOICE)).toBe(sdp);
    expect(tuneVoice("", VOICE)).toBe("");
  });
});
