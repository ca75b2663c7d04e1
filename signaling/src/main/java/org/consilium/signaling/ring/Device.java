package org.consilium.signaling.ring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;
import org.consilium.signaling.ring.PresenceMessage.EndReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One presence socket: a page of a signed-in person that can ring. Safe on any thread; what it asks
 * for is done on virtual threads.
 */
final class Device implements Rooms.Link {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  private final Caller caller;
  private final SignIn signIn;
  private final String host;
  private final SeatSocket socket;
  private final RingDesk desk;
  private final Presence presence;
  private final InstantSource clock;

  /** Set once it has heard {@code present}; before, it is told of no ring. */
  private volatile boolean greeted;

  Device(
      Caller caller,
      SignIn signIn,
      String host,
      SeatSocket socket,
      RingDesk desk,
      Presence presence,
      InstantSource clock) {
    this.caller = caller;
    this.signIn = signIn;
    this.host = host;
    this.socket = socket;
    this.desk = desk;
    this.presence = presence;
    this.clock = clock;
  }

  AccountId account() {
    return caller.account();
  }

  SignIn signIn() {
    return signIn;
  }

  /** One that does not read is cut by the socket's own limits; its messages are few and small. */
  void say(PresenceMessage message) {
    if (socket.isWritable()) {
      socket.send(message.json());
    }
  }

  /** The truth from here on. */
  void greet(PresenceMessage.Present present) {
    greeted = true;
    say(present);
  }

  /** A ring of this person has changed. One that was not greeted yet will read it there. */
  void hear(Ring ring, Instant at) {
    if (greeted) {
      say(PresenceMessage.about(ring, account(), signIn, at));
    }
  }

  void close(CloseCode code) {
    socket.close(code);
  }

  /** The server stops; the page comes back after that time. */
  void restart(Duration after) {
    socket.close(CloseCode.RESTART, "retry-ms=" + after.toMillis());
  }

  @Override
  public void received(ClientMessage message, Runnable done) {
    switch (ClientWord.read(message.raw())) {
      case ClientWord.Ping _ -> {
        say(new PresenceMessage.Pong(clock.instant()));
        done.run();
      }
      case ClientWord.Answer(var ring) ->
          act(ring, () -> desk.answer(caller, signIn, host, ring), done);
      case ClientWord.Decline(var ring, var reason) ->
          act(ring, () -> desk.decline(caller, ring, reason), done);
      case ClientWord.Incomplete _ -> refuse("incomplete", "A needed field is missing.", done);
      case ClientWord.Unknown _ ->
          refuse("unknown-type", "This server does not know the type.", done);
      case ClientWord.TooLarge _ -> refuse("too-large", "The message is too large.", done);
    }
  }

  private void refuse(String code, String sentence, Runnable done) {
    say(new PresenceMessage.Error(code, sentence, Optional.empty()));
    done.run();
  }

  private interface Act {
    RingDesk.Outcome run();
  }

  private void act(RingId ring, Act act, Runnable done) {
    Thread.ofVirtual()
        .name("ring")
        .start(() -> {
          try {
            say(reply(ring, act));
          } finally {
            done.run();
          }
        });
  }

  private PresenceMessage reply(RingId id, Act act) {
    try {
      var now = clock.instant();
      return switch (act.run()) {
        case RingDesk.Outcome.Answered(var ring, var call) ->
            new PresenceMessage.RingAnswered(ring, call, now);
        case RingDesk.Outcome.Declined(var ring) ->
            new PresenceMessage.RingEnded(ring, EndReason.DECLINED, now);
        case RingDesk.Outcome.Over(var ring) -> PresenceMessage.about(ring, account(), signIn, now);
        case RingDesk.Outcome.NotFound _ ->
            new PresenceMessage.Error(
                "ring-not-found", "There is no such ring for you.", Optional.of(id));
      };
    } catch (Refusal no) {
      return new PresenceMessage.Error(no.code(), no.getMessage(), Optional.of(id));
    } catch (RuntimeException e) {
      LOG.warn("A ring could not be answered just now", e);
      return new PresenceMessage.Error(
          "unavailable", "This cannot be done just now; try again.", Optional.of(id));
    }
  }

  @Override
  public void writable() {
    // What it did not read is in the next present, and in the list of missed rings.
    presence.greet(this);
  }

  @Override
  public void closed() {
    presence.left(this);
  }
}
