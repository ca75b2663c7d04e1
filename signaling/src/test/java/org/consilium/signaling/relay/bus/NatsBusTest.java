package org.consilium.signaling.relay.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.consilium.signaling.relay.socket.TestNats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bus over a real nats-server, also while that is away. */
class NatsBusTest {
  private static final long WAIT_SECONDS = 20;

  private final TestNats nats = new TestNats();
  private final NatsBus here = NatsBus.connect(nats.url(), "here");
  private final NatsBus there = NatsBus.connect(nats.url(), "there");
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void connect() {
    TestNats.await(here, true);
    TestNats.await(there, true);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    nats.close();
  }

  private final class Ear implements Bus.Listener {
    @Override
    public void received(String subject, String replyTo, byte[] frame) {
      heard.add(subject + " " + ByteBuffer.wrap(frame).getInt());
    }

    @Override
    public void nobody(String subject) {
      heard.add("nobody " + subject);
    }
  }

  private static byte[] frame(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private String next() throws InterruptedException {
    return heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Says it again until it is heard: a subscription needs a moment to be known. */
  private void untilHeard(String subject) throws InterruptedException {
    do {
      here.publish(subject, null, frame(-1));
    } while (heard.poll(50, TimeUnit.MILLISECONDS) == null);
    while (heard.poll(200, TimeUnit.MILLISECONDS) != null) {
      // What was said too often.
    }
  }

  @Test
  void what_is_logged_names_no_password() {
    assertThat(NatsBus.withoutPasswords("no: [nats://ann:geheim@10.0.0.7:4222, tls://b:p@w@bus:1]"))
        .isEqualTo("no: [nats://10.0.0.7:4222, tls://bus:1]");
  }

  @Test
  void frames_arrive_in_order() throws InterruptedException {
    there.subscribe("consilium.a.>", new Ear());
    untilHeard("consilium.a.b");
    for (int n = 0; n < 1_000; n++) {
      assertThat(here.publish("consilium.a.b", null, frame(n))).isTrue();
    }
    for (int n = 0; n < 1_000; n++) {
      assertThat(next()).isEqualTo("consilium.a.b " + n);
    }
  }

  @Test
  void that_nobody_listens_is_told_to_who_wants_an_answer() throws InterruptedException {
    here.subscribe("consilium.here", new Ear());
    untilHeard("consilium.here");

    here.publish("consilium.nowhere", "consilium.here", frame(1));

    assertThat(next()).isEqualTo("nobody consilium.here");
  }

  @Test
  void what_is_listened_to_no_more_is_nobody() throws InterruptedException {
    here.subscribe("consilium.here", new Ear());
    var subscription = there.subscribe("consilium.there", new Ear());
    untilHeard("consilium.there");
    subscription.end();

    // The server learns of it a moment later; a frame before that reaches an ear that is closed.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    String said = null;
    while (said == null && System.nanoTime() < end) {
      here.publish("consilium.there", "consilium.here", frame(1));
      said = heard.poll(100, TimeUnit.MILLISECONDS);
    }
    assertThat(said).isEqualTo("nobody consilium.here");
  }

  @Test
  void a_bus_that_is_away_takes_nothing_and_comes_back_by_itself() throws InterruptedException {
    there.subscribe("consilium.there", new Ear());
    untilHeard("consilium.there");

    nats.stop();
    TestNats.await(here, false);
    TestNats.await(there, false);
    assertThat(here.publish("consilium.there", null, frame(1))).isFalse();

    nats.start();
    TestNats.await(here, true);
    TestNats.await(there, true);
    untilHeard("consilium.there");
    here.publish("consilium.there", null, frame(2));
    assertThat(next()).as("what was refused does not come late").isEqualTo("consilium.there 2");
  }

  @Test
  void a_server_that_is_not_there_at_the_start_is_waited_for() {
    nats.stop();
    try (var late = NatsBus.connect(nats.url(), "late")) {
      assertThat(late.isUp()).isFalse();
      assertThat(late.publish("consilium.there", null, frame(1))).isFalse();
      nats.start();
      TestNats.await(late, true);
    }
  }
}
