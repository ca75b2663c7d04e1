package org.consilium.scheduling.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Histories that are known give figures that are known. */
class ReportIT {
  private static final String PERIOD = "from=2026-02-02&to=2026-03-01";

  /** A Monday, at noon in Nairobi. */
  private static final Instant FIRST = Instant.parse("2026-02-02T09:00:00Z");

  private static Network net;
  private static TestPerson ada;
  private static TestPerson ben;
  private static TestPerson helpersScheduler;
  private static TestPerson stranger;
  private static SiteId kakuma;

  @BeforeAll
  static void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en");
    ben = net.specialist("=Ben Costa", "dermatology", "en");
    helpersScheduler = net.world.person("Rosa Lima", net.helpers, Role.SCHEDULER);
    kakuma = net.world.site(net.clinics, "Kakuma", "Africa/Nairobi", "KE");
    net.world.site(net.clinics, "Lokichar", "Africa/Nairobi", "KE");
    var elsewhere = net.world.organisation("Elsewhere", "clinic-network");
    stranger = net.world.person("Olu Ade", elsewhere, Role.SCHEDULER);

    // Answered after 10, 20 … 60 minutes, taken half way, closed a day later; the target is 8 h.
    for (int i = 1; i <= 6; i++) {
      var id = entered(FIRST.plus(Duration.ofDays(i - 1)), Urgency.YELLOW, net.lodwar);
      taken(id, ada, Duration.ofMinutes(5L * i));
      answered(id, Duration.ofMinutes(10L * i));
      closed(id, Duration.ofDays(1));
    }
    // One week later, from another site: two answered late, three not at all, one withdrawn.
    for (int i = 0; i < 5; i++) {
      var id = entered(FIRST.plus(Duration.ofDays(7)), Urgency.YELLOW, kakuma);
      if (i < 2) {
        taken(id, ben, Duration.ofHours(9));
        answered(id, Duration.ofHours(10));
      }
      offer(id, ben, FIRST.plus(Duration.ofHours(11)), "expired");
    }
    var withdrawn = entered(FIRST.plus(Duration.ofDays(8)), Urgency.RED, kakuma);
    update(
        withdrawn,
        "status = 'withdrawn', waiting_on = 'nobody', due_at = NULL, due_for = NULL,"
            + " ended_at = submitted_at + interval '5 minutes'");
    for (int i = 0; i < 10; i++) {
      var id = entered(FIRST.plus(Duration.ofDays(21)), Urgency.GREEN, net.lodwar);
      offer(id, ada, FIRST.plus(Duration.ofDays(21)), "refused");
      answered(id, Duration.ofHours(1));
    }
    // Outside of the period.
    answered(
        entered(Instant.parse("2026-03-01T21:00:00Z"), Urgency.RED, net.lodwar), Duration.ZERO);
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  private static ConsultId entered(Instant at, Urgency urgency, SiteId site) {
    var request = net.request(ConsultId.random(), urgency, site, at);
    net.asClinician(tx -> net.scheduling.consults().open(tx, request));
    return request.id();
  }

  private static void update(ConsultId id, String set) {
    net.asServer(tx -> tx.run("UPDATE scheduling.consult SET " + set + " WHERE id = $1", id));
  }

  private static void taken(ConsultId id, TestPerson by, Duration after) {
    update(
        id,
        "status = 'accepted', waiting_on = 'specialist', specialist_id = '%s'".formatted(by.id()));
    net.asServer(tx ->
        tx.run(
            """
            INSERT INTO scheduling.consult_event (organisation_id, consult_id, at, kind, actor_id)
            SELECT organisation_id, id, submitted_at + $2::text::interval, 'accepted', $3
              FROM scheduling.consult WHERE id = $1
            """,
            id,
            after.toString(),
            by.id()));
    offer(id, by, FIRST, "accepted");
  }

  private static void answered(ConsultId id, Duration after) {
    update(id, "first_answer_at = submitted_at + interval '%s'".formatted(after));
  }

  private static void closed(ConsultId id, Duration after) {
    update(
        id,
        """
        status = 'closed', waiting_on = 'nobody', due_at = NULL, due_for = NULL,
        ended_at = submitted_at + interval '%s'
        """
            .formatted(after));
  }

  private static void offer(ConsultId id, TestPerson to, Instant at, String status) {
    net.asServer(tx ->
        tx.run(
            """
            INSERT INTO scheduling.offer (id, organisation_id, consult_id, patient_id, specialist_id,
                   lane, status, sent_at, expires_at, answered_at, rank, terms, weights_version, about)
            SELECT gen_random_uuid(), organisation_id, id, patient_id, $2, 1, $4, $3::timestamptz,
                   $3::timestamptz + interval '1 hour', $3::timestamptz + interval '1 minute', 1,
                   '[]', '2026-1', '{}'
              FROM scheduling.consult WHERE id = $1
            """,
            id,
            to.id(),
            at,
            status));
  }

