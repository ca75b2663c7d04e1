package org.consilium.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookingIT {
  private static final Instant TOMORROW = TestPlatform.START.plus(Duration.ofDays(1));
  private static Network net;
  private static TestPerson ada;
  private static TestPerson zola;

  @BeforeAll
  static void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en");
    zola = net.interpreter("Zola Ekai", "en", "sw");
    net.asServer(
        tx -> net.scheduling.roster().save(tx, net.lodwar, Network.daily("09:00", "17:00")));
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  @BeforeEach
  void morning() {
    net.world.clock().set(TestPlatform.START);
    net.asServer(tx -> tx.run("UPDATE scheduling.booking SET cancelled = true"));
  }

  @Test
  void slots_are_where_everybody_is_there_with_notice_on_the_quarter() {
    var id = net.accepted(ada);
    net.world.clock().set(TestPlatform.START.plusSeconds(7 * 60));
    var alone = net.http.as(net.clinician).get("/consults/" + id + "/slots?days=1&minutes=30");
    assertThat(alone.status()).isEqualTo(200);
    assertThat(alone.body().path("people").findValuesAsText("role"))
        .containsExactly("specialist", "clinic");
    assertThat(alone.body().at("/people/1/zone").asText()).isEqualTo("Africa/Nairobi");
    var items = alone.body().path("items");
    assertThat(items.path(0).path("start").asText()).isEqualTo("2026-03-02T09:30:00Z");
    assertThat(items.findValuesAsText("end")).contains("2026-03-02T17:00:00Z");
    assertThat(items.findValuesAsText("end")).doesNotContain("2026-03-02T17:15:00Z");

    assertThat(net.http.as(net.clinician).get("/consults/" + id + "/slots?days=1.0").status())
        .as("a whole number, as the contract has it")
        .isEqualTo(200);

    var three =
        net.http
            .as(net.clinician)
            .get("/consults/" + id + "/slots?days=1&interpreterId=" + zola.id());
    assertThat(three.body().path("items").findValuesAsText("end"))
        .contains("2026-03-02T12:00:00Z")
        .doesNotContain("2026-03-02T12:15:00Z");
  }

  @Test
  void everybody_is_booked_at_once_and_the_interpreter_joins() {
    var id = net.accepted(ada);
    var booked = book(net.clinician, id, TOMORROW, zola);
    assertThat(booked.status()).isEqualTo(201);
    assertThat(booked.body().path("participants").findValuesAsText("name"))
        .containsExactlyInAnyOrder("Ada Osei", "Lodwar", "Zola Ekai");
    assertThat(net.consult(id).at("/summary/status").asText()).isEqualTo("booked");
    assertThat(net.consult(id).at("/summary/appointment/start").asText())
        .isEqualTo(TOMORROW.toString());
    assertThat(net.http.as(zola).get("/consults/" + id).status()).isEqualTo(200);
    for (var person : List.of(ada, zola, net.clinician, net.coordinator)) {
      assertThat(
              net.http.as(person).get("/appointments").body().path("items").findValuesAsText("id"))
          .contains(booked.body().path("id").asText());
    }
  }

  @Test
  void a_cancelled_appointment_frees_everybodys_time() {
    var id = net.accepted(ada);
    var booked = book(ada, id, TOMORROW, null);
    var path = "/appointments/" + booked.body().path("id").asText() + "/cancellation";
    var cancelled = net.http.as(net.clinician).post(path, Map.of("reason", "The road is flooded"));
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asText()).isEqualTo("cancelled");
    assertThat(net.consult(id).at("/summary/status").asText()).isEqualTo("accepted");
    assertThat(book(ada, id, TOMORROW, null).status()).isEqualTo(201);
  }

  @Test
  void the_interpreter_of_a_cancelled_appointment_sees_the_consult_no_more() {
    var id = net.accepted(ada);
    var first = book(ada, id, TOMORROW, zola).body().path("id").asText();
    var second = book(ada, id, TOMORROW.plusSeconds(3600), zola).body().path("id").asText();

    cancel(first);
    assertThat(net.http.as(zola).get("/consults/" + id).status()).as("still booked").isEqualTo(200);
    cancel(second);
    assertThat(net.http.as(zola).get("/consults/" + id).code()).isEqualTo("consult-not-found");
    assertThat(net.http.as(ada).get("/consults/" + id).status()).isEqualTo(200);
  }

  private static void cancel(String appointment) {
    var reply =
        net.http
            .as(net.clinician)
            .post("/appointments/" + appointment + "/cancellation", Map.of("reason", "Not needed"));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void a_start_that_cannot_be_is_shown_at_its_field() {
    var id = net.accepted(ada);
    for (var start :
        List.of(
            TestPlatform.START, TOMORROW.plusSeconds(60), TOMORROW.plus(Duration.ofHours(12)))) {
      var reply = book(net.clinician, id, start, null);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.body().at("/errors/0/pointer").asText()).isEqualTo("/start");
    }
  }

  @Test
  void fifty_takers_of_one_slot_have_one_winner() throws Exception {
    var consults = new ArrayList<ConsultId>();
    for (int i = 0; i < 50; i++) {
      consults.add(net.carried(ada, siteNumber(i)));
    }
    net.http.as(net.clinician).get("/appointments");
    var takers =
        consults.stream()
            .map(id -> (Callable<Reply>) () -> book(net.clinician, id, TOMORROW, null))
            .toList();
    var replies = atOnce(takers);
    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 409 && reply.code().equals("slot-taken"))
        .hasSize(49)
        .allSatisfy(reply -> assertThat(reply.body().at("/next/0/start").asText()).isNotEmpty());
    assertThat(
            net.count(
                "SELECT count(*) FROM scheduling.appointment WHERE consult_id = ANY($1::uuid[])",
                consults))
        .isEqualTo(1);
  }

  @Test
  void fifty_takers_for_one_consult_have_one_winner() throws Exception {
    var id = net.accepted(ada);
    net.http.as(net.clinician).get("/appointments");
    Callable<Reply> taker = () -> book(net.clinician, id, TOMORROW, null);
    var replies = atOnce(java.util.Collections.nCopies(50, taker));
    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 409 && reply.code().equals("slot-taken"))
        .hasSize(49);
  }

  @Test
  void racing_writers_of_overlapping_times_leave_no_overlap() throws Exception {
    var consults = new ArrayList<ConsultId>();
    for (int i = 0; i < 8; i++) {
      consults.add(net.carried(ada, net.lodwar));
    }
    net.http.as(net.clinician).get("/appointments");
    var writers = new ArrayList<Callable<Integer>>();
    for (int w = 0; w < 32; w++) {
      var random = new Random(w);
      writers.add(() -> {
        int booked = 0;
        for (int i = 0; i < 6; i++) {
          var start = TOMORROW.plus(Duration.ofMinutes(15L * random.nextInt(20)));
          var id = consults.get(random.nextInt(consults.size()));
          var reply = book(net.clinician, id, start, null);
          assertThat(reply.status()).isIn(201, 409);
          if (reply.status() == 201) {
            booked++;
          }
        }
        return booked;
      });
    }
    int booked = atOnce(writers).stream().mapToInt(n -> n).sum();
    assertThat(booked).isPositive();
    assertThat(
            net.count(
                """
                SELECT count(*) FROM scheduling.booking a JOIN scheduling.booking b
                    ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
                 WHERE NOT a.cancelled AND NOT b.cancelled
                """))
        .isZero();
    assertThat(
            net.count(
                """
                SELECT count(*) FROM scheduling.booking
                 WHERE NOT cancelled AND resource_id = $1
                """,
                ada.id()))
        .isEqualTo(booked);
  }

  private static final List<SiteId> SITES = new ArrayList<>();

  private static SiteId siteNumber(int i) {
    while (SITES.size() <= i) {
      SITES.add(net.world.site(net.clinics, "Post " + SITES.size(), "Africa/Nairobi", "KE"));
    }
    return SITES.get(i);
  }

  private static Reply book(TestPerson by, ConsultId id, Instant start, TestPerson interpreter) {
    var body = new java.util.HashMap<String, Object>();
    body.put("start", start.toString());
    body.put("minutes", 30);
    if (interpreter != null) {
      body.put("interpreterId", interpreter.id().toString());
    }
    return net.http.as(by).post("/consults/" + id + "/appointments", body);
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<T>();
      for (var future : pool.invokeAll(work)) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
