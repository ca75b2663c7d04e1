package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.SignalLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests for a WebSocket that no browser of ours sends: refused, and others go on. */
class HandshakeAbuseTest {
  private static final SignalLimits FEW =
      new SignalLimits(
          8, 8, 12, 6, 2, 50, 600, 1 << 16, 1 << 19, Duration.ofMinutes(3), Duration.ofSeconds(5));
  private static final Duration HEAD_TIME_MAX = Duration.ofMillis(400);

  private static TestCalls calls;
  private static Bystanders others;

  private final CallId call = CallId.random();

  @BeforeAll
  static void start() {
    calls = new TestCalls();
    others = new Bystanders(calls);
  }

  @AfterAll
  static void stop() {
    others.close();
    calls.close();
  }

  @AfterEach
  void the_others_go_on() {
    others.goOn();
  }

  private String ticket() {
    return calls.ticket(call, "mallory", CLINICIAN, AdmissionMode.DIRECT);
  }

  private static int status(int port, String request) {
    try (var peer = new RawPeer(port)) {
      return peer.bytes(request).answer().status();
    }
  }

  // ---- the request -----------------------------------------------------------------------------

  private static Arguments request(String name, UnaryOperator<String> change) {
    return argumentSet(name, change);
  }

  static Stream<Arguments> wrongRequests() {
    String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    String version = "Sec-WebSocket-Version: 13\r\n";
    return Stream.of(
        request("POST", r -> r.replace("GET ", "POST ")),
        request("HTTP/1.0", r -> r.replace("HTTP/1.1", "HTTP/1.0")),
        request("version 8", r -> r.replace("Version: 13", "Version: 8")),
        request("version 7", r -> r.replace("Version: 13", "Version: 7")),
        request("version 14", r -> r.replace("Version: 13", "Version: 14")),
        request("no version", r -> r.replace(version, "")),
        request("two versions", r -> r.replace(version, version + version)),
        request("no key", r -> r.replace(key, "")),
        request("empty key", r -> r.replace(key, "Sec-WebSocket-Key:\r\n")),
        request("short key", r -> r.replace(key, "Sec-WebSocket-Key: c2hvcnQ=\r\n")),
        request("long key", r -> r.replace("dGhlIHNhbXBsZSBub25jZQ==", "A".repeat(200))),
        request("two keys", r -> r.replace(key, key + key)),
        request("not base64", r -> r.replace("dGhlIHNhbXBsZSBub25jZQ==", "!".repeat(24))),
        request("another path", r -> r.replace("/signal", "/signal/x")),
        request("path twice", r -> r.replace("/signal", "//signal")),
        request("foreign page", r -> r.replace("Host:", "Origin: https://evil.example\r\nHost:")),
        request("page of nowhere", r -> r.replace("Host:", "Origin: null\r\nHost:")),
        request(
            "page of another port", r -> r.replace("Host:", "Origin: http://localhost:1\r\nHost:")),
        request(
            "host in the page's name",
            r -> r.replace("Host:", "Origin: https://localhost.evil.example\r\nHost:")),
        request("only a credential", r -> r.replace("consilium.v1, ", "")),
        request(
            "only the protocol", r -> r.replaceFirst("consilium.v1, .*\r\n", "consilium.v1\r\n")),
        request("another protocol", r -> r.replace("consilium.v1", "consilium.v2")),
        request("protocol in capitals", r -> r.replace("consilium.v1", "CONSILIUM.V1")),
        request("a second protocol", r -> r.replace("consilium.v1", "consilium.v1, chat")),
        request("a second credential", r -> r.replace("consilium.v1", "consilium.v1, ticket.x")),
        request("ticket and token", r -> r.replace("consilium.v1", "consilium.v1, resume.x.0")),
        request(
            "head too large", r -> r.replace("Host:", "X: " + "x".repeat(17_000) + "\r\nHost:")),
        request("line too long", r -> r.replace("/signal", "/signal?" + "x".repeat(5000))));
  }

  @ParameterizedTest
  @MethodSource("wrongRequests")
  void a_wrong_request_is_refused_and_costs_no_ticket(UnaryOperator<String> change) {
    String ticket = ticket();
    String right = RawPeer.request("consilium.v1, ticket." + ticket);
    String wrong = change.apply(right);
    assertThat(wrong).isNotEqualTo(right);

    assertThat(status(calls.port, wrong)).isBetween(400, 431);

    assertThat(status(calls.port, right)).isEqualTo(101);
  }