  private static JsonNode report(TestPerson reader, String path) {
    var reply = net.http.as(reader).get("/reports/" + path);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.body();
  }

  @Test
  void times_of_an_urgency_are_those_of_its_histories() {
    var times = report(net.coordinator, "times?by=urgency&" + PERIOD);
    assertThat(times.at("/about/scope").asText()).isEqualTo("own");
    assertThat(times.at("/total/consults").asInt()).isEqualTo(22);
    assertThat(times.findValuesAsText("key")).containsSubsequence("red", "yellow", "green");

    var yellow = times.at("/groups/1");
    assertThat(yellow.at("/consults").asInt()).isEqualTo(11);
    var answered = yellow.at("/answered");
    assertThat(answered.at("/done").asInt()).isEqualTo(8);
    assertThat(answered.at("/waiting").asInt()).isEqualTo(3);
    assertThat(answered.at("/due").asInt()).as("the unanswered count too").isEqualTo(11);
    assertThat(answered.at("/onTime").asInt()).isEqualTo(6);
    assertThat(answered.at("/onTimeShare").asDouble()).isCloseTo(6 / 11.0, within(1e-9));
    assertThat(answered.at("/medianMinutes").asDouble()).as("10…60, 600, 600").isEqualTo(45);
    assertThat(answered.at("/p90Minutes").asDouble()).isEqualTo(600);
    assertThat(answered.at("/targetMinutes").asInt()).isEqualTo(480);
    assertThat(answered.at("/p90OfTarget").asDouble()).isEqualTo(1.25);
    assertThat(yellow.at("/allocated/medianMinutes").asDouble())
        .as("5…30, 540, 540")
        .isEqualTo(22.5);
    assertThat(yellow.at("/closed/done").asInt()).isEqualTo(6);
    assertThat(yellow.at("/closed/medianMinutes").asDouble()).isEqualTo(1440);
    assertThat(yellow.at("/closed/targetMinutes").asInt()).isEqualTo(10080);
  }

  @Test
  void what_was_withdrawn_before_its_target_is_late_for_nobody() {
    var red = report(net.coordinator, "times?by=urgency&" + PERIOD).at("/groups/0");
    assertThat(red.at("/key").asText()).isEqualTo("red");
    assertThat(red.at("/answered/due").asInt()).isZero();
    assertThat(red.at("/answered/waiting").asInt()).isZero();
    assertThat(red.at("/answered").has("medianMinutes")).isFalse();
  }

  @Test
  void weeks_begin_on_the_organisations_mondays() {
    var weeks = report(net.coordinator, "times?" + PERIOD + "&urgency=yellow").at("/weeks");
    assertThat(weeks.findValuesAsText("key"))
        .containsExactly("2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23");
    assertThat(weeks.findValuesAsText("consults")).containsExactly("6", "5", "0", "0");
    assertThat(weeks.at("/0/answered/medianMinutes").asDouble()).isEqualTo(35);
  }

  @Test
  void the_unanswered_are_counted_named_by_the_longest_and_by_whom_they_wait_for() {
    var unanswered = report(net.coordinator, "unanswered?" + PERIOD);
    assertThat(unanswered.at("/open").asInt()).isEqualTo(3);
    assertThat(unanswered.at("/due").asInt()).isEqualTo(21);
    assertThat(unanswered.at("/never").asInt()).isEqualTo(3);
    assertThat(unanswered.at("/waitingOn/0/waitingOn").asText()).isEqualTo("coordinator");
    assertThat(unanswered.at("/waitingOn/0/consults").asInt()).isEqualTo(3);
    assertThat(unanswered.at("/items")).hasSize(3);
    assertThat(unanswered.at("/items/0/site").asText()).isEqualTo("Kakuma");
  }

  @Test
  void who_is_not_reached_stands_out_against_the_others() {
    var reach = report(net.coordinator, "reach?" + PERIOD);
    var first = reach.at("/groups/0");
    assertThat(first.at("/label").asText()).isEqualTo("Kakuma");
    assertThat(first.at("/behind").asBoolean()).isTrue();
    assertThat(first.at("/lateShare").asDouble()).isEqualTo(1);
    assertThat(first.at("/othersLateShare").asDouble()).isZero();
    assertThat(reach.at("/silentSites").findValuesAsText("site")).containsExactly("Lokichar");
    var night = reach.at("/hours/7");
    assertThat(night.at("/fromHour").asInt()).isEqualTo(21);
    // Lisbon keeps UTC in winter: all that were sent at 20:00 there.
    var evening = reach.at("/hours/6");
    assertThat(evening.at("/expired").asInt()).isEqualTo(5);
    assertThat(evening.at("/behind").asBoolean()).isTrue();
  }

