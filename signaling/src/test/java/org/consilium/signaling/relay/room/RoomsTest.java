package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.Entries;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.message.HeadReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens between the handing over of an act and its turn on the room's loop. */
class RoomsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");
  private static final Duration RETRY = Duration.ofMillis(1234);

  private final EventExecutor loop = new DefaultEventLoop();
  private final CountDownLatch held = new CountDownLatch(1);
  private final Entries journal = new Entries();
  private final CallId call = CallId.random();
  private final AtomicBoolean faulty = new AtomicBoolean();
  private final Rooms rooms =
      new Rooms(
          SignalLimits.DEFAULT,
          InstantSource.fixed(NOW),
          _ -> {
            if (faulty.get()) {
              throw new IllegalStateException("no relay");
            }
            return List.of();
          },
          journal,
          new SignalMeters());

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.MILLISECONDS);
  }

  @Test
  void one_who_comes_while_the_call_is_ended_finds_it_ended() {
    holdTheLoop();
    var rosa = new Socket();
    rooms.enter(admission("rosa"), rosa, loop);
    rooms.end(call);
    letGo();

    assertThat(rosa.code).isEqualTo(CloseCode.ENDED);
    assertThat(rooms.size()).isZero();
    assertThat(journal.lines()).isEmpty();
  }

  @Test
  void one_who_comes_while_the_server_begins_to_stop_is_told_when_to_come_back() {
    holdTheLoop();
    var rosa = new Socket();
    rooms.enter(admission("rosa"), rosa, loop);
    rooms.drain(() -> RETRY);
    letGo();

    assertThat(rosa.reason).isEqualTo("retry-ms=1234");
    assertThat(rooms.size()).isZero();
  }

  @Test
  void one_who_comes_after_the_server_began_to_stop_is_told_too() {
    letGo();
    rooms.drain(() -> RETRY);
    var rosa = new Socket();
    rooms.enter(admission("rosa"), rosa, loop);
    turn();

    assertThat(rosa.reason).isEqualTo("retry-ms=1234");
    assertThat(rooms.size()).isZero();
  }

  @Test
  void one_who_resumes_while_the_server_stops_is_not_told_that_the_call_is_over() {
    letGo();
    var rosa = new Socket();
    rooms.enter(admission("rosa"), rosa, loop);
    turn();
    var again = new Socket();
    loop.execute(() -> {
      rooms.drain(() -> RETRY);
      rooms.resume(rosa.token(), 0, again);
    });
    turn();

    assertThat(again.code).isEqualTo(CloseCode.RESTART);
    assertThat(again.reason).isEqualTo("retry-ms=1234");
  }

  @Test
  void a_fault_on_the_way_in_leaves_no_room_behind() {
    letGo();
    faulty.set(true);
    var rosa = new Socket();
    Rooms.Link link = rooms.enter(admission("rosa"), rosa, loop);
    turn();
    assertThat(rosa.code).isEqualTo(CloseCode.FAULT);

    link.closed();
    turn();
    rooms.revoke("rosa");
    turn();

    assertThat(rooms.size()).isZero();
  }

  @Test
  void a_message_that_cannot_be_dealt_with_closes_the_connection_and_is_counted_as_done() {
    letGo();
    var rosa = new Socket();
    Rooms.Link link = rooms.enter(admission("rosa"), rosa, loop);
    turn();
    rosa.faulty = true;
    var done = new CountDownLatch(1);
    var ping = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    link.received(((HeadReader.Result.Read) HeadReader.read(ping)).message(), done::countDown);
    turn();

    assertThat(done.getCount()).isZero();
    assertThat(rosa.code).isEqualTo(CloseCode.FAULT);
  }

  private void holdTheLoop() {
    loop.execute(() -> {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** The loop does all that was handed over. */
  private void letGo() {
    held.countDown();
    turn();
  }

  private void turn() {
    loop.submit(() -> {}).syncUninterruptibly();
  }

  private Admission admission(String person) {
    return new Admission(
        call,
        new ConsultId(call.value()),
        person,
        person,
        CallRole.CLINICIAN,
        AdmissionMode.DIRECT,
        NOW.plus(Duration.ofHours(1)));
  }

  private static final class Socket implements SeatSocket {
    private byte[] welcome;
    private CloseCode code;
    private String reason;
    private boolean faulty;

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void send(byte[] message) {
      if (faulty) {
        throw new IllegalStateException("cannot be written to");
      }
      if (welcome == null) {
        welcome = message;
      }
    }

    @Override
    public void close(CloseCode because, String why) {
      code = because;
      reason = why;
    }

    String token() {
      return RoomWorld.json(new String(welcome, StandardCharsets.UTF_8))
          .get("resumeToken")
          .asText();
    }
  }
}
