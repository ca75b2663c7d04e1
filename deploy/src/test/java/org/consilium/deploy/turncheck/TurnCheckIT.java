package org.consilium.deploy.turncheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.consilium.deploy.turncheck.TurnCheck.Verdict;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.IceServer;
import org.consilium.signaling.turn.TurnConfig;
import org.consilium.signaling.turn.TurnCredentials;
import org.junit.jupiter.api.Test;

/** The operator's check and the program's credentials, against a real coturn. */
class TurnCheckIT {
  private static final String OPEN_RELAY =
      """
      listening-ip=127.0.0.1
      listening-ip=::1
      relay-ip=127.0.0.1
      relay-ip=::1
      realm=open.example.org
      use-auth-secret
      no-cli
      allow-loopback-peers
      max-allocate-lifetime=86400
      """;

  private record Result(int status, String table) {}

  private static Result check(int port, String secret) {
    var out = new ByteArrayOutputStream();
    int status =
        TurnCheck.run(
            new String[] {"turn:127.0.0.1:" + port, "turn:127.0.0.1:" + port + "?transport=tcp"},
            Map.of("CONSILIUM_TURN_SECRET", secret),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Result(status, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void the_shipped_configuration_is_closed_over_udp_and_tcp_and_reaches_public_peers() {
    try (var coturn = Coturn.start(ShippedConfiguration.onLoopback())) {
      var result = check(coturn.awaitPort(), Coturn.SECRET);
      assertThat(result.table())
          .doesNotContain("OPEN", "WRONG")
          .contains("closed to strangers and to private networks, and works")
          .containsPattern("to 10\\.0\\.0\\.1 .* refused \\(403\\)")
          .containsPattern("to ::ffff:127\\.0\\.0\\.1 .* refused \\(443\\)")
          .containsPattern("to 1\\.1\\.1\\.1 .* allowed")
          .containsPattern("expired credential .* refused \\(401\\)")
          .containsPattern("wrong secret .* refused \\(401\\)")
          .containsPattern("an allocation on IPv6 .* refused \\(440\\)")
          .containsPattern("relay of TCP connections .* refused \\(442\\)")
          .contains("refused (486) after 48");
      assertThat(result.status()).isZero();
    }
  }

  @Test
  void a_relay_left_as_it_comes_is_open() {
    try (var coturn = Coturn.start(OPEN_RELAY)) {
      var result = check(coturn.awaitPort(), Coturn.SECRET);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.table())
          .contains("This relay is OPEN")
          .containsPattern("OPEN +to 10\\.0\\.0\\.1 ")
          .containsPattern("OPEN +to 169\\.254\\.169\\.254 ")
          .containsPattern("WRONG +more allocations of one name .*no quota")
          .containsPattern("WRONG +how long it lasts at most .*86400");
    }
  }

  @Test
  void another_secret_than_the_relays_is_told() {
    try (var coturn = Coturn.start(ShippedConfiguration.onLoopback())) {
      var result = check(coturn.awaitPort(), "another secret of the operator");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.table())
          .containsPattern("WRONG +an allocation with a good credential +refused \\(401\\)")
          .contains("could not be seen")
          .doesNotContain("OPEN", "is closed");
    }
  }

  @Test
  void a_server_that_does_not_answer_is_no_closed_relay() {
    var nowhere = new TurnUrl("127.0.0.1", 9, TurnUrl.Transport.TCP);
    var findings = TurnCheck.check(nowhere, Coturn.SECRET, InstantSource.system());
    assertThat(findings).extracting(TurnCheck.Finding::verdict).containsExactly(Verdict.WRONG);
  }

  @Test
  void what_the_program_mints_lets_a_person_in_until_it_expires() throws IOException {
    try (var coturn = Coturn.start(ShippedConfiguration.onLoopback())) {
      int port = coturn.awaitPort();
      assertThat(allocate(port, minted(Duration.ZERO)).isSuccess()).isTrue();
      assertThat(allocate(port, minted(Duration.ofMinutes(61))).error()).isEqualTo(401);
    }
  }

  /** What a person was given that long ago. */
  private static IceServer minted(Duration ago) {
    var now = Instant.now().minus(ago);
    var config = new TurnConfig(List.of("turn:127.0.0.1"), Coturn.SECRET, Duration.ofHours(1));
    return new TurnCredentials(config, () -> now)
        .forPerson(
            new Admission(
                CallId.random(),
                ConsultId.random(),
                "rosa",
                "Rosa",
                CallRole.CLINICIAN,
                AdmissionMode.DIRECT,
                now.plus(Duration.ofHours(12))))
        .getFirst();
  }

  private static StunMessage allocate(int port, IceServer server) throws IOException {
    var url = new TurnUrl("127.0.0.1", port, TurnUrl.Transport.UDP);
    try (var client = TurnClient.connect(url, server.username(), server.credential())) {
      return client.allocateV4();
    }
  }

  @Test
  void it_says_how_it_is_used() {
    var out = new ByteArrayOutputStream();
    int status = TurnCheck.run(new String[0], Map.of(), new PrintStream(out, true));
    assertThat(status).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("CONSILIUM_TURN_SECRET");
  }
}
