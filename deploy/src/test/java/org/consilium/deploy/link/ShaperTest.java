package org.consilium.deploy.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShaperTest {
  private static final long MILLI = 1_000_000;

  private final Shaper shaper = new Shaper(new SplittableRandom(7));

  @Test
  void a_packet_takes_its_time_on_the_line_and_under_way() {
    shaper.become(Terms.far(32, 0));

    assertThat(shaper.arrival(0, 400)).hasValue(400 * MILLI);
    assertThat(shaper.arrival(0, 400)).as("waits for the first").hasValue(500 * MILLI);
    assertThat(shaper.arrival(1_000 * MILLI, 400)).hasValue(1_400 * MILLI);
  }

  @Test
  void the_queue_holds_a_second_and_drops_what_finds_it_full() {
    shaper.become(Terms.far(32, 0));

    var arrivals = IntStream.range(0, 20).mapToObj(i -> shaper.arrival(0, 400)).toList();

    assertThat(arrivals.stream().filter(OptionalLong::isPresent)).hasSize(11);
    assertThat(shaper.arrival(200 * MILLI, 400)).as("two have left").isPresent();
  }

  @Test
  void loses_the_share_that_it_shall_and_everything_while_broken() {
    shaper.become(Terms.far(1_000_000, 0.05));

    long lost =
        IntStream.range(0, 10_000).filter(i -> shaper.arrival(i * MILLI, 100).isEmpty()).count();
    shaper.setBroken(true);

    assertThat(lost).isBetween(400L, 600L);
    assertThat(shaper.arrival(10_001 * MILLI, 100)).isEmpty();
  }

  @Test
  void nothing_overtakes_when_the_link_gets_better() {
    shaper.become(Terms.far(32, 0));
    long last = shaper.arrival(0, 400).orElseThrow();

    shaper.become(new Terms(1_000, Duration.ofMillis(1), 0));

    assertThat(shaper.arrival(1, 100).orElseThrow()).isGreaterThanOrEqualTo(last);
  }
}
