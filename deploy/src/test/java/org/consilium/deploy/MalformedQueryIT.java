package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What somebody types into an address is not a fault of the server: every query parameter of every
 * contract is given nonsense of its kind, and the answer is 400 and names the parameter. A
 * parameter added to a contract is in this test without a line here.
 */
class MalformedQueryIT {
  /** What no program should send, whatever the kind. */
  private static final List<String> ODD = List.of("nonsense", "'", "\u0000", "☃", "-1e999999");

  private static CareWorld care;
  private static JsonNode contract;
  private static String consult;
  private static final Map<Role, TestPerson> people = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() throws Exception {
    care = new CareWorld();
    consult = care.accepted().toString();
    people.put(Role.CLINICIAN, care.clinician);
    people.put(Role.SCHEDULER, care.scheduler);
    people.put(Role.SPECIALIST, care.ines);
    people.put(Role.DATA_OFFICER, care.officer);
    try (var http = HttpClient.newHttpClient()) {
      var published = HttpRequest.newBuilder(care.http.url("/api/v1/openapi.json")).build();
      contract = Json.MAPPER.readTree(http.send(published, BodyHandlers.ofByteArray()).body());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  @TestFactory
  Stream<DynamicTest> nonsense_in_a_query_is_refused_by_name() {
    return contract.path("paths").properties().stream()
        .flatMap(path ->
            path.getValue().properties().stream()
                .flatMap(method -> tests(path.getKey(), method.getKey(), method.getValue())));
  }

  private static Stream<DynamicTest> tests(String path, String method, JsonNode operation) {
    var parameters =
        StreamSupport.stream(operation.path("parameters").spliterator(), false)
            .map(MalformedQueryIT::resolved)
            .filter(parameter -> parameter.path("in").asText().equals("query"))
            .toList();
    return parameters.stream()
        .map(parameter ->
            dynamicTest(
                operation.path("operationId").asText() + " " + parameter.path("name").asText(),
                () -> check(path, method, operation, parameters, parameter)));
  }

  private static void check(
      String path, String method, JsonNode operation, List<JsonNode> all, JsonNode parameter) {
    var name = parameter.path("name").asText();
    var schema = resolved(parameter.path("schema"));
    boolean isText = isFreeText(schema);
    for (var value : nonsense(schema)) {
      var query = new HashMap<String, String>();
      all.stream()
          .filter(other -> other.path("required").asBoolean())
          .forEach(other -> query.put(other.path("name").asText(), sound(other)));
      query.put(name, value);
      var reply = call(path, method, operation, query);
      if (isText) {
        assertThat(reply.status()).as(name + "=" + value + " " + reply.body()).isLessThan(500);
        continue;
      }
      assertThat(reply.status()).as(name + "=" + value + " " + reply.body()).isEqualTo(400);
      assertThat(reply.body().path("errors").findValuesAsText("pointer"))
          .as(name + "=" + value + " " + reply.body())
          .containsExactly("/" + name);
    }
  }

  /** Anything may stand in it, as far as the contract says. */
  private static boolean isFreeText(JsonNode schema) {
    return schema.path("type").asText().equals("string")
        && !schema.has("format")
        && !schema.has("enum")
        && !schema.has("pattern");
  }

  private static List<String> nonsense(JsonNode schema) {
    var own =
        switch (schema.path("type").asText() + " " + schema.path("format").asText()) {
          case "string date-time" ->
              List.of("2026-13-45T99:99:99Z", "2026-03-01", "+999999999-01-01T00:00:00Z");
          case "string date" -> List.of("2026-02-30", "2026-3-1", "20260301");
          case "string uuid" -> List.of("00000000", "1-2-3-4", "0".repeat(36));
          case "integer " -> List.of("2.5", "99999999999", "1e9", "0x10", "1e999999999");
          case "boolean " -> List.of("maybe", "1");
          default -> List.<String>of();
        };
    return Stream.concat(ODD.stream(), own.stream()).toList();
  }

  /** What the contract takes, for parameters that must be there. */
  private static String sound(JsonNode parameter) {
    var schema = resolved(parameter.path("schema"));
    if (schema.has("enum")) {
      return schema.at("/enum/0").asText();
    }
    return switch (schema.path("type").asText() + " " + schema.path("format").asText()) {
      case "string date-time" -> "2026-03-02T09:00:00Z";
      case "string date" -> "2026-03-02";
      case "string uuid" -> consult;
      case "integer " -> schema.path("minimum").asText("1");
      case "boolean " -> "true";
      default -> consult;
    };
  }

  private static Reply call(
      String path, String method, JsonNode operation, Map<String, String> query) {
    var text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .reduce((one, other) -> one + "&" + other)
            .orElseThrow();
    var role = Wire.parse(Role.class, operation.at("/x-access/0").asText("scheduler"));
    var who =
        people.computeIfAbsent(
            role, r -> care.world.person("Some " + r, care.clinics, r, care.olkeri, "UTC"));
    var address = path.replaceAll("\\{[^}]+}", consult) + "?" + text;
    var client = care.http.as(who);
    return switch (method) {
      case "get" -> client.get(address);
      case "delete" -> client.delete(address);
      case "post" ->
          client.post(address, ForeignOrganisationIT.body(operation.path("operationId").asText()));
      default -> throw new AssertionError(method + " takes a query: say here how it is sent");
    };
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
  }
}
