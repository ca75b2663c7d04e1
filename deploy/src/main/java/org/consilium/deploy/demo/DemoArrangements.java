package org.consilium.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.consilium.platform.http.Json;

/**
 * What people arrange around the consults, from {@code demo/arrangements.json}: rotas and rooms
 * before the first of them, applications, licences and hours kept free at the present.
 */
final class DemoArrangements {
  /** The file. */
  record Book(List<Arrangement> first, List<Arrangement> last) {}

  /**
   * One act by one person: exactly one of the two paths.
   *
   * @param body with {@code {account:e-mail}}, {@code {site:key}}, {@code {consult:key}} and {@code
   *     {now+PT2H}} where ids and moments belong; so has the path
   */
  record Arrangement(String by, Optional<String> post, Optional<String> put, JsonNode body) {}

  /** What stands for an id or a moment. */
  @FunctionalInterface
  interface Names {
    String find(String kind, String name);
  }

  private static final Pattern PLACE =
      Pattern.compile("\\{(account|site|consult|now)([:+])([^}]+)\\}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Enough for a colleague to see it in time. */
  private static final Duration SWAP_AHEAD = Duration.ofDays(3);

  private final DemoApi api;
  private final DemoClock clock;
  private final Names names;

  DemoArrangements(DemoApi api, DemoClock clock, Names names) {
    this.api = api;
    this.clock = clock;
    this.names = names;
  }

  void make(List<Arrangement> arrangements) {
    for (var one : arrangements) {
      var person = api.as(one.by());
      var body =
          Json.read(filled(one.body().toString()).getBytes(StandardCharsets.UTF_8), JsonNode.class);
      one.post().ifPresent(path -> person.post(filled(path), body));
      one.put().ifPresent(path -> person.put(filled(path), 0, body));
    }
  }

  private String filled(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(place ->
            place.group(1).equals("now")
                ? clock.instant().plus(Duration.parse(place.group(3))).toString()
                : names.find(place.group(1), place.group(3)));
  }

  /** Somebody cannot come, and whoever may take the shift is asked. */
  void offerShift(String giver) {
    api.as(giver).post("/shift-swaps", shift(giver));
  }

  /** The same, and the first of those named who may take it does; the scheduler has to agree. */
  void giveShift(String giver, List<String> takers) {
    var swap = api.as(giver).post("/shift-swaps", shift(giver)).get("id").asText();
    for (var taker : takers) {
      if (canTake(taker, swap)) {
        api.as(taker).post("/shift-swaps/" + swap + "/acceptance", NODES.objectNode());
        return;
      }
    }
  }

  private boolean canTake(String taker, String swap) {
    var swaps = api.as(taker).get("/shift-swaps").get("items");
    return StreamSupport.stream(swaps.spliterator(), false)
        .anyMatch(one -> one.get("id").asText().equals(swap) && one.get("canTake").asBoolean());
  }

  private ObjectNode shift(String giver) {
    var soonest = clock.instant().plus(SWAP_AHEAD);
    var shifts = api.as(giver).get("/rota-shifts").get("items");
    return StreamSupport.stream(shifts.spliterator(), false)
        .filter(shift -> shift.get("layer").asText().equals("primary"))
        .filter(shift -> Instant.parse(shift.get("start").asText()).isAfter(soonest))
        .findFirst()
        .map(shift -> NODES.objectNode().put("shiftId", shift.get("id").asText()))
        .orElseThrow(() -> new IllegalStateException(giver + " has no shift to give"));
  }
}
