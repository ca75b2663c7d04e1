/**
 * Words that both ends of a media connection see, made of what each side's browser has proved of
 * itself in the DTLS handshake (RFC 8827). Whoever stood between them, also our own server, would
 * have shown each of them another fingerprint, and the words would differ.
 */

/** Sounds that most languages have, in letters that look like no other. */
const CONSONANTS = "bdfghjklmnrstwyz";
const VOWELS = "aiou";
const WORDS = 4;
const SYLLABLES_IN_WORD = 2;
/** 16 consonants and 4 vowels. */
const BITS_IN_SYLLABLE = 6;
const BYTES = (WORDS * SYLLABLES_IN_WORD * BITS_IN_SYLLABLE) / 8;
/**
 * Makes each guess dear: 48 bits fall to somebody who has prepared some millions of keys for each
 * side, if trying a pair of them costs nothing.
 */
const ITERATIONS = 100_000;

/** The fingerprint that a description gives of its browser's key; undefined without one. */
export function fingerprintIn(sdp: string): string | undefined {
  return /^a=fingerprint:(\S+ [0-9A-Fa-f:]+)/m.exec(sdp)?.[1]?.toUpperCase();
}

/** The same four words on both sides: which side is which does not matter. */
export async function compareWords(call: string, ours: string, theirs: string): Promise<string> {
  const text = new TextEncoder();
  const { subtle } = globalThis.crypto;
  const both = text.encode([ours, theirs].sort().join("\n"));
  const key = await subtle.importKey("raw", both, "PBKDF2", false, ["deriveBits"]);
  const bits = await subtle.deriveBits(
    {
      name: "PBKDF2",
      hash: "SHA-256",
      salt: text.encode(`consilium call ${call}`),
      iterations: ITERATIONS,
    },
    key,
    BYTES * 8,
  );
  return spell(new Uint8Array(bits));
}

function spell(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const syllables = bits.match(/.{6}/g) ?? [];
  const spoken = syllables.map((syllable) => {
    const value = parseInt(syllable, 2);
    return `${CONSONANTS[value >> 2] ?? ""}${VOWELS[value & 3] ?? ""}`;
  });
  const words: string[] = [];
  for (let at = 0; at < spoken.length; at += SYLLABLES_IN_WORD) {
    words.push(spoken.slice(at, at + SYLLABLES_IN_WORD).join(""));
  }
  return words.join(" ");
}
