package org.consilium.signaling.relay.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.Entries;
import org.consilium.signaling.relay.IceServer;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SeatKeeper;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.message.HeadReader;

/** One room with a clock and timers that the test moves, and sockets that remember. */
final class RoomWorld {
  static final Instant START = Instant.parse("2026-03-02T09:15:00Z");
  static final ObjectMapper JSON = new ObjectMapper();

  final CallId call = CallId.random();
  final ConsultId consult = ConsultId.random();
  final Entries journal = new Entries();
  final SignalMeters meters = new SignalMeters();
  final Room room;

  private final List<Planned> planned = new ArrayList<>();
  private Instant now = START;
  private int tokens;

  RoomWorld() {
    this(SignalLimits.DEFAULT);
  }

  RoomWorld(SignalLimits limits) {
    var tokenPort =
        new ResumeTokens() {
          @Override
          public String issue(int seat) {
            return "token-" + seat + "-" + ++tokens;
          }

          @Override
          public void restore(String print, int seat) {}

          @Override
          public void withdraw(String print) {}
        };
    room =
        new Room(
            call,
            consult,
            new RoomPorts(
                limits,
                () -> now,
                this::plan,
                tokenPort,
                iceServers(),
                journal,
                SeatKeeper.NONE,
                meters));
  }

  /** Credentials that are renewed after half an hour. */
  private IceServers iceServers() {
    return new IceServers() {
      @Override
      public List<IceServer> forPerson(Admission who) {
        return List.of(new IceServer(List.of("turn:turn.example.org"), who.person(), "c"));
      }

      @Override
      public Instant renewAt(Admission who) {
        return now.plus(Duration.ofMinutes(30));
      }
    };
  }

  private record Planned(Instant at, Runnable task) {}

  private Timers.Timer plan(Duration delay, Runnable task) {
    var plan = new Planned(now.plus(delay), task);
    planned.add(plan);
    return () -> planned.removeIf(other -> other == plan);
  }

  /** Lets time pass and runs what was due. */
  void pass(Duration duration) {
    Instant until = now.plus(duration);
    while (true) {
      var due =
          planned.stream().filter(p -> !p.at.isAfter(until)).min(Comparator.comparing(Planned::at));
      if (due.isEmpty()) {
        break;
      }
      planned.remove(due.get());
      now = due.get().at;
      due.get().task.run();
    }
    now = until;
  }

  Admission admission(String person, CallRole role, AdmissionMode mode) {
    return admission(person, mode, role);
  }

  /** Comes in at once; a host may make the person any of {@code others}. */
  Client enters(String person, CallRole role, CallRole... others) {
    var client = new Client();
    room.enter(admission(person, AdmissionMode.DIRECT, role, others), client);
    return client;
  }

  Admission admission(String person, AdmissionMode mode, CallRole role, CallRole... others) {
    return new Admission(
        call,
        consult,
        person,
        "Name of " + person,
        role,
        EnumSet.of(role, others),
        mode,
        now.plus(Duration.ofHours(2)));
  }

  /** Comes to the waiting room. */
  Client asks(String person, CallRole role) {
    var client = new Client();
    room.enter(admission(person, role, AdmissionMode.WAITS), client);
    return client;
  }

  /** One connection and what was said on it. */
  final class Client implements SeatSocket {
    final List<JsonNode> heard = new ArrayList<>();
    CloseCode closedWith;
    String closeReason;
    boolean writable = true;

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public void send(byte[] message) {
      try {
        heard.add(JSON.readTree(message));
      } catch (IOException e) {
        throw new AssertionError(new String(message, StandardCharsets.UTF_8), e);
      }
    }

    @Override
    public void close(CloseCode code, String reason) {
      if (closedWith == null) {
        closedWith = code;
        closeReason = reason;
      }
    }

    void says(String json) {
      var read = HeadReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
      room.received(this, ((HeadReader.Result.Read) read).message());
    }

    void loses() {
      room.disconnected(this);
    }

    /** The same page on a new connection. */
    Client resumes(long lastSeq) {
      var next = new Client();
      room.resume(welcome().at("/self/seat").asInt(), token(), lastSeq, next);
      return next;
    }

    JsonNode welcome() {
      return heard.getFirst();
    }

    String token() {
      return welcome().get("resumeToken").asText();
    }

    /** The types after the welcome. */
    List<String> types() {
      return heard.stream().skip(1).map(m -> m.get("type").asText()).toList();
    }

    JsonNode last() {
      return heard.getLast();
    }

    long lastSeq() {
      return heard.stream().mapToLong(m -> m.path("seq").asLong()).max().orElse(0);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
