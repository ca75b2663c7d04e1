package org.consilium.signaling.relay.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.room.Room;
import org.junit.jupiter.api.Test;

/**
 * {@code PROTOCOL.md}, the examples and the code name the same messages, errors and close codes:
 * each way round.
 */
class ProtocolPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLES =
      Path.of("src/main/resources/protocol").resolve(Room.PROTOCOL);
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  private final String page = read(Path.of("PROTOCOL.md"));

  @Test
  void every_message_of_the_server_has_an_example_and_a_row() {
    var types = new TreeSet<String>();
    for (var message : ServerMessage.class.getPermittedSubclasses()) {
      types.add(wire(message.getSimpleName()));
    }
    for (var message : SocketMessage.class.getPermittedSubclasses()) {
      types.add(wire(message.getSimpleName()));
    }
    for (var type : ClientType.values()) {
      if (type.delivery() == ClientType.Delivery.TO_ONE
          || type.delivery() == ClientType.Delivery.TO_ALL) {
        types.add(type.text());
      }
    }

    assertThat(firstWords("## 4. From the server")).isEqualTo(types);
    assertThat(typesOfExamples("server-")).isEqualTo(types);
  }

  @Test
  void every_message_of_a_client_has_an_example_and_a_row() {
    var types =
        Stream.of(ClientType.values())
            .map(ClientType::text)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(firstWords("## 5. From a client")).isEqualTo(types);
    assertThat(typesOfExamples("client-")).isEqualTo(types);
  }

  @Test
  void every_example_stands_on_the_page_and_every_one_named_there_is_a_file() {
    var named =
        QUOTED
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .filter(name -> name.matches("(client|server)-[a-z-]+"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).isEqualTo(new TreeSet<>(examples()));
  }

  @Test
  void every_error_has_an_example_and_a_row() throws IOException {
    var codes =
        Stream.of(ErrorCode.values())
            .map(ErrorCode::code)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(firstWords("## 6. Errors")).isEqualTo(codes);

    var written = Stream.of(ErrorCode.values()).map(code -> tree(code.about(12).bytes())).toList();
    assertThat(list("error-codes")).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void every_close_code_has_an_example_and_a_row() throws IOException {
    var closes =
        Stream.of(CloseCode.values())
            .map(code -> code.code() + " " + reason(code, "retry-ms=N"))
            .collect(Collectors.toSet());
    var rows =
        rows("## 7. Close codes").stream()
            .map(row -> row.get(0) + " " + row.get(1).replace("`", ""))
            .collect(Collectors.toSet());
    assertThat(rows).isEqualTo(closes);

    assertThat(list("close-codes"))
        .extracting(close -> close.get("code").asInt() + " " + close.get("reason").asText())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(CloseCode.values())
                .map(code -> code.code() + " " + reason(code, "retry-ms=3700"))
                .toList());
  }

  private static String reason(CloseCode code, String ofRestart) {
    return code == CloseCode.RESTART ? ofRestart : code.reason();
  }

  @Test
  void every_role_is_explained() {
    for (var role : CallRole.values()) {
      assertThat(page).contains("`" + role.text() + "`");
    }
  }

  /** {@code HandOver} is {@code hand-over}. */
  private static String wire(String simpleName) {
    return simpleName.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The names in the first column of a section's table. */
  private Set<String> firstWords(String heading) {
    return rows(heading).stream()
        .map(List::getFirst)
        .flatMap(cell -> QUOTED.matcher(cell).results().map(found -> found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The cells of the first table under a heading, without its head. */
  private List<List<String>> rows(String heading) {
    int from = page.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    int to = page.indexOf("\n## ", from + 1);
    return page.substring(from, to < 0 ? page.length() : to)
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
  }

  private static Set<String> typesOfExamples(String prefix) {
    return examples().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> tree(readBytes(name)).get("type").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> examples() {
    try (var files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> name.startsWith("client-") || name.startsWith("server-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> list(String name) throws IOException {
    return StreamSupport.stream(JSON.readTree(readBytes(name)).spliterator(), false).toList();
  }

  private static JsonNode tree(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] readBytes(String name) {
    try {
      return Files.readAllBytes(EXAMPLES.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
