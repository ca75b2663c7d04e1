package org.consilium.signaling.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.call.CallDesk.CallTicket;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the protocol's folder are what this server reads and writes. */
class PresenceExamplesTest {
  private static final String ID = "019cad00-0000-7000-8000-0000000000";
  private static final Instant AT = Instant.parse("2026-03-02T09:15:00.250Z");
  private static final PersonRef ROSA = new PersonRef(AccountId.parse(ID + "a1"), "Rosa Quispe");
  private static final PersonRef ADA = new PersonRef(AccountId.parse(ID + "a2"), "Dr Ada Obi");
  private static final SignIn PHONE = new SignIn(new UUID(0, 1), new MembershipId(new UUID(0, 2)));
  private static final SignIn DESKTOP =
      new SignIn(new UUID(0, 3), new MembershipId(new UUID(0, 2)));

  private static final Ring RINGING = ring(RingState.RINGING, Optional.empty(), Optional.empty());
  private static final Ring ANSWERED =
      ring(RingState.ANSWERED, Optional.empty(), Optional.of(PHONE.id()));
  private static final Ring DECLINED =
      ring(RingState.DECLINED, Optional.of(DeclineReason.BUSY), Optional.empty());
  private static final Ring OFFER =
      new Ring(
          RingId.parse(ID + "02"),
          RingKind.OFFER,
          ConsultId.parse(ID + "c1"),
          Optional.of(OfferId.parse(ID + "f1")),
          Optional.empty(),
          ADA,
          Optional.of("red"),
          Optional.of("neonatology"),
          RingState.RINGING,
          Optional.empty(),
          Instant.parse("2026-03-02T09:14:50Z"),
          Instant.parse("2026-03-02T09:16:50Z"),
          Optional.empty(),
          Optional.empty(),
          false);

  private static final Map<String, PresenceMessage> WRITTEN =
      Map.of(
          "server-present",
          new PresenceMessage.Present(
              ADA.id(), List.of(RINGING), List.of(), 2, PresenceMessage.HEARTBEAT, AT),
          "server-ring",
          PresenceMessage.about(RINGING, ADA.id(), PHONE, AT),
          "server-ring-offer",
          PresenceMessage.about(OFFER, ADA.id(), PHONE, AT),
          "server-ring-ended",
          PresenceMessage.about(ANSWERED, ADA.id(), DESKTOP, AT),
          "server-ring-ended-busy",
          PresenceMessage.about(DECLINED, ROSA.id(), DESKTOP, AT),
          "server-ring-answered",
          new PresenceMessage.RingAnswered(
              ANSWERED,
              Optional.of(
                  new CallTicket(
                      "xJ0uYx2eC1V5",
                      "wss://consilium.example.org/signal",
                      AT.plusSeconds(60),
                      CallRole.SPECIALIST,
                      List.of(CallRole.OBSERVER),
                      AdmissionMode.DIRECT)),
              AT),
          "server-error",
          new PresenceMessage.Error(
              "ring-not-found", "There is no such ring for you.", Optional.of(RINGING.id())),
          "server-pong",
          new PresenceMessage.Pong(AT));

  private static final Map<String, ClientWord> READ =
      Map.of(
          "client-ping",
          new ClientWord.Ping(),
          "client-ring-answer",
          new ClientWord.Answer(RINGING.id()),
          "client-ring-decline",
          new ClientWord.Decline(RINGING.id(), DeclineReason.NOT_NOW));

  private static Ring ring(
      RingState state, Optional<DeclineReason> reason, Optional<UUID> answeredBy) {
    return new Ring(
        RingId.parse(ID + "01"),
        RingKind.CALL,
        ConsultId.parse(ID + "c1"),
        Optional.empty(),
        Optional.of(ROSA),
        ADA,
        Optional.of("red"),
        Optional.of("neonatology"),
        state,
        reason,
        Instant.parse("2026-03-02T09:14:50Z"),
        Instant.parse("2026-03-02T09:15:35Z"),
        state == RingState.RINGING ? Optional.empty() : Optional.of(AT),
        answeredBy,
        false);
  }

  static Stream<Path> examples() throws IOException, URISyntaxException {
    var folder = PresenceExamplesTest.class.getResource("/protocol/consilium.v1-presence");
    try (var files = Files.list(Path.of(Objects.requireNonNull(folder).toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_is_what_the_server_writes_or_reads(Path file) throws IOException {
    var name = file.getFileName().toString().replace(".json", "");
    if (name.startsWith("server-")) {
      assertThat(Json.MAPPER.readTree(WRITTEN.get(name).json()))
          .isEqualTo(Json.MAPPER.readTree(Files.readAllBytes(file)));
    } else {
      assertThat(ClientWord.read(Files.readAllBytes(file))).isEqualTo(READ.get(name));
    }
  }

  @Test
  void every_message_has_an_example() throws Exception {
    assertThat(examples().map(file -> file.getFileName().toString().replace(".json", "")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(WRITTEN.keySet().stream(), READ.keySet().stream()).toList());
  }

  @Test
  void the_device_that_answered_reads_that_it_was_here() {
    assertThat(PresenceMessage.about(ANSWERED, ADA.id(), PHONE, AT))
        .isEqualTo(new PresenceMessage.RingEnded(ANSWERED, PresenceMessage.EndReason.ANSWERED, AT));
  }
}
