/** Short tones made on the spot: nothing to download on a thin link. */
let context: AudioContext | undefined;

/** Two rising tones: somebody waits outside. */
export function soundAsks(): void {
  tones([660, 880]);
}

/** A telephone's double ring, once. False when the browser makes no sound before a touch. */
export function soundRings(): boolean {
  tones([740, 880, 740, 880]);
  return context?.state === "running";
}

/** Two falling tones, once: the connection is lost. */
export function soundLost(): void {
  tones([520, 390]);
}

function tones(frequencies: readonly number[]): void {
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    const out = context.createGain();
    out.gain.value = 0.12;
    out.connect(context.destination);
    let at = context.currentTime + 0.02;
    for (const frequency of frequencies) {
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(out);
      tone.start(at);
      tone.stop(at + 0.14);
      at += 0.18;
    }
  } catch {
    // A device that cannot make tones still shows the words.
  }
}