  @Test
  void load_is_shared_as_the_offers_say() {
    var load = report(helpersScheduler, "load?" + PERIOD);
    assertThat(load.at("/accepted").asInt()).isEqualTo(8);
    assertThat(load.at("/items/0/specialist/name").asText()).isEqualTo("Ada Osei");
    assertThat(load.at("/items/0/share").asDouble()).isEqualTo(0.75);
    assertThat(load.at("/gini").asDouble()).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void a_network_of_volunteers_gets_counts_of_its_own_side_and_no_small_ones() {
    var times = report(helpersScheduler, "times?by=organisation&" + PERIOD);
    assertThat(times.at("/about/scope").asText()).isEqualTo("helped");
    assertThat(times.at("/total/consults").asInt()).as("what its people took").isEqualTo(8);
    assertThat(times.at("/groups/0/label").asText()).isEqualTo("Turkana Clinics");
    var weeks = times.at("/weeks");
    assertThat(weeks.at("/1/hidden").asText()).isEqualTo("fewer-than-five");
    assertThat(weeks.at("/0/hidden").asText()).as("or the sum tells it").isEqualTo("beside-few");

    var unanswered = report(helpersScheduler, "unanswered?" + PERIOD);
    assertThat(unanswered.at("/items")).isEmpty();
    assertThat(net.http.as(helpersScheduler).get("/reports/times?by=site").status()).isEqualTo(422);
  }

  @Test
  void another_organisation_sees_nothing() {
    assertThat(report(stranger, "times?" + PERIOD).at("/total/consults").asInt()).isZero();
    assertThat(report(stranger, "times?" + PERIOD).at("/groups")).isEmpty();
    assertThat(report(stranger, "unanswered?" + PERIOD).at("/items")).isEmpty();
    assertThat(report(stranger, "reach?" + PERIOD).at("/groups")).isEmpty();
    assertThat(report(stranger, "load?" + PERIOD).at("/items")).isEmpty();
    assertThat(net.http.as(net.clinician).get("/reports/times").status()).isEqualTo(403);
  }

  @Test
  void each_is_a_table_too_in_which_nothing_is_a_formula() throws Exception {
    var times = csv(net.coordinator, "times.csv?by=site&" + PERIOD);
    assertThat(times.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(times.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("consilium-times.csv");
    assertThat(times.body().lines().findFirst().orElseThrow()).contains("median (minutes)");
    assertThat(times.body())
        .contains("site,Kakuma,6,first answer,2,3,5,0,0.00,600.00,600.00,,1.25,1.25");
    assertThat(csv(net.coordinator, "unanswered.csv?" + PERIOD).body().lines()).hasSize(4);
    assertThat(csv(net.coordinator, "reach.csv?" + PERIOD).body()).contains("silent site,Lokichar");
    assertThat(csv(helpersScheduler, "load.csv?" + PERIOD).body()).contains("'=Ben Costa");
    assertThat(csv(helpersScheduler, "times.csv?by=organisation&" + PERIOD).body())
        .contains("week from,2026-02-09,<5");
  }

  private static HttpResponse<String> csv(TestPerson reader, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(net.http.url("/api/v1/reports/" + path))
              .header("Cookie", net.http.cookie(reader))
              .build();
      var reply = http.send(request, BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      return reply;
    }
  }

  @Test
  void a_period_is_found_by_its_index() {
    try (var crowd = new Network()) {
      var id = crowd.submitted(Urgency.GREEN);
      crowd.asServer(tx ->
          tx.run(
              """
              INSERT INTO scheduling.consult (id, organisation_id, site_id, patient_id, requester_id,
                     age_value, age_unit, age_group, sex, patient_language, clinic_language, question,
                     mode_asked, mode, urgency_computed, urgency_requested, status, waiting_on,
                     submitted_at, targets_version, changed_at, version)
              SELECT gen_random_uuid(), organisation_id, site_id, patient_id, requester_id, age_value,
                     age_unit, age_group, sex, patient_language, clinic_language, question, mode_asked,
                     mode, urgency_computed, urgency_requested, 'withdrawn', 'nobody',
                     submitted_at - n * interval '1 hour', targets_version, changed_at, 1
                FROM scheduling.consult, generate_series(1, 8000) n WHERE id = $1
              """,
              id));
      crowd.asServer(tx -> tx.run("ANALYZE scheduling.consult"));
      var plan =
          crowd
              .world
              .platform()
              .database()
              .inTransaction(
                  crowd.coordinator.caller(),
                  tx ->
                      tx
                          .rows(
                              """
                              EXPLAIN SELECT count(*), max(allocated_at) FROM scheduling.consult_times t
                               WHERE t.organisation_id = '%s' AND t.submitted_at >= '2026-02-20'
                                 AND t.submitted_at < '2026-03-01'
                              """
                                  .formatted(crowd.clinics))
                          .stream()
                          .map(row -> row.getString(0))
                          .collect(Collectors.joining("\n")));
      assertThat(plan)
          .contains("consult_submitted", "consult_event_consult")
          .doesNotContain("Seq Scan on consult ", "Seq Scan on consult_event");
    }
  }
}
