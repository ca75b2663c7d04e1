package org.consilium.signaling.relay.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.consilium.signaling.relay.IceServer;
import org.consilium.signaling.relay.room.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the protocol's folder are what this server reads and writes. */
class ProtocolExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-03-02T09:15:00.250Z");
  private static final Instant SINCE = Instant.parse("2026-03-02T09:14:58Z");
  private static final List<IceServer> ICE =
      List.of(
          new IceServer(List.of("stun:turn.example.org:3478"), null, null),
          new IceServer(
              List.of("turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:443"),
              "1772446500:8a1e0c11",
              "kq0Zc0l1d0d3b3JkIGlzIG5vdA=="));

  private static final List<String> SPECIALIST = List.of("specialist", "interpreter", "observer");
  private static final List<String> INTERPRETER = List.of("interpreter", "observer");

  private static final Participant ROSA =
      new Participant(
          1,
          1,
          "Rosa Quispe",
          "clinician",
          List.of("clinician", "interpreter", "observer"),
          true,
          true,
          SINCE,
          "{\"audio\":true,\"video\":true}");
  private static final Participant ADA =
      new Participant(2, 1, "Dr Ada Obi", "specialist", SPECIALIST, true, true, SINCE, null);
  private static final Participant MEI =
      new Participant(3, 1, "Mei Lin", "interpreter", INTERPRETER, false, true, SINCE, null);

  private static final SocketMessage.Self ADA_SELF =
      new SocketMessage.Self(2, 1, "Dr Ada Obi", "specialist", SPECIALIST, true, "admitted");
  private static final SocketMessage.Self MEI_SELF =
      new SocketMessage.Self(3, 1, "Mei Lin", "interpreter", INTERPRETER, false, "waiting");

  private static final Map<String, byte[]> WRITTEN =
      Map.ofEntries(
          Map.entry(
              "server-welcome",
              welcome(false, false, ADA_SELF, 0, 0, List.of(ROSA), List.of(MEI), ICE)),
          Map.entry(
              "server-welcome-waiting",
              welcome(false, false, MEI_SELF, 0, 0, List.of(), List.of(), List.of())),
          Map.entry(
              "server-welcome-resumed",
              welcome(true, false, ADA_SELF, 41, 17, List.of(ROSA), List.of(), ICE)),
          Map.entry(
              "server-welcome-restored",
              welcome(false, true, ADA_SELF, 0, 0, List.of(ROSA), List.of(), ICE)),
          Map.entry("server-joined", new ServerMessage.Joined(ADA).stamped(1, AT)),
          Map.entry("server-left", new ServerMessage.Left(3, "left").stamped(2, AT)),
          Map.entry("server-away", new ServerMessage.Away(2, AT.plusSeconds(180)).stamped(3, AT)),
          Map.entry("server-back", new ServerMessage.Back(ADA, true).stamped(4, AT)),
          Map.entry("server-waiting", new ServerMessage.Waiting(MEI).stamped(5, AT)),
          Map.entry(
              "server-admitted",
              new ServerMessage.Admitted(1, List.of(ROSA, ADA), List.of(), ICE).stamped(1, AT)),
          Map.entry("server-refused", new ServerMessage.Refused(1).stamped(1, AT)),
          Map.entry("server-role", new ServerMessage.Role(3, "observer", false, 1).stamped(14, AT)),
          Map.entry(
              "server-role-kept",
              new ServerMessage.Role(2, "specialist", true, null).stamped(15, AT)),
          Map.entry("server-ended", new ServerMessage.Ended("host", 1).stamped(9, AT)),
          Map.entry("server-error", ErrorCode.NO_SUCH_SEAT.about(12).bytes()),
          Map.entry("server-pong", new SocketMessage.Pong(17, AT, null).bytes()),
          Map.entry("server-pong-renewing", new SocketMessage.Pong(18, AT, ICE).bytes()),
          Map.entry("server-description", relayed("client-description", 6)),
          Map.entry("server-candidate", relayed("client-candidate", 7)),
          Map.entry("server-restart", relayed("client-restart", 8)),
          Map.entry("server-chat", relayed("client-chat", 9)),
          Map.entry("server-media", relayed("client-media", 10)),
          Map.entry("server-mute", relayed("client-mute", 11)),
          Map.entry("server-drawing", relayed("client-drawing", 12)),
          Map.entry("server-quality", relayed("client-quality", 13)));

  static Stream<String> serverExamples() {
    return WRITTEN.keySet().stream().sorted();
  }

  static Stream<String> clientExamples() {
    return names().filter(name -> name.startsWith("client-"));
  }

  @ParameterizedTest
  @MethodSource("serverExamples")
  void the_server_writes_the_example(String name) throws IOException {
    assertThat(JSON.readTree(WRITTEN.get(name))).isEqualTo(example(name));
  }

  @ParameterizedTest
  @MethodSource("clientExamples")
  void the_server_reads_the_example(String name) throws IOException {
    JsonNode example = example(name);
    ClientMessage message = read(name);

    assertThat(message.type().text()).isEqualTo(example.get("type").asText());
    assertThat(message.seq()).isEqualTo(example.path("seq").asLong(ClientMessage.ABSENT));
    assertThat(message.to()).isEqualTo(example.path("to").asLong(ClientMessage.ABSENT));
    assertThat(message.epoch()).isEqualTo(example.path("epoch").asLong(ClientMessage.ABSENT));
    assertThat(message.seat()).isEqualTo(example.path("seat").asLong(ClientMessage.ABSENT));
    assertThat(message.ack()).isEqualTo(example.path("ack").asLong(ClientMessage.ABSENT));
    if (example.has("body")) {
      assertThat(JSON.readTree(message.raw(), message.bodyFrom(), message.bodyLength()))
          .isEqualTo(example.get("body"));
      assertThat(message.bodyLength()).isLessThanOrEqualTo(message.type().bodyBytesMax());
    } else {
      assertThat(message.bodyLength()).isZero();
    }
  }

  @Test
  void every_example_is_looked_at_and_every_type_has_one() {
    assertThat(names().filter(name -> name.startsWith("server-")))
        .containsExactlyInAnyOrderElementsOf(WRITTEN.keySet());
    assertThat(clientExamples().map(name -> read(name).type()))
        .containsAll(Arrays.asList(ClientType.values()));
  }

  private static byte[] welcome(
      boolean resumed,
      boolean restored,
      SocketMessage.Self self,
      long seq,
      long accepted,
      List<Participant> participants,
      List<Participant> waiting,
      List<IceServer> ice) {
    return new SocketMessage.Welcome(
            Room.PROTOCOL,
            resumed,
            restored,
            "01958c2a-5b00-7c3e-9d41-6f2b8a1e0c11",
            "01958c29-1100-7b6a-8c20-3d5e7f9a1b22",
            self,
            "u1Xo3mV0x2b4c6d8e0f1g3h5i7j9k1l3m5n7o9p1q3r",
            seq,
            accepted,
            participants,
            waiting,
            ice,
            180,
            Room.HEARTBEAT)
        .bytes();
  }

  private static byte[] relayed(String clientExample, long seq) {
    return ServerMessage.relayed(read(clientExample), seq, AT, 1);
  }

  private static ClientMessage read(String name) {
    return ((HeadReader.Result.Read) HeadReader.read(bytes(name))).message();
  }

  private static JsonNode example(String name) throws IOException {
    return JSON.readTree(bytes(name));
  }

  private static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder().resolve(name + ".json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<String> names() {
    return Arrays.stream(Objects.requireNonNull(folder().toFile().list()))
        .map(file -> file.replace(".json", ""))
        .sorted();
  }

  private static Path folder() {
    try {
      var url = ProtocolExamplesTest.class.getResource("/protocol/" + Room.PROTOCOL);
      return Path.of(Objects.requireNonNull(url).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
