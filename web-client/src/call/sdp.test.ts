import { describe, expect, it } from "vitest";
import { voiceOn, type VoiceProfile } from "./rungs";
import { asAnswer, credentialsIn, linesIn, tuneVoice, withoutStrays } from "./sdp";

const lines = (...text: string[]): string => text.map((line) => `${line}\r\n`).join("");
const SESSION = ["v=0", "s=-", "t=0 0"];
const VIDEO = [
  "m=video 9 UDP/TLS/RTP/SAVPF 98",
  "a=extmap:3 transport-wide-cc",
  "a=rtpmap:98 VP9/90000",
  "a=rtcp-fb:98 transport-cc",
  "a=fmtp:98 profile-id=0",
];
const voice = (change: Partial<VoiceProfile> = {}): VoiceProfile => ({
  bitsPerSecond: 16_000,
  packetMilliseconds: 60,
  lean: false,
  redundant: false,
  narrow: false,
  ...change,
});
const CHROMIUM = lines(
  ...SESSION,
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
  "a=extmap:1 audio-level",
  "a=extmap:3 transport-wide-cc",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:63 red/48000/2",
  "a=fmtp:63 111/111",
  ...VIDEO,
);

describe("tuneVoice", () => {
  it("adds to what the browser says of Opus and leaves the rest", () => {
    expect(tuneVoice(CHROMIUM, voice())).toBe(
      CHROMIUM.replace("a=rtcp-fb:111", "a=ptime:60\r\na=rtcp-fb:111").replace(
        "useinbandfec=1",
        "useinbandfec=1;maxaveragebitrate=16000;usedtx=1;stereo=0",
      ),
    );
  });

  it("takes out of a lean voice what only measures it, and leaves the picture alone", () => {
    const tuned = tuneVoice(CHROMIUM, voice({ lean: true, narrow: true }));
    expect(tuned).toContain("maxplaybackrate=8000");
    const [audio = "", video = ""] = tuned.split("m=video");
    expect(audio).not.toMatch(/extmap|transport-cc/);
    expect(audio).toContain("a=ptime:60\r\na=fmtp:111 minptime=10");
    expect(`m=video${video}`).toBe(lines(...VIDEO));
  });

  it("puts the repeated voice first, where both browsers know it", () => {
    const repeated = tuneVoice(CHROMIUM, voice({ redundant: true }));
    expect(repeated).toContain("m=audio 9 UDP/TLS/RTP/SAVPF 63 111\r\n");
    const back = tuneVoice(repeated, voice());
    expect(back).toContain("m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\n");
    const firefox = lines("m=audio 9 RTP/SAVPF 109 0", "a=rtpmap:109 opus/48000/2");
    expect(tuneVoice(firefox, voice({ redundant: true }))).toContain("SAVPF 109 0\r\n");
  });

  it("writes the line when there is none and replaces a packet time", () => {
    const sdp = lines("m=audio 9 RTP/SAVPF 109", "a=rtpmap:109 opus/48000/2", "a=ptime:20");
    expect(tuneVoice(sdp, voice({ bitsPerSecond: 10_000, packetMilliseconds: 120 }))).toBe(
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
    expect(tuneVoice(sdp, voice())).toBe(sdp);
    expect(tuneVoice("", voice())).toBe("");
  });
});

describe("the voice of a rung", () => {
  it("is repeated at a rate that leaves it room, and where packets are short enough", () => {
    expect(voiceOn("lean", true)).toMatchObject({ redundant: true, bitsPerSecond: 10_000 });
    expect(voiceOn("stills", true)).toMatchObject({ redundant: true, bitsPerSecond: 10_000 });
    expect(voiceOn("thin", true)).toMatchObject({ redundant: false });
    expect(voiceOn("text", true)).toBeUndefined();
  });
});

describe("a description", () => {
  it("tells its lines and its credentials", () => {
    expect(linesIn(CHROMIUM)).toBe(2);
    expect(credentialsIn(lines("a=ice-ufrag:Ab3/", "a=ice-pwd:x"))).toBe("Ab3/");
    expect(credentialsIn("")).toBeUndefined();
  });

  it("of an offer is an answer once its side has the role that ours left to it", () => {
    const offer = lines("a=setup:actpass", "m=audio", "a=setup:actpass");
    expect(asAnswer(offer, lines("a=setup:active"))).toBe(
      lines("a=setup:passive", "m=audio", "a=setup:passive"),
    );
    expect(asAnswer(offer, lines("a=setup:passive"))).toContain("a=setup:active");
    expect(asAnswer(lines("a=setup:active"), lines("a=setup:actpass"))).toBe(
      lines("a=setup:active"),
    );
  });
});

describe("withoutStrays", () => {
  it("leaves out what is said of payload types that no line offers", () => {
    const firefox = lines(
      ...SESSION,
      "m=video 0 UDP/TLS/RTP/SAVPF 121 125",
      "a=fmtp:121 max-fs=12288;max-fr=60",
      "a=rtcp-fb:* nack",
      "a=rtcp-fb:121 nack",
      "a=rtcp-fb:99 nack",
      "a=rtcp-fb:123 ccm fir",
      "a=rtpmap:121 VP9/90000",
      "a=rtpmap:125 rtx/90000",
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
      "a=sctp-port:5000",
    );
    const left = withoutStrays(firefox);
    expect(left).toBe(
      firefox.replace("a=rtcp-fb:99 nack\r\n", "").replace("a=rtcp-fb:123 ccm fir\r\n", ""),
    );
    expect(withoutStrays(CHROMIUM)).toBe(CHROMIUM);
  });
});
