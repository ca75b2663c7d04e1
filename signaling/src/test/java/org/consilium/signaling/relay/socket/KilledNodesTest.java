package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.INTERPRETER;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes killed and connections cut at random moments, while three people go on talking. */
class KilledNodesTest {
  private static final int MESSAGES = 150;
  private static final int CUT_ONE_IN = 15;
  private static final int KILL_EACH = 50;
  private static final long WAIT_SECONDS = 30;

  /** Talking again after each cut is more than a person's client may send. */
  private static final SignalLimits LIMITS =
      new SignalLimits(
          8,
          8,
          100,
          10_000,
          10_000,
          1 << 24,
          1 << 24,
          Duration.ofMinutes(3),
          Duration.ofSeconds(5));

  @ParameterizedTest
  @CsvSource({"THREE_NODES,1", "THREE_NODES,2", "THREE_NODES,3", "THREE_NODES_OVER_NATS,4"})
  void nothing_is_doubled_or_out_of_order_and_everybody_stays_who_they_were(
      Installation installation, long seed) {
    var random = new Random(seed);
    CallId call = CallId.random();
    try (var calls =
        new TestCalls(installation, LIMITS, Origins.SAME_HOST, Duration.ofSeconds(10))) {
      var people =
          List.of(
              new Talker(calls, call, "rosa", CLINICIAN),
              new Talker(calls, call, "ada", SPECIALIST),
              new Talker(calls, call, "mei", INTERPRETER));
      for (int n = 1; n <= MESSAGES; n++) {
        if (n % KILL_EACH == 0) {
          calls.killOneNode(random.nextBoolean() ? calls.ownerOf(call) : random.nextInt(3));
        }
        people.forEach(Talker::say);
        Talker one = people.get(random.nextInt(people.size()));
        if (random.nextInt(CUT_ONE_IN) == 0) {
          one.cut();
        }
        people.forEach(Talker::listen);
      }
      // What a dead node had accepted may be missing; from now on nothing is.
      int last = MESSAGES + 1;
      people.forEach(Talker::say);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
      while (!people.stream().allMatch(person -> person.hasHeard(last, people))) {
        assertThat(System.nanoTime()).as("somebody is not heard").isLessThan(end);
        people.forEach(Talker::listen);
        people.forEach(Talker::ping);
        Thread.onSpinWait();
      }
    }
  }

  /** A client as {@code PROTOCOL.md} wants it. */
  private static final class Talker {
    private final TestCalls calls;
    private final JsonNode self;
    private final long[] sent = new long[4];
    private final long[] lines = new long[4];
    private Client client;
    private boolean lost;
    private long lastSeq;
    private long accepted;
    private long said;
    private long pinged;

    Talker(TestCalls calls, CallId call, String name, CallRole role) {
      this.calls = calls;
      client = calls.enter(call, name, role);
      self = client.welcome.get("self");
    }

    void say() {
      said++;
      if (!lost) {
        write(said);
      }
    }

    private void write(long n) {
      client.say("{'type':'chat','seq':" + n + ",'body':{'n':" + n + "}}");
    }

    /** So that a dead path is noticed. */
    void ping() {
      long now = System.nanoTime();
      if (!lost && now - pinged > TimeUnit.MILLISECONDS.toNanos(200)) {
        pinged = now;
        client.say("{'type':'ping','ack':" + lastSeq + "}");
      }
    }

    void cut() {
      client.cut();
      lost = true;
    }

    /** Takes what has come, and comes back when the connection was lost. */
    void listen() {
      if (!lost && client.isClosed()) {
        lost = true;
      }
      if (lost) {
        resume();
      }
      while (!client.unheard().isEmpty()) {
        take(client.hear());
      }
    }

    private void resume() {
      var next = calls.tryToResume(client, lastSeq);
      if (next.isEmpty()) {
        return; // The next node is asked the next time.
      }
      client = next.get();
      lost = false;
      assertThat(client.welcome.get("self")).isEqualTo(self);
      lastSeq = client.welcome.get("seq").asLong();
      accepted = Math.max(accepted, client.welcome.get("accepted").asLong());
      for (long n = accepted + 1; n <= said; n++) {
        write(n);
      }
    }

    private void take(JsonNode message) {
      switch (message.get("type").asText()) {
        case "pong" -> accepted = Math.max(accepted, message.get("accepted").asLong());
        case "error", "welcome" -> throw new AssertionError(message);
        default -> {
          assertThat(message.get("seq").asLong()).isEqualTo(++lastSeq);
          if (message.get("type").asText().equals("chat")) {
            line(message);
          }
        }
      }
    }

    private void line(JsonNode message) {
      int from = message.get("from").asInt();
      if (message.get("sent").asLong() > sent[from]) {
        sent[from] = message.get("sent").asLong();
        assertThat(message.at("/body/n").asLong()).isGreaterThan(lines[from]);
        lines[from] = message.at("/body/n").asLong();
      }
    }

    boolean hasHeard(long line, List<Talker> people) {
      return people.stream()
          .filter(other -> other != this)
          .allMatch(other -> lines[other.self.get("seat").asInt()] >= line);
    }
  }
}
