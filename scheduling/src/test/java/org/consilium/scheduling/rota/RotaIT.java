package org.consilium.scheduling.rota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RotaIT {
  private static final LocalDate TODAY = LocalDate.ofInstant(TestPlatform.START, ZoneOffset.UTC);
  private static Network net;
  private static TestPerson ada;
  private static TestPerson ben;
  private static TestPerson cai;

  @BeforeAll
  static void start() {
    net = new Network();
    net.world.platform().events().on(ShiftsUncovered.class, "test", (_, _) -> {});
    ada = net.specialist("Ada Osei", "dermatology", "en");
    ben = net.specialist("Ben Costa", "dermatology", "en");
    cai = net.specialist("Cai Lund", "cardiology", "en");
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  @Test
  void a_rota_is_laid_out_read_by_the_duty_board_and_follows_leave() {
    var dan = net.specialist("Dan Abara", "dermatology", "en");
    var eve = net.specialist("Eve Holm", "dermatology", "en");
    var rota = rota("Leave", false, List.of(dan, eve));
    assertThat(shifts(rota).getFirst().at("/person/name").asText()).isEqualTo("Dan Abara");
    assertThat(shifts(rota).getFirst().path("state").asText()).isEqualTo("published");
    assertThat(shifts(rota).getLast().path("state").asText()).isEqualTo("planned");
    var board = net.http.as(net.coordinator).get("/volunteers?kind=specialist").body();
    assertThat(
            each(board.path("items"))
                .filter(v -> v.path("onCallNow").asBoolean())
                .map(v -> v.path("name").asText()))
        .contains("Dan Abara");

    var away = TODAY.plusDays(1).toString();
    assertThat(saveHours(dan, List.of(Map.of("kind", "away", "date", away))).status())
        .isEqualTo(200);
    var standIn = shifts(rota).stream().filter(s -> s.path("state").asText().equals("covered"));
    assertThat(standIn)
        .singleElement()
        .satisfies(s -> assertThat(s.at("/person/name").asText()).isEqualTo("Eve Holm"));
    assertThat(saveHours(eve, List.of(Map.of("kind", "away", "date", away))).status())
        .isEqualTo(200);
    assertThat(shifts(rota)).anyMatch(s -> s.path("state").asText().equals("gap"));
  }

  @Test
  void who_goes_leaves_a_gap_at_once_and_who_comes_back_is_on_call_again() {
    var kim = net.specialist("Kim Aalto", "neurology", "en");
    var rota = rota("Standing", "neurology", false, 0, List.of(kim));
    assertThat(shifts(rota)).noneMatch(RotaIT::isGap);
    net.asServer(tx ->
        net.scheduling
            .volunteers()
            .pause(tx, kim.id(), Optional.empty(), Optional.of("A child is born.")));
    assertThat(shifts(rota).stream().filter(s -> !isPast(s))).allMatch(RotaIT::isGap);
    var told = uncovered(rota);
    assertThat(told).as("one act, one event").hasSize(1);
    assertThat(told.getFirst())
        .as("also what lies weeks off")
        .isEqualTo(shifts(rota).stream().filter(RotaIT::isGap).count());
    net.asServer(tx -> net.scheduling.volunteers().resume(tx, kim.id()));
    assertThat(shifts(rota).stream().filter(s -> !isPast(s))).noneMatch(RotaIT::isGap);

    var yesterday = TODAY.minusDays(1);
    net.asServer(tx -> {
      tx.run(
          "UPDATE scheduling.volunteer_licence SET valid_until = $2 WHERE account_id = $1",
          kim.id(),
          yesterday);
    });
    net.scheduling.credentials().runDue();
    assertThat(shifts(rota).stream().filter(s -> !isPast(s))).allMatch(RotaIT::isGap);
  }

  /** How many gaps each event about the rota names. */
  private static List<Long> uncovered(String rota) {
    return net.world
        .platform()
        .database()
        .asWorker(tx ->
            tx.list(
                """
                SELECT jsonb_array_length(body -> 'gaps')::bigint AS n FROM platform.outbox_event
                 WHERE name = 'ShiftsUncovered' AND body -> 'gaps' -> 0 ->> 'rota' = $1
                """,
                row -> row.getLong("n"),
                rota));
  }

  private static boolean isGap(JsonNode shift) {
    return shift.path("state").asText().equals("gap");
  }

  private static boolean isPast(JsonNode shift) {
    return !Instant.parse(shift.path("end").asText()).isAfter(net.world.clock().instant());
  }

  @Test
  void laying_out_again_keeps_every_row_and_only_goes_further() {
    var rota = rota("Again", false, List.of(ada));
    var ids = shifts(rota).stream().map(s -> s.path("id").asText()).toList();
    net.asServer(tx -> tx.run("UPDATE scheduling.rota SET laid_at = NULL"));
    net.scheduling.rotas().runDue();
    assertThat(shifts(rota).stream().map(s -> s.path("id").asText())).containsAll(ids);
  }

  @Test
  void the_first_of_many_takers_wins_and_the_shift_is_swapped() throws Exception {
    var giver = net.specialist("Gia Rossi", "radiology", "en");
    var takers = new ArrayList<TestPerson>();
    for (int i = 0; i < 8; i++) {
      takers.add(net.specialist("Taker " + i, "radiology", "en"));
    }
    var rota = rota("Race", "radiology", false, 0, List.of(giver));
    var shift = own(giver, 2);
    var offered =
        net.http.as(giver).post("/shift-swaps", Map.of("shiftId", shift.path("id").asText()));
    assertThat(offered.status()).isEqualTo(201);
    assertThat(
            net.http
                .as(giver)
                .post("/shift-swaps", Map.of("shiftId", shift.path("id").asText()))
                .code())
        .isEqualTo("swap-offered");
    var path = "/shift-swaps/" + offered.body().path("id").asText() + "/acceptance";
    var together = new CyclicBarrier(takers.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var acts = new ArrayList<Callable<Integer>>();
      for (var taker : takers) {
        acts.add(() -> {
          together.await();
          return net.http.as(taker).post(path).status();
        });
      }
      var statuses = new ArrayList<Integer>();
      for (var done : threads.invokeAll(acts)) {
        statuses.add(done.get());
      }
      assertThat(statuses).containsOnlyOnce(200);
      assertThat(statuses.stream().filter(s -> s == 409)).hasSize(takers.size() - 1);
    }
    assertThat(shifts(rota).stream().filter(s -> s.path("state").asText().equals("swapped")))
        .singleElement()
        .satisfies(s -> assertThat(s.at("/person/name").asText()).startsWith("Taker "));
    var history = net.http.as(net.coordinator).get("/shift-swaps").body().path("items");
    assertThat(history.findValuesAsText("state")).contains("done");
  }

  @Test
  void a_part_goes_to_a_named_colleague_and_waits_for_approval_where_asked() {
    var giver = net.specialist("Hal Berg", "neurology", "en");
    var taker = net.specialist("Ida Moor", "neurology", "en");
    var rota = rota("Approval", "neurology", true, 0, List.of(giver));
    var shift = own(giver, 3);
    var start = Instant.parse(shift.path("start").asText());
    var body = new HashMap<String, Object>();
    body.put("shiftId", shift.path("id").asText());
    body.put("end", start.plus(Duration.ofHours(6)).toString());
    body.put("toId", cai.id().toString());
    var refused = net.http.as(giver).post("/shift-swaps", body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/pointer").asText()).isEqualTo("/toId");
    assertThat(refused.body().at("/errors/0/detail").asText())
        .isEqualTo("This shift is of another field than Cai Lund's.");
    body.put("toId", taker.id().toString());
    var id = net.http.as(giver).post("/shift-swaps", body).body().path("id").asText();
    assertThat(net.http.as(ada).post("/shift-swaps/" + id + "/acceptance").status()).isEqualTo(404);
    var taken = net.http.as(taker).post("/shift-swaps/" + id + "/acceptance").body();
    assertThat(taken.path("state").asText()).isEqualTo("waiting");
    assertThat(shifts(rota)).noneMatch(s -> s.path("state").asText().equals("swapped"));
    var decision = "/shift-swaps/" + id + "/decision";
    var stranger =
        net.world.person(
            "Pat", net.world.organisation("Elsewhere", "clinic-network"), Role.SCHEDULER);
    assertThat(net.http.as(stranger).post(decision, Map.of("approved", true)).status())
        .isEqualTo(404);
    var away = Map.<String, Object>of("kind", "away", "date", start.toString().substring(0, 10));
    saveHours(taker, List.of(away));
    var late = net.http.as(net.coordinator).post(decision, Map.of("approved", true));
    assertThat(late.code()).isEqualTo("swap-on-leave");
    assertThat(late.body().path("detail").asText())
        .startsWith("Ida Moor is on leave in part of this time");
    saveHours(taker, List.of());
    assertThat(net.http.as(net.coordinator).post(decision, Map.of("approved", true)).status())
        .isEqualTo(200);
    assertThat(shifts(rota).stream().filter(s -> s.path("state").asText().equals("swapped")))
        .singleElement()
        .satisfies(
            s -> assertThat(s.path("end").asText()).isEqualTo(start.plusSeconds(21600).toString()));
    assertThat(net.http.as(net.coordinator).post(decision, Map.of("approved", false)).code())
        .isEqualTo("swap-decided");
  }

  @Test
  void a_swap_needs_the_field_and_rest_and_may_be_taken_back() {
    var giver = net.specialist("Jon Field", "burns", "en");
    var rota = rota("Rest", "burns", false, 24, List.of(giver));
    var id =
        net.http
            .as(giver)
            .post("/shift-swaps", Map.of("shiftId", own(giver, 4).path("id").asText()))
            .body()
            .path("id")
            .asText();
    assertThat(net.http.as(cai).post("/shift-swaps/" + id + "/acceptance").status()).isEqualTo(404);
    assertThat(net.http.as(giver).post("/shift-swaps/" + id + "/withdrawal").status())
        .isEqualTo(200);
    assertThat(net.http.as(giver).post("/shift-swaps/" + id + "/withdrawal").status())
        .isEqualTo(409);
    assertThat(shifts(rota)).noneMatch(s -> s.path("state").asText().equals("swapped"));
  }

  @Test
  void a_scheduler_overrides_edits_and_nobody_elses_rota() {
    var rota = rota("Edit", false, List.of(ada));
    var planner = net.http.as(net.coordinator);
    var from = TestPlatform.START.plus(Duration.ofDays(1));
    var override =
        Map.of(
            "layer", "primary",
            "start", from.toString(),
            "end", from.plus(Duration.ofHours(4)).toString(),
            "specialistId", ben.id().toString());
    var plan = planner.post("/rotas/" + rota + "/overrides", override).body();
    assertThat(plan.at("/overrides/0/person/name").asText()).isEqualTo("Ben Costa");
    var dropped = "/rotas/" + rota + "/overrides/" + plan.at("/overrides/0/id").asText();
    assertThat(planner.delete(dropped).status()).isEqualTo(204);
    assertThat(planner.delete(dropped).status()).isEqualTo(404);
    assertThat(shifts(rota)).noneMatch(s -> s.path("state").asText().equals("covered"));
    assertThat(planner.put("/rotas/" + rota, 7, draft("x", "burns", false, 8, List.of())).code())
        .isEqualTo("edited-elsewhere");
    var nonsense = draft("x", "alchemy", false, 8, List.of());
    assertThat(planner.put("/rotas/" + rota, 1, nonsense).status()).isEqualTo(422);
    assertThat(planner.get("/rotas").body().path("items").findValuesAsText("name"))
        .contains("Edit");
  }

  @Test
  void a_shift_is_moved_under_the_rules_and_the_move_undone() {
    var kay = net.specialist("Kay Amsel", "urology", "en");
    var lea = net.specialist("Lea Brandt", "urology", "en");
    var rota = rota("Move", "urology", false, 8, List.of(kay, lea));
    var planner = net.http.as(net.coordinator);
    var before = shifts(rota);
    var second = before.get(1);
    var start = Instant.parse(second.path("start").asText());
    var end = Instant.parse(second.path("end").asText());
    var path = "/rotas/" + rota + "/shifts/" + second.path("id").asText() + "/move";

    var later = planner.post(path, to(start.plusSeconds(7200), end.plusSeconds(7200), lea));
    assertThat(later.status()).as(later.body().toString()).isEqualTo(200);
    assertThat(who(rota, start.plusSeconds(60))).isEqualTo("Kay Amsel");
    assertThat(who(rota, start.plusSeconds(7260))).isEqualTo("Lea Brandt");
    assertThat(who(rota, end.plusSeconds(60))).isEqualTo("Lea Brandt");
    assertThat(planner.post("/rotas/" + rota + "/undo", ids(later)).status()).isEqualTo(204);
    assertThat(planner.post("/rotas/" + rota + "/undo", ids(later)).status()).isEqualTo(404);
    assertThat(shifts(rota).stream().map(s -> s.path("start").asText()))
        .isEqualTo(before.stream().map(s -> s.path("start").asText()).toList());

    path = "/rotas/" + rota + "/shifts/" + shifts(rota).get(1).path("id").asText() + "/move";
    var otherField = planner.post(path, to(start, end, cai));
    assertThat(otherField.status()).isEqualTo(409);
    assertThat(otherField.body().path("detail").asText())
        .isEqualTo("This shift is of another field than Cai Lund's.");
    var mia = net.specialist("Mia Dorn", "urology", "en");
    var away = LocalDate.ofInstant(start, ZoneOffset.UTC).plusDays(2).toString();
    saveHours(mia, List.of(Map.of("kind", "away", "date", away)));
    assertThat(planner.post(path, to(start, end, mia)).code()).isEqualTo("rota-on-leave");
    planner.post("/on-call-shifts", shift(mia, start.minus(Duration.ofHours(6))));
    assertThat(planner.post(path, to(start, start.plus(Duration.ofHours(8)), mia)).code())
        .isEqualTo("rota-no-rest");
    assertThat(
            planner
                .post(path, to(start.plusSeconds(21600), start.plusSeconds(86400), mia))
                .status())
        .isEqualTo(200);
    assertThat(planner.post(path, to(TestPlatform.START.minusSeconds(60), end, kay)).status())
        .isEqualTo(404);
  }

  @Test
  void a_shift_planned_by_hand_can_be_moved_but_not_over_another() {
    var planner = net.http.as(net.coordinator);
    var start = TestPlatform.START.plus(Duration.ofDays(40));
    var first = planner.post("/on-call-shifts", shift(cai, start)).body().path("id").asText();
    planner.post("/on-call-shifts", shift(cai, start.plus(Duration.ofDays(1))));
    var moved = planner.put("/on-call-shifts/" + first, 0, times(start.plusSeconds(3600)));
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.body().path("start").asText()).isEqualTo(start.plusSeconds(3600).toString());
    assertThat(
            planner
                .put("/on-call-shifts/" + first, 0, times(start.plus(Duration.ofHours(23))))
                .code())
        .isEqualTo("shift-overlaps");
  }

  @Test
  void the_heat_map_counts_who_is_there_and_names_the_gaps() {
    net.submitted(Urgency.GREEN);
    var other = net.submitted(Urgency.GREEN);
    net.asServer(
        tx -> tx.run("UPDATE scheduling.consult SET specialty = 'oncology' WHERE id = $1", other));
    var planner = net.http.as(net.coordinator);
    var query = "?from=2026-03-09T00:00:00Z&weeks=1&specialty=dermatology&language=en";
    var heat = planner.get("/roster/heat-map" + query);
    assertThat(heat.status()).isEqualTo(200);
    var row = heat.body().at("/rows/0");
    assertThat(row.path("ground").asText()).isEqualTo("little");
    assertThat(row.path("reachable")).hasSize(168);
    assertThat(row.path("reachable").get(12).asInt()).isGreaterThan(1);
    var gaps = planner.get("/roster/gaps?weeks=4").body();
    assertThat(gaps.path("items")).isNotEmpty();
    assertThat(gaps.at("/items/0/sentence").asText())
        .isEqualTo("At any hour, Oncology in English: nobody");
    assertThat(gaps.path("unspoken").findValuesAsText("label")).contains("Swahili");
    assertThat(planner.get("/roster/gaps?from=never").status()).isEqualTo(400);
  }

  private static Map<String, Object> shift(TestPerson who, Instant start) {
    var shift = new HashMap<String, Object>(times(start));
    shift.put("specialistId", who.id().toString());
    return shift;
  }

  private static Map<String, Object> to(Instant start, Instant end, TestPerson who) {
    return Map.of(
        "start", start.toString(), "end", end.toString(), "specialistId", who.id().toString());
  }

  private static Map<String, Object> ids(Reply moved) {
    return Map.of(
        "overrideIds", each(moved.body().path("overrideIds")).map(JsonNode::asText).toList());
  }

  private static String who(String rota, Instant moment) {
    return shifts(rota).stream()
        .filter(s -> !Instant.parse(s.path("start").asText()).isAfter(moment))
        .filter(s -> Instant.parse(s.path("end").asText()).isAfter(moment))
        .findFirst()
        .map(s -> s.at("/person/name").asText())
        .orElseThrow();
  }

  private static Map<String, Object> times(Instant start) {
    return Map.of("start", start.toString(), "end", start.plus(Duration.ofHours(4)).toString());
  }

  private static String rota(String name, boolean approval, List<TestPerson> members) {
    return rota(name, "dermatology", approval, 8, members);
  }

  private static String rota(
      String name, String specialty, boolean approval, int rest, List<TestPerson> members) {
    var reply =
        net.http
            .as(net.coordinator)
            .post("/rotas", draft(name, specialty, approval, rest, members));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
    return reply.body().path("id").asText();
  }

  private static Map<String, Object> draft(
      String name, String specialty, boolean approval, int rest, List<TestPerson> members) {
    return Map.of(
        "name", name,
        "specialty", specialty,
        "language", "en",
        "zone", "Africa/Nairobi",
        "rotations",
            List.of(
                Map.of(
                    "layer",
                    "primary",
                    "from",
                    TODAY.minusDays(1).toString(),
                    "handOff",
                    "08:00",
                    "everyDays",
                    7,
                    "members",
                    members.stream().map(m -> m.id().toString()).toList())),
        "swapNeedsApproval", approval,
        "restHours", rest);
  }

  private static List<JsonNode> shifts(String rota) {
    var plan =
        net.http
            .as(net.coordinator)
            .get("/rotas/" + rota + "?days=60&from=" + TestPlatform.START)
            .body();
    return each(plan.path("shifts")).toList();
  }

  private static JsonNode own(TestPerson who, int index) {
    return net.http.as(who).get("/rota-shifts").body().path("items").get(index);
  }

  private static java.util.stream.Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Reply saveHours(TestPerson who, List<Map<String, Object>> exceptions) {
    var client = net.http.as(who);
    int version = client.get("/roster").body().path("version").asInt();
    return client.put(
        "/roster",
        version,
        Map.of(
            "hours",
            Map.of("zone", "UTC", "weekly", List.of(), "exceptions", exceptions),
            "weeklyCap",
            5,
            "redCalls",
            true));
  }
}
