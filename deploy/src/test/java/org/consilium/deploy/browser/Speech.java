package org.consilium.deploy.browser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A made-up voice for a browser's microphone: syllables of a buzz through three resonances and of
 * hiss between them, in sentences, with the silence of one who listens after each. A coder treats
 * it as it does a person, which it would not do with a tone.
 */
public final class Speech {
  private static final int RATE = 48_000;
  private static final int SECONDS = 40;
  private static final double LOUDNESS = 0.25;

  /** The resonances of a, e, i, o, u in hertz. */
  private static final double[][] VOWELS = {
    {730, 1_090, 2_440},
    {530, 1_840, 2_480},
    {270, 2_290, 3_010},
    {570, 840, 2_410},
    {300, 870, 2_240}
  };

  private static final double[] WIDTHS = {80, 100, 140};

  private final RandomGenerator random;
  private final double pitch;
  private final double[] samples = new double[RATE * SECONDS];
  private final double[][] resonators = new double[WIDTHS.length][2];
  private double[] mouth = VOWELS[0].clone();
  private double phase;
  private int at;

  private Speech(long seed, double pitch) {
    random = new SplittableRandom(seed);
    this.pitch = pitch;
  }

  /** Writes a WAV file in which somebody of that pitch (hertz) talks about half of the time. */
  public static Path write(Path file, long seed, double pitch) throws IOException {
    var speech = new Speech(seed, pitch);
    speech.talk();
    speech.save(file);
    return file;
  }

  private void talk() {
    silence(0.2);
    while (at < samples.length) {
      for (int sentence = 0; sentence < 2; sentence++) {
        int syllables = random.nextInt(9, 15);
        for (int syllable = 0; syllable < syllables; syllable++) {
          hiss(random.nextDouble(0.03, 0.09));
          vowel(random.nextDouble(0.12, 0.22), 1 - 0.3 * syllable / syllables);
        }
        silence(random.nextDouble(0.12, 0.2));
      }
      silence(random.nextDouble(2.5, 4.5));
    }
  }

  private void silence(double seconds) {
    at = (int) Math.min(samples.length, at + Math.round(seconds * RATE));
  }

  private void hiss(double seconds) {
    int end = end(seconds);
    double last = 0;
    for (; at < end; at++) {
      double noise = random.nextDouble(-1, 1);
      samples[at] = 0.05 * (noise - last);
      last = noise;
    }
  }

  private void vowel(double seconds, double height) {
    var target = VOWELS[random.nextInt(VOWELS.length)];
    int begin = at;
    int end = end(seconds);
    for (; at < end; at++) {
      for (int i = 0; i < mouth.length; i++) {
        mouth[i] += (target[i] - mouth[i]) * 0.0008;
      }
      double swell = Math.sin(Math.PI * (at - begin + 0.5) / (end - begin));
      samples[at] = Math.sqrt(swell) * resonate(glottis(pitch * height));
    }
  }

  /** A pulse for each opening of the vocal cords, with a little breath. */
  private double glottis(double hertz) {
    phase += hertz / RATE;
    if (phase >= 1) {
      phase -= 1;
      return 1;
    }
    return random.nextDouble(-0.01, 0.01);
  }

  private double resonate(double source) {
    double sum = 0;
    for (int i = 0; i < resonators.length; i++) {
      double radius = Math.exp(-Math.PI * WIDTHS[i] / RATE);
      double turn = 2 * Math.cos(2 * Math.PI * mouth[i] / RATE);
      var past = resonators[i];
      double now = source + turn * radius * past[0] - radius * radius * past[1];
      past[1] = past[0];
      past[0] = now;
      sum += now / (i + 1) * (1 - radius) * 40;
    }
    return sum;
  }

  private int end(double seconds) {
    return (int) Math.min(samples.length, at + Math.round(seconds * RATE));
  }

  private void save(Path file) throws IOException {
    double loudest = 0;
    for (double sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    int bytes = samples.length * 2;
    var wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(text("RIFF")).putInt(36 + bytes).put(text("WAVE"));
    wav.put(text("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(RATE).putInt(RATE * 2).putShort((short) 2).putShort((short) 16);
    wav.put(text("data")).putInt(bytes);
    for (double sample : samples) {
      wav.putShort((short) (sample / loudest * 2 * LOUDNESS * Short.MAX_VALUE));
    }
    Files.write(file, wav.array());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
