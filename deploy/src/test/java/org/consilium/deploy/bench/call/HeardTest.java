package org.consilium.deploy.bench.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.consilium.deploy.browser.Probe.Look;
import org.junit.jupiter.api.Test;

class HeardTest {
  private static final int LOOKS = 80;
  private static final int STEP_MILLIS = 250;
  private static final int SAMPLES = 12_000;
  private static final double ROUND_TRIP = 500;

  /** Talks for five seconds, listens for five. */
  private static final IntPredicate TURNS = i -> i % 40 < 20;

  @Test
  void counts_only_what_was_made_up_while_the_other_side_talked() {
    var talker = looks(TURNS, i -> true, i -> false);
    // The voice needs a look's time to come: silence is made up, and one quarter of a second of
    // talk.
    var hearer = looks(i -> false, i -> true, i -> !TURNS.test(i - 1) || i == 10);

    var heard = Heard.of(hearer, talker, 0, LOOKS * STEP_MILLIS);

    assertThat(heard.talkSeconds()).isBetween(7.0, 10.0);
    assertThat(heard.concealed()).isCloseTo(0.25 / heard.talkSeconds(), within(0.01));
    assertThat(heard.emptySeconds()).isZero();
  }

  @Test
  void a_second_without_packets_counts_while_the_other_side_talks() {
    var talker = looks(TURNS, i -> true, i -> false);
    var hearer = looks(i -> false, i -> i < 8 || i > 14, i -> false);

    assertThat(Heard.of(hearer, talker, 0, LOOKS * STEP_MILLIS).emptySeconds()).isOne();

    var silent = looks(i -> false, i -> true, i -> false);
    assertThat(Heard.of(hearer, silent, 0, LOOKS * STEP_MILLIS).emptySeconds()).isZero();
  }

  private static List<Look> looks(IntPredicate talks, IntPredicate comes, IntPredicate madeUp) {
    var looks = new ArrayList<Look>();
    double talked = 0;
    long packets = 0;
    long concealed = 0;
    for (int i = 0; i < LOOKS; i++) {
      talked += talks.test(i) ? 0.01 : 0;
      packets += comes.test(i) ? 4 : 0;
      concealed += madeUp.test(i) ? SAMPLES : 0;
      looks.add(
          new Look(
              (long) i * STEP_MILLIS,
              talked,
              packets,
              (long) (i + 1) * SAMPLES,
              concealed,
              0,
              0,
              0,
              0,
              0,
              0,
              ROUND_TRIP,
              ""));
    }
    return looks;
  }
}
