import type { VoiceProfile } from "./rungs";

/**
 * Asks the sender of this description for voice in that profile. Applied to the description that was
 * received, before it is set: our own is left as the browser made it, and what it says of the other
 * side's wishes is what our browser then sends by.
 */
export function tuneVoice(sdp: string, profile: VoiceProfile): string {
  return sections(sdp)
    .map((section) => (section.startsWith("m=audio") ? tuneSection(section, profile) : section))
    .join("");
}

function sections(sdp: string): string[] {
  return sdp.split(/^(?=m=)/m);
}

function tuneSection(section: string, profile: VoiceProfile): string {
  const opus = payloadOf(section, "opus/48000");
  if (opus === undefined) return section;
  const tuned = withPacketTime(withParameters(section, opus, profile), opus, profile);
  const first = profile.redundant ? payloadOf(section, "red/48000") : opus;
  const ordered = first === undefined ? tuned : withFirst(tuned, first);
  return profile.lean ? withoutExtras(ordered) : ordered;
}

function payloadOf(section: string, codec: string): string | undefined {
  return new RegExp(`^a=rtpmap:(\\d+) ${codec}`, "im").exec(section)?.[1];
}

function withParameters(section: string, opus: string, profile: VoiceProfile): string {
  const wanted: Readonly<Record<string, string>> = {
    maxaveragebitrate: String(profile.bitsPerSecond),
    usedtx: "1",
    stereo: "0",
    useinbandfec: "1",
    ...(profile.narrow ? { maxplaybackrate: "8000" } : {}),
  };
  const fmtp = new RegExp(`^a=fmtp:${opus} (.*)$`, "m");
  const given = fmtp.exec(section)?.[1]?.trim();
  const parameters = new Map(
    (given ?? "")
      .split(";")
      .filter((part) => part.includes("="))
      .map((part) => {
        const [name = "", ...value] = part.trim().split("=");
        return [name, value.join("=")] as const;
      }),
  );
  for (const [name, value] of Object.entries(wanted)) parameters.set(name, value);
  const line = `a=fmtp:${opus} ${[...parameters].map(([k, v]) => `${k}=${v}`).join(";")}`;
  return given === undefined
    ? section.replace(rtpmapOf(opus), `$1\r\n${line}`)
    : section.replace(fmtp, line);
}

function withPacketTime(section: string, opus: string, profile: VoiceProfile): string {
  const packets = `a=ptime:${profile.packetMilliseconds}`;
  return /^a=ptime:\d+/m.test(section)
    ? section.replace(/^a=ptime:\d+/m, packets)
    : section.replace(rtpmapOf(opus), `$1\r\n${packets}`);
}

function rtpmapOf(payload: string): RegExp {
  return new RegExp(`^(a=rtpmap:${payload} .*)$`, "m");
}

/** Browsers send by the first of the payload types that they know. */
function withFirst(section: string, payload: string): string {
  return section.replace(/^(m=audio \S+ \S+) (.*)$/m, (_line, head: string, list: string) => {
    const others = list.trim().split(" ");
    return [head, payload, ...others.filter((each) => each !== payload)].join(" ");
  });
}

function withoutExtras(section: string): string {
  return section.replace(/^a=(?:extmap:.*|rtcp-fb:\S+ transport-cc)\r?\n/gm, "");
}

/**
 * A description without words about payload types that its media lines do not offer: Firefox leaves
 * some behind when codecs are preferred, and Chromium then refuses the whole.
 */
export function withoutStrays(sdp: string): string {
  return sections(sdp)
    .map((section) => {
      const offered = /^m=\S+ \S+ \S+RTP\S* (.*)$/m.exec(section)?.[1]?.trim().split(" ");
      return offered
        ? section.replace(/^a=(?:rtcp-fb|fmtp|rtpmap):(\d+) .*\r?\n/gm, (line, type: string) =>
            offered.includes(type) ? line : "",
          )
        : section;
    })
    .join("");
}

/** How many media lines a description has. */
export function linesIn(sdp: string): number {
  return sections(sdp).filter((section) => section.startsWith("m=")).length;
}

/** The name of a description's ICE credentials: another one means a restart. */
export function credentialsIn(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}

/**
 * What the other side has said, as an answer to an offer that it need not see because it changes
 * nothing of what both have agreed on. `ours`: our side of that agreement.
 */
export function asAnswer(theirs: string, ours: string): string {
  const role = /^a=setup:active/m.test(ours) ? "passive" : "active";
  return theirs.replace(/^a=setup:actpass/gm, `a=setup:${role}`);
}
