package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  /** Candidates, offers, and the largest that is let through. */
  private static final List<Integer> SIZES = List.of(300, 6_000, 64 * 1024);

  private final Outbox outbox = new Outbox();

  @Test
  void what_is_acknowledged_is_forgotten() {
    add(20, 10);
    outbox.acknowledge(15);

    assertThat(outbox.canReplayAfter(14)).isFalse();
    assertThat(outbox.canReplayAfter(15)).isTrue();
    assertThat(outbox.canReplayAfter(20)).isTrue();
    assertThat(outbox.canReplayAfter(21)).isFalse();
  }

  @Test
  void a_number_never_given_is_ignored() {
    add(3, 10);
    outbox.acknowledge(4);

    assertThat(outbox.canReplayAfter(0)).isTrue();
  }

  @Test
  void messages_are_sent_in_order_and_again_after_a_rewind() {
    add(40, 1);
    for (int n = 1; n <= 40; n++) {
      assertThat(outbox.nextToSend()).containsExactly(n);
    }
    assertThat(outbox.nextToSend()).isNull();
    outbox.rewindTo(38);
    assertThat(outbox.nextToSend()).containsExactly(39);
  }

  @Test
  void the_oldest_makes_room_by_count() {
    add(Outbox.MESSAGES_MAX, 1);
    assertThat(outbox.canReplayAfter(0)).isTrue();
    add(1, 1);
    assertThat(outbox.canReplayAfter(0)).isFalse();
    assertThat(outbox.hasLostUnsent()).isTrue();
    outbox.rewindTo(1);
    assertThat(outbox.hasLostUnsent()).isFalse();
  }

  @Test
  void the_oldest_makes_room_by_size() {
    add(4, Outbox.BYTES_MAX / 4);
    assertThat(outbox.canReplayAfter(0)).isTrue();
    add(1, 1);
    assertThat(outbox.canReplayAfter(0)).isFalse();
    assertThat(outbox.canReplayAfter(1)).isTrue();
  }

  @Test
  void what_is_kept_for_one_who_acknowledges_nothing_is_bounded() {
    var random = new Random(7);
    for (int n = 0; n < 5_000; n++) {
      add(1, 1 + random.nextInt(SIZES.get(n % SIZES.size())));
      assertThat(kept().sum()).isLessThanOrEqualTo(Outbox.BYTES_MAX);
      assertThat(kept().count()).isLessThanOrEqualTo(Outbox.MESSAGES_MAX);
    }
  }

  /** The sizes of all that could be sent again. */
  private LongStream kept() {
    long before = outbox.lastSeq();
    while (before > 0 && outbox.canReplayAfter(before - 1)) {
      before--;
    }
    outbox.rewindTo(before);
    return Stream.generate(outbox::nextToSend).takeWhile(Objects::nonNull).mapToLong(m -> m.length);
  }

  private void add(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      var message = new byte[bytes];
      message[0] = (byte) outbox.nextSeq();
      outbox.add(message);
    }
  }
}
