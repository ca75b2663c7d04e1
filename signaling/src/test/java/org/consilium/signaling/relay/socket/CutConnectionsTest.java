package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real connections cut at random moments, while both sides go on talking. */
class CutConnectionsTest {
  private static final int MESSAGES = 300;
  private static final int ONE_IN = 12;

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
  @CsvSource({
    "ONE_NODE,1",
    "ONE_NODE,2",
    "ONE_NODE,3",
    "THREE_NODES,1",
    "THREE_NODES,2",
    "THREE_NODES_OVER_NATS,1",
    "THREE_NODES_OVER_NATS,2"
  })
  void each_hears_the_other_once_and_in_order(Installation installation, long seed) {
    var random = new Random(seed);
    CallId call = CallId.random();
    try (var calls =
        new TestCalls(installation, LIMITS, Origins.SAME_HOST, Duration.ofSeconds(10))) {
      var rosa = new Talker(calls.enter(call, "rosa", CLINICIAN));
      var ada = new Talker(calls.enter(call, "ada", SPECIALIST));
      for (int n = 1; n <= MESSAGES; n++) {
        rosa.say(n);
        ada.say(n);
        Talker one = random.nextBoolean() ? rosa : ada;
        if (random.nextInt(ONE_IN) == 0) {
          one.cutAndResume();
        } else {
          one.listen();
        }
      }
      assertThat(rosa.hearAll()).isEqualTo(allOf());
      assertThat(ada.hearAll()).isEqualTo(allOf());
    }
  }

  private static List<Integer> allOf() {
    return IntStream.rangeClosed(1, MESSAGES).boxed().toList();
  }

  /** Keeps what it said until it is accepted, as a client does. */
  private static final class Talker {
    private final List<Integer> heard = new ArrayList<>();
    private Client client;
    private int said;
    private long lastSeq;

    Talker(Client client) {
      this.client = client;
    }

    void say(int n) {
      said = Math.max(said, n);
      client.say("{'type':'chat','seq':" + n + ",'body':{'n':" + n + "}}");
    }

    void cutAndResume() {
      client.cut();
      client = client.resume(lastSeq);
      assertThat(client.welcome.get("resumed").asBoolean()).isTrue();
      for (int n = client.welcome.get("accepted").asInt() + 1; n <= said; n++) {
        say(n);
      }
    }

    /** Takes what has come, without waiting. */
    void listen() {
      while (!client.unheard().isEmpty()) {
        take(client.hear());
      }
    }

    List<Integer> hearAll() {
      while (heard.size() < MESSAGES) {
        take(client.hear());
      }
      return heard;
    }

    private void take(JsonNode message) {
      assertThat(message.get("seq").asLong()).isEqualTo(++lastSeq);
      if (message.get("type").asText().equals("chat")) {
        heard.add(message.at("/body/n").asInt());
      }
    }
  }
}