  @Test
  void no_extension_is_agreed() {
    try (var peer = new RawPeer(calls.port)) {
      var answer =
          peer.bytes(
                  RawPeer.request(
                      "consilium.v1, ticket." + ticket(),
                      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"))
              .answer();
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.names("sec-websocket-extensions")).isFalse();
      assertThat(answer.names("sec-websocket-protocol: consilium.v1")).isTrue();
    }
  }

  @Test
  void frames_sent_before_the_answer_reach_nobody() {
    try (var peer = new RawPeer(calls.port)) {
      String early =
          new String(
              RawPeer.encoded(
                  RawPeer.FIN | RawPeer.TEXT, "{\"type\":\"end\",\"seq\":1}".getBytes()),
              java.nio.charset.StandardCharsets.ISO_8859_1);
      peer.bytes(RawPeer.request("consilium.v1, ticket." + ticket()) + early);
      assertThat(peer.answer().status()).isIn(0, 101, 400);
    }
  }

  // ---- tickets ---------------------------------------------------------------------------------

  @Test
  void a_ticket_is_good_once_also_for_two_who_come_at_the_same_time() {
    String request = RawPeer.request("consilium.v1, ticket." + ticket());
    var peers = Stream.generate(() -> new RawPeer(calls.port)).limit(8).toList();
    peers.forEach(peer -> peer.bytes(request));

    var statuses = peers.stream().map(peer -> peer.answer().status()).toList();

    assertThat(statuses).containsOnly(101, 401).containsOnlyOnce(101);
    peers.forEach(RawPeer::close);
  }

  @Test
  void a_ticket_of_another_call_opens_that_call_only() {
    try (var rosa = RawPeer.enter(calls, call, "rosa", CLINICIAN);
        var mallory = new RawPeer(calls.port)) {
      String foreign = calls.ticket(CallId.random(), "mallory", CLINICIAN, AdmissionMode.DIRECT);
      mallory.bytes(RawPeer.request("consilium.v1, ticket." + foreign));
      assertThat(mallory.answer().status()).isEqualTo(101);
      assertThat(mallory.hear("welcome").get("participants")).isEmpty();
      mallory.say("{'type':'chat','seq':1,'call':'" + call + "','body':{'text':'psst'}}");
      mallory.say("{'type':'ping'}").hear("pong");

      rosa.say("{'type':'chat','seq':1,'to':2,'body':{}}").say("{'type':'ping'}");
      assertThat(rosa.hear("pong").get("accepted").asInt()).isEqualTo(1);
    }
  }

  // ---- limits ----------------------------------------------------------------------------------

  @Test
  void one_person_has_so_many_connections() {
    try (var few = new TestCalls(FEW, Origins.SAME_HOST)) {
      for (int i = 0; i < FEW.socketsPerPersonMax(); i++) {
        few.enter(CallId.random(), "rosa", CLINICIAN);
      }
      assertThat(entering(few, "rosa")).isEqualTo(429);
      assertThat(entering(few, "ada")).isEqualTo(101);
    }
  }

  @Test
  void one_address_has_so_many_connections_and_gets_them_back() {
    try (var few = new TestCalls(FEW, Origins.SAME_HOST)) {
      List<TestCalls.Client> clients = new ArrayList<>();
      for (int i = 0; i < FEW.socketsPerAddressMax(); i++) {
        clients.add(few.enter(CallId.random(), "p" + i, CLINICIAN));
      }
      assertThat(entering(few, "one more")).isEqualTo(429);

      clients.getFirst().say("{'type':'leave','seq':1}");
      clients.getFirst().closed();
      while (few.server.sockets() == FEW.socketsPerAddressMax()) {
        Thread.onSpinWait();
      }

      assertThat(entering(few, "one more")).isEqualTo(101);
    }
  }

  @Test
  void a_full_server_says_so() {
    var limits = FEW.behindProxy();
    try (var few = new TestCalls(limits, Origins.SAME_HOST)) {
      for (int i = 0; i < limits.socketsMax(); i++) {
        few.enter(CallId.random(), "p" + i, CLINICIAN);
      }
      assertThat(entering(few, "one more")).isEqualTo(503);
    }
  }

  private int entering(TestCalls server, String person) {
    String ticket = server.ticket(call, person, CLINICIAN, AdmissionMode.DIRECT);
    try (var peer = new RawPeer(server.port)) {
      return peer.bytes(RawPeer.request("consilium.v1, ticket." + ticket)).answer().status();
    }
  }

  // ---- half open -------------------------------------------------------------------------------

  @Test
  void a_request_that_does_not_come_is_not_waited_for() {
    try (var hasty = new TestCalls(SignalLimits.DEFAULT, Origins.SAME_HOST, HEAD_TIME_MAX);
        var silent = new RawPeer(hasty.port);
        var dribbling = new RawPeer(hasty.port)) {
      String request = RawPeer.request("consilium.v1, ticket.x", "X: " + "x".repeat(4000));
      var dribble =
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < request.length() && !Thread.interrupted(); i++) {
              dribbling.bytes(request.substring(i, i + 1));
              java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
          });
      silent.ended();
      assertThat(dribbling.answer().status()).isZero();
      dribble.interrupt();
    }
  }

  @Test
  void a_connection_in_use_outlives_the_time_for_a_request() {
    try (var hasty = new TestCalls(SignalLimits.DEFAULT, Origins.SAME_HOST, HEAD_TIME_MAX);
        var silent = new RawPeer(hasty.port)) {
      var rosa = hasty.enter(call, "rosa", CLINICIAN);
      silent.ended(); // As long as the time for a request, begun after rosa's.
      rosa.say("{'type':'ping'}");
      assertThat(rosa.hear().get("type").asText()).isEqualTo("pong");
    }
  }

  @Test
  void one_who_goes_while_the_ticket_is_looked_up_leaves_nothing_behind() {
    calls.held.put("slow", Promise.promise());
    int before = calls.server.sockets();
    try (var peer = new RawPeer(calls.port)) {
      peer.bytes(RawPeer.request("consilium.v1, ticket.slow"));
      while (calls.server.sockets() == before) {
        Thread.onSpinWait();
      }
    }
    calls.enter(CallId.random(), "the cut is noticed before this", CLINICIAN).cut();
    calls
        .held
        .get("slow")
        .complete(Optional.of(calls.admission(call, "mallory", CLINICIAN, AdmissionMode.DIRECT)));

    long giveUp = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (calls.server.sockets() > before && System.nanoTime() < giveUp) {
      Thread.onSpinWait();
    }
    assertThat(calls.server.sockets()).isLessThanOrEqualTo(before);
  }
}
