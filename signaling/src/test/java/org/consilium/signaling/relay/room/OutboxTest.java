package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxTest {
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

  private void add(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      var message = new byte[bytes];
      message[0] = (byte) outbox.nextSeq();
      outbox.add(message);
    }
  }
}
