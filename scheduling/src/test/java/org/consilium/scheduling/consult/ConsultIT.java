package org.consilium.scheduling.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsultIT {
  private static Network net;
  private static TestPerson ada;

  @BeforeAll
  static void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en", "sw");
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  @BeforeEach
  void morning() {
    net.world.clock().set(TestPlatform.START);
  }

  @Test
  void submitting_twice_makes_one_consult() {
    var request = net.request(ConsultId.random(), Urgency.YELLOW, net.lodwar, TestPlatform.START);
    net.asClinician(tx -> net.scheduling.consults().open(tx, request));
    net.asClinician(tx -> net.scheduling.consults().open(tx, request));
    var consult = net.consult(request.id());
    assertThat(consult.at("/summary/status").asText()).isEqualTo("submitted");
    assertThat(consult.at("/summary/dueFor").asText()).isEqualTo("triage");
    assertThat(consult.at("/summary/dueAt").asText()).isEqualTo("2026-03-02T09:30:00Z");
    assertThat(consult.path("history")).hasSize(1);
    assertThat(consult.at("/history/0/sentence").asText())
        .isEqualTo("Amina Ekal asked for advice.");
  }

  @Test
  void an_id_that_stands_for_another_consult_is_refused() {
    var id = net.submitted(Urgency.GREEN);
    var other = net.request(id, Urgency.GREEN, net.lodwar, TestPlatform.START);
    assertThatThrownBy(() -> net.asClinician(tx -> net.scheduling.consults().open(tx, other)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("consult-id-taken"));
  }

  @Test
  void the_queue_is_sorted_by_time_left_and_pages_without_gaps_or_repeats() {
    var made = new ArrayList<String>();
    for (var urgency : List.of(Urgency.BLUE, Urgency.RED, Urgency.GREEN, Urgency.ORANGE)) {
      made.add(net.submitted(urgency).toString());
    }
    var order = new ArrayList<String>();
    var due = new ArrayList<Instant>();
    String cursor = "";
    do {
      var page = net.http.as(net.coordinator).get("/consults?view=queue&limit=2" + cursor).body();
      for (var item : page.path("items")) {
        order.add(item.path("id").asText());
        due.add(Instant.parse(item.path("dueAt").asText("9999-12-31T00:00:00Z")));
      }
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(order).doesNotHaveDuplicates().containsAll(made);
    assertThat(due).isSorted();
    assertThat(order).containsSubsequence(made.get(1), made.get(3), made.get(2), made.get(0));
    assertThat(audited("consult.list")).isPositive();
    assertThat(net.http.as(net.coordinator).get("/consults?view=queue&cursor=%21%21").status())
        .isEqualTo(400);
  }

  @Test
  void triage_confirms_and_a_change_needs_a_reason() {
    var id = net.submitted(Urgency.GREEN);
    var body = Map.of("urgency", "yellow", "specialty", "dermatology", "mode", "patient-present");
    var silent = net.http.as(net.coordinator).post("/consults/" + id + "/triage", body);
    assertThat(silent.status()).isEqualTo(422);
    assertThat(silent.body().at("/errors/0/pointer").asText()).isEqualTo("/reason");

    var said = new java.util.HashMap<>(body);
    said.put("reason", "Spreading fast");
    var triaged = net.http.as(net.coordinator).post("/consults/" + id + "/triage", said);
    assertThat(triaged.status()).isEqualTo(200);
    assertThat(triaged.body().at("/summary/urgency/confirmed").asText()).isEqualTo("yellow");
    assertThat(triaged.body().at("/summary/urgencyNow").asText()).isEqualTo("yellow");
    assertThat(triaged.body().at("/summary/mode").asText()).isEqualTo("patient-present");
    assertThat(triaged.body().at("/summary/dueFor").asText()).isEqualTo("acceptance");
    assertThat(triaged.body().path("history").findValuesAsText("reason"))
        .contains("Spreading fast");
    assertThat(net.http.as(net.clinician).post("/consults/" + id + "/triage", said).status())
        .isEqualTo(403);
    said.put("specialty", "astrology");
    assertThat(
            net.http
                .as(net.coordinator)
                .post("/consults/" + id + "/triage", said)
                .body()
                .at("/errors/0/pointer")
                .asText())
        .isEqualTo("/specialty");
  }

  @Test
  void patient_present_bars_who_has_no_licence_there() {
    var id = net.submitted(Urgency.GREEN);
    net.http
        .as(net.coordinator)
        .post(
            "/consults/" + id + "/triage",
            Map.of(
                "urgency", "green",
                "specialty", "dermatology",
                "mode", "patient-present",
                "reason", "She wants to be seen"));
    var list = net.http.as(net.coordinator).get("/consults/" + id + "/candidates").body();
    assertThat(list.at("/items/0/rank").asInt()).isZero();
    assertThat(list.at("/items/0/barred").findValuesAsText("sentence"))
        .contains("Has no licence in Kenya, which is needed to see the patient.");
  }

  @Test
  void from_accepted_to_closed_and_news_reopens() {
    var id = net.accepted(ada);
    var consults = net.scheduling.consults();
    Instant at = net.world.clock().instant();

    net.asServer(tx -> consults.discussed(tx, id, ada.id(), true, at));
    net.asServer(tx -> consults.discussed(tx, id, ada.id(), true, at));
    assertState(id, "in-discussion", "clinic");
    assertThat(net.consult(id).at("/summary").has("dueAt")).isFalse();
    net.asServer(tx -> consults.discussed(tx, id, net.clinician.id(), false, at));
    assertState(id, "in-discussion", "specialist");

    net.asServer(tx -> consults.callStarted(tx, id, at));
    net.asServer(tx -> consults.callStarted(tx, id, at));
    net.asServer(tx -> consults.callEnded(tx, id, at.plusSeconds(60)));
    net.asServer(tx -> consults.advised(tx, id, ada.id(), at));
    assertState(id, "advised", "clinic");
    net.asServer(tx -> consults.followUpDue(tx, id, LocalDate.parse("2026-03-09")));
    assertThat(net.consult(id).at("/summary/dueFor").asText()).isEqualTo("follow-up");
    assertThat(net.consult(id).at("/summary/dueAt").asText()).isEqualTo("2026-03-09T21:00:00Z");

    net.asServer(tx -> consults.close(tx, id, net.clinician.id(), "healed", at));
    net.asServer(tx -> consults.close(tx, id, net.clinician.id(), "healed", at));
    assertState(id, "closed", "nobody");
    assertThat(net.http.as(ada).get("/consults?view=closed").body().findValuesAsText("id"))
        .contains(id.toString());
    net.asServer(tx -> consults.discussed(tx, id, net.clinician.id(), false, at));
    assertState(id, "closed", "nobody");
    Instant later = at.plusSeconds(1);
    net.asServer(tx -> consults.discussed(tx, id, net.clinician.id(), false, later));
    assertState(id, "in-discussion", "specialist");
    assertThat(net.consult(id).path("history").findValuesAsText("kind"))
        .containsOnlyOnce(
            "first-answer",
            "call-started",
            "call-ended",
            "advised",
            "follow-up-set",
            "closed",
            "reopened");
  }

  @Test
  void withdrawing_takes_offers_and_appointments_with_it() {
    var asked = net.triaged(Urgency.GREEN);
    var offer = net.offered(asked, ada);
    withdraw(asked);
    assertThat(net.http.as(ada).post("/offers/" + offer + "/acceptance").code())
        .isEqualTo("offer-not-open");

    var carried = net.accepted(ada);
    var start = TestPlatform.START.plus(Duration.ofDays(1)).toString();
    var booked =
        net.http
            .as(net.clinician)
            .post("/consults/" + carried + "/appointments", Map.of("start", start, "minutes", 30));
    assertThat(booked.status()).isEqualTo(201);
    withdraw(carried);
    assertThat(net.consult(carried).at("/appointments/0/status").asText()).isEqualTo("cancelled");
    assertThat(net.consult(carried).at("/summary/status").asText()).isEqualTo("withdrawn");
  }

  @Test
  void of_many_consults_those_go_on_that_are_not_over() {
    var open = net.triaged(Urgency.GREEN);
    var over = net.triaged(Urgency.GREEN);
    withdraw(over);
    var going =
        net.world
            .platform()
            .database()
            .asWorker(tx ->
                net.scheduling.consults().openAmong(tx, List.of(open, over, ConsultId.random())));
    assertThat(going).containsExactly(open);
  }

  @Test
  void people_of_another_organisation_meet_404_on_every_operation() {
    var other = net.world.organisation("Elsewhere Health", "clinic-network");
    var clerk = net.world.person("Eve Clerk", other, Role.CLINICIAN);
    var planner = net.world.person("Pat Planner", other, Role.SCHEDULER);
    var doctor = net.world.person("Sam Doctor", other, Role.SPECIALIST);
    var talker = net.world.person("Ida Talker", other, Role.INTERPRETER);

    var id = net.accepted(ada);
    var start = TestPlatform.START.plus(Duration.ofDays(2)).toString();
    var appointment =
        net.http
            .as(net.clinician)
            .post("/consults/" + id + "/appointments", Map.of("start", start, "minutes", 30))
            .body()
            .path("id")
            .asText();
    var open = net.triaged(Urgency.GREEN);
    var offer = net.offered(open, ada);
    var triage = Map.of("urgency", "red", "specialty", "dermatology", "mode", "clinician-advice");
    var reason = Map.of("reason", "none of mine");
    TestHttp http = net.http;

    var answers = new ArrayList<Reply>();
    for (var consult : List.of(id, open)) {
      String at = "/consults/" + consult;
      answers.add(http.as(clerk).get(at));
      answers.add(http.as(planner).get(at));
      answers.add(http.as(doctor).get(at));
      answers.add(http.as(talker).get(at));
      answers.add(http.as(planner).post(at + "/triage", triage));
      answers.add(http.as(clerk).post(at + "/withdrawal", reason));
      answers.add(http.as(planner).get(at + "/candidates"));
      answers.add(
          http.as(planner).post(at + "/offers", Map.of("specialistId", ada.id().toString())));
      answers.add(http.as(clerk).get(at + "/slots"));
      answers.add(http.as(doctor).get(at + "/slots"));
      answers.add(http.as(clerk).post(at + "/appointments", Map.of("start", start, "minutes", 30)));
    }
    answers.add(http.as(doctor).get("/offers/" + offer));
    answers.add(http.as(planner).get("/offers/" + offer));
    answers.add(http.as(doctor).post("/offers/" + offer + "/acceptance"));
    answers.add(http.as(doctor).post("/offers/" + offer + "/refusal", Map.of("reason", "busy")));
    answers.add(http.as(planner).post("/offers/" + offer + "/withdrawal"));
    answers.add(http.as(clerk).post("/appointments/" + appointment + "/cancellation", reason));
    answers.add(http.as(doctor).post("/appointments/" + appointment + "/cancellation", reason));
    assertThat(answers).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(404));

    for (var stranger : List.of(clerk, planner, doctor, talker)) {
      assertThat(http.as(stranger).get("/consults?view=all").body().path("items")).isEmpty();
      assertThat(http.as(stranger).get("/appointments").body().path("items")).isEmpty();
    }
    assertThat(http.as(doctor).get("/offers").body().path("items")).isEmpty();
    assertThat(http.as(clerk).get("/consults/" + UUID.randomUUID()).body().path("code"))
        .isEqualTo(http.as(clerk).get("/consults/" + id).body().path("code"));
  }

  @Test
  void row_security_hides_what_no_statement_asked_to_hide() {
    var id = net.triaged(Urgency.GREEN);
    net.offered(id, ada);
    var stranger =
        net.world.person(
            "Eve Other", net.world.organisation("Far Away", "clinic-network"), Role.CLINICIAN);
    for (var table : List.of("consult", "consult_event", "offer", "appointment", "booking")) {
      long seen =
          net.world
              .platform()
              .database()
              .inTransaction(
                  stranger.caller(),
                  tx ->
                      tx.one("SELECT count(*) FROM scheduling." + table).orElseThrow().getLong(0));
      assertThat(seen).as(table).isZero();
    }
  }

  private static void withdraw(ConsultId id) {
    var reply =
        net.http
            .as(net.clinician)
            .post("/consults/" + id + "/withdrawal", Map.of("reason", "She went home"));
    assertThat(reply.status()).isEqualTo(200);
  }

  private static void assertState(ConsultId id, String status, String waitingOn) {
    var summary = net.consult(id).path("summary");
    assertThat(summary.path("status").asText()).isEqualTo(status);
    assertThat(summary.path("waitingOn").asText()).isEqualTo(waitingOn);
  }

  private static long audited(String action) {
    return net.count("SELECT count(*) FROM platform.audit_event WHERE action = $1", action);
  }
}
