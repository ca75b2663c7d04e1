package org.consilium.signaling.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one client said of its link while it sat in a call. Holds a bounded number of samples: when
 * it is full every second one goes, so that the rest still stand for the whole time. Used by one
 * thread.
 */
public final class LinkSamples {
  /** Two hours of one each half minute. */
  static final int SAMPLES_MAX = 240;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PERMILLE_MAX = 1000;

  private final Series up = new Series();
  private final Series down = new Series();
  private final Series roundTrip = new Series();
  private final Series loss = new Series();
  private int samples;

  /** Least, median and most of one figure. */
  public record Spread(int least, int median, int most) {
    /** As the database keeps it. */
    public Integer[] array() {
      return new Integer[] {least, median, most};
    }
  }

  /** What was seen in all; a figure that the client never gave is empty. */
  public record Summary(
      int samples,
      Optional<Spread> upKbps,
      Optional<Spread> downKbps,
      Optional<Spread> roundTripMs,
      Optional<Spread> lossPermille) {}

  /** Takes the body of a {@code quality} message; what cannot be read is passed over. */
  public void add(byte[] body) {
    JsonNode said;
    try {
      said = JSON.readTree(body);
    } catch (IOException e) {
      return;
    }
    boolean any =
        List.of(
                up.add(number(said, "kilobitsPerSecondOut", 1)),
                down.add(number(said, "kilobitsPerSecondIn", 1)),
                roundTrip.add(number(said, "roundTripMs", 1)),
                loss.add(
                    number(said, "lossPercent", 10).stream()
                        .filter(permille -> permille <= PERMILLE_MAX)
                        .findAny()))
            .contains(true);
    samples += any ? 1 : 0;
  }

  private static OptionalInt number(JsonNode said, String name, int times) {
    var value = said.path(name);
    double scaled = value.asDouble() * times;
    return value.isNumber() && scaled >= 0 && scaled <= Integer.MAX_VALUE
        ? OptionalInt.of((int) Math.round(scaled))
        : OptionalInt.empty();
  }

  /** What was said so far; empty when nothing of use was. */
  public Optional<Summary> summary() {
    return samples == 0
        ? Optional.empty()
        : Optional.of(
            new Summary(samples, up.spread(), down.spread(), roundTrip.spread(), loss.spread()));
  }

  private static final class Series {
    private int[] values = new int[8];
    private int count;
    private int stride = 1;
    private int seen;
    private int least = Integer.MAX_VALUE;
    private int most;

    boolean add(OptionalInt value) {
      if (value.isEmpty()) {
        return false;
      }
      int number = value.getAsInt();
      least = Math.min(least, number);
      most = Math.max(most, number);
      if (seen++ % stride == 0) {
        keep(number);
      }
      return true;
    }

    private void keep(int number) {
      if (count == SAMPLES_MAX) {
        for (int i = 0; i < SAMPLES_MAX / 2; i++) {
          values[i] = values[2 * i];
        }
        count = SAMPLES_MAX / 2;
        stride *= 2;
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.min(SAMPLES_MAX, 2 * count));
      }
      values[count++] = number;
    }

    Optional<Spread> spread() {
      if (count == 0) {
        return Optional.empty();
      }
      int[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return Optional.of(new Spread(least, sorted[count / 2], most));
    }
  }
}
