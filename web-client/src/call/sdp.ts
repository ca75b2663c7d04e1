/** How the voice is coded; measured on bad links (docs/performance.md). */
export interface AudioProfile {
  readonly bitsPerSecond: number;
  /** Time in one packet: at 20 ms the headers of a packet cost more than the voice in it. */
  readonly packetMilliseconds: number;
}

/**
 * What every call begins with: 16 kbit/s in packets of 60 ms, silence not sent, is 25 kbit/s on the
 * wire, where a browser's own choice is 55.
 */
export const VOICE: AudioProfile = { bitsPerSecond: 16_000, packetMilliseconds: 60 };

/**
 * Asks the sender of this description for voice in that profile. Applied to the description that was
 * received, before it is set: our own is left as the browser made it.
 */
export function tuneVoice(sdp: string, profile: AudioProfile): string {
  const sections = sdp.split(/^(?=m=)/m);
  return sections
    .map((section) => (section.startsWith("m=audio") ? tuneSection(section, profile) : section))
    .join("");
}

function tuneSection(section: string, profile: AudioProfile): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/im.exec(section)?.[1];
  if (opus === undefined) return section;
  const wanted: Readonly<Record<string, string>> = {
    maxaveragebitrate: String(profile.bitsPerSecond),
    usedtx: "1",
    stereo: "0",
    useinbandfec: "1",
  };
  const fmtp = new RegExp(`^a=fmtp:${opus} (.*)$`, "m");
  const rtpmap = new RegExp(`^(a=rtpmap:${opus} .*)$`, "m");
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
  const packets = `a=ptime:${profile.packetMilliseconds}`;
  const withLine =
    given === undefined ? section.replace(rtpmap, `$1\r\n${line}`) : section.replace(fmtp, line);
  return /^a=ptime:\d+/m.test(withLine)
    ? withLine.replace(/^a=ptime:\d+/m, packets)
    : withLine.replace(rtpmap, `$1\r\n${packets}`);
}
