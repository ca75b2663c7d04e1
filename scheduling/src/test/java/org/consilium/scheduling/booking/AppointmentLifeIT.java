package org.consilium.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From choosing a time to what became of it, over real HTTP and a real database. */
class AppointmentLifeIT {
  private static final Instant TOMORROW = TestPlatform.START.plus(Duration.ofDays(1));
  private static final Instant SOON = TestPlatform.START.plus(Duration.ofHours(2));
  private static final List<AppointmentReminder> published = new ArrayList<>();
  private static Network net;
  private static TestPerson ada;
  private static TestPerson zola;

  @BeforeAll
  static void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en");
    zola = net.interpreter("Zola Ekai", "en", "sw");
    net.world
        .platform()
        .events()
        .on(AppointmentReminder.class, "test-reminders", (_, e) -> published.add(e));
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  @BeforeEach
  void morning() {
    net.world.clock().set(TestPlatform.START);
    net.inCall.clear();
    net.asServer(tx -> {
      tx.run("DELETE FROM scheduling.waiting_consult");
      tx.run("DELETE FROM scheduling.freed_time");
      tx.run("DELETE FROM scheduling.appointment_timer");
      tx.run("UPDATE scheduling.booking SET cancelled = true");
      tx.run("UPDATE scheduling.appointment SET status = 'done' WHERE is_coming");
    });
  }

  @Test
  void a_held_time_is_the_holders_alone_until_it_runs_out() {
    var mine = net.carried(ada, net.lodwar);
    var other = net.carried(ada, net.lodwar);
    var held = hold(net.clinician, mine, TOMORROW);
    assertThat(held.status()).as(held.toString()).isEqualTo(201);
    assertThat(held.body().path("status").asText()).isEqualTo("held");
    assertThat(held.body().path("heldUntil").asText()).isEqualTo("2026-03-02T09:10:00Z");
    assertThat(net.consult(mine).path("appointments")).as("a hold is no appointment").isEmpty();
    assertThat(book(net.clinician, other, TOMORROW, 30).code()).isEqualTo("slot-taken");

    net.world.clock().advance(Duration.ofMinutes(10));
    assertThat(book(net.clinician, other, TOMORROW, 30).status()).isEqualTo(201);
    var late = net.http.as(net.clinician).post("/holds/" + id(held) + "/confirmation");
    assertThat(late.status()).isEqualTo(410);
    assertThat(late.code()).isEqualTo("hold-over");
    net.scheduling.booking().clock().runDue();
    assertThat(net.count("SELECT count(*) FROM scheduling.appointment WHERE status = 'held'"))
        .isZero();
  }

  @Test
  void a_hold_becomes_the_booking_and_another_choice_lets_the_first_go() {
    var consult = net.carried(ada, net.lodwar);
    var first = hold(net.clinician, consult, TOMORROW);
    var second = hold(net.clinician, consult, TOMORROW.plus(Duration.ofMinutes(15)));
    assertThat(second.status()).as("it overlaps only the caller's own").isEqualTo(201);
    assertThat(net.http.as(net.clinician).delete("/holds/" + id(first)).code())
        .isEqualTo("hold-not-found");
    var booked = net.http.as(net.clinician).post("/holds/" + id(second) + "/confirmation");
    assertThat(booked.body().path("status").asText()).isEqualTo("booked");
    assertThat(net.consult(consult).at("/summary/status").asText()).isEqualTo("booked");

    var third = hold(net.clinician, consult, TOMORROW.plus(Duration.ofHours(3)));
    assertThat(net.http.as(net.clinician).delete("/holds/" + id(third)).status()).isEqualTo(204);
    assertThat(hold(ada, consult, TOMORROW.plus(Duration.ofHours(3))).status()).isEqualTo(201);
  }

  @Test
  void a_move_frees_the_old_time_and_takes_the_new_or_does_nothing() {
    var moving = net.carried(ada, net.lodwar);
    var other = net.carried(ada, net.lodwar);
    var old = book(net.clinician, moving, TOMORROW, 30);
    book(net.clinician, other, TOMORROW.plus(Duration.ofHours(1)), 30);
    var refused = move(id(old), TOMORROW.plus(Duration.ofHours(1)));
    assertThat(refused.code()).isEqualTo("slot-taken");
    assertThat(refused.body().at("/next/0/start").asText()).isNotEmpty();
    assertThat(net.consult(moving).at("/summary/appointment/start").asText())
        .isEqualTo(TOMORROW.toString());

    var moved = move(id(old), TOMORROW.plus(Duration.ofMinutes(15)));
    assertThat(moved.status()).as(moved.toString()).isEqualTo(201);
    assertThat(moved.body().path("replaces").asText()).isEqualTo(id(old));
    assertThat(net.consult(moving).path("appointments").findValuesAsText("status"))
        .containsExactly("rescheduled", "booked");
    assertThat(net.consult(moving).path("history").findValuesAsText("sentence"))
        .anyMatch(line -> line.endsWith("moved the appointment."));
    assertThat(move(id(old), TOMORROW.plus(Duration.ofHours(4))).code())
        .isEqualTo("appointment-over");
    assertThat(notices(ada)).containsSubsequence("moved", "booked");
  }

  @Test
  void each_side_confirms_for_itself() {
    var booked = book(net.clinician, net.carried(ada, net.lodwar), TOMORROW, 30);
    var path = "/appointments/" + id(booked) + "/confirmation";
    assertThat(net.http.as(ada).post(path).body().path("status").asText()).isEqualTo("booked");
    assertThat(net.http.as(net.coordinator).post(path).body().path("status").asText())
        .isEqualTo("confirmed");
  }

  @Test
  void after_a_time_away_only_the_reminder_that_still_makes_sense_comes() {
    var booked = book(net.clinician, net.carried(ada, net.lodwar), TOMORROW.plusSeconds(7200), 30);
    net.world.clock().set(TOMORROW.plusSeconds(7200).minus(Duration.ofMinutes(5)));
    net.scheduling.booking().clock().runDue();
    assertThat(
            net.count(
                "SELECT count(*) FROM scheduling.notice WHERE appointment_id = $1 AND kind LIKE"
                    + " 'remind%' AND account_id = $2",
                java.util.UUID.fromString(id(booked)), ada.id()))
        .isEqualTo(1);
  }

  @Test
  void reminders_come_once_and_not_for_what_is_cancelled_or_moved_away() {
    var kept = book(net.clinician, net.carried(ada, net.lodwar), TOMORROW.plusSeconds(7200), 30);
    var gone = book(net.clinician, net.carried(ada, net.lodwar), TOMORROW.plusSeconds(14400), 30);
    cancel(id(gone));
    var clock = net.scheduling.booking().clock();
    for (var ahead : List.of(Duration.ofHours(24), Duration.ofHours(2))) {
      net.world.clock().set(TOMORROW.plusSeconds(7200).minus(ahead));
      clock.runDue();
      clock.runDue();
    }
    net.world.clock().set(TOMORROW.plusSeconds(7200).minus(Duration.ofMinutes(15)));
    clock.runDue();
    assertThat(
            net.count(
                "SELECT count(*) FROM scheduling.notice WHERE appointment_id = $1 AND kind LIKE"
                    + " 'remind%' AND account_id = $2",
                java.util.UUID.fromString(id(kept)), ada.id()))
        .as("a day, two hours, a quarter")
        .isEqualTo(3);
    assertThat(
            net.count(
                "SELECT count(*) FROM scheduling.notice WHERE appointment_id = $1 AND kind LIKE"
                    + " 'remind%'",
                java.util.UUID.fromString(id(gone))))
        .isZero();
    net.world.platform().delivery().deliverDue();
    assertThat(published).filteredOn(e -> e.appointment().toString().equals(id(kept))).hasSize(3);
    assertThat(published).allSatisfy(e -> assertThat(e.to()).contains(ada.id()));
  }

  @Test
  void a_call_begins_and_ends_its_appointment() {
    var consult = net.carried(ada, net.lodwar);
    var booked = book(net.clinician, consult, SOON, 30);
    net.world.clock().set(SOON.minusSeconds(60));
    net.inCall.add(ada.id());
    net.inCall.add(net.clinician.id());
    var attendance = net.scheduling.booking().attendance();
    net.asServer(tx -> attendance.callStarted(tx, consult, tx.now()));
    assertThat(status(consult, id(booked))).isEqualTo("in-call");
    net.world.clock().set(SOON.plusSeconds(1200));
    net.asServer(tx -> attendance.callEnded(tx, consult, tx.now()));
    net.asServer(tx -> attendance.callEnded(tx, consult, tx.now()));
    assertThat(status(consult, id(booked))).isEqualTo("done");
    var partly =
        net.http
            .as(ada)
            .post(
                "/appointments/" + id(booked) + "/outcome",
                Map.of("outcome", "partly", "reason", "The link broke"));
    assertThat(partly.body().path("status").asText()).isEqualTo("partly");
  }

  @Test
  void who_is_missing_is_told_and_a_no_show_says_what_to_do() {
    var consult = net.carried(ada, net.lodwar);
    var booked = book(net.clinician, consult, SOON, 30);
    net.world.clock().set(SOON.plus(Duration.ofMinutes(9)));
    assertThat(noShow(id(booked), "specialist").code()).isEqualTo("too-early");
    net.inCall.add(net.clinician.id());
    net.world.clock().set(SOON.plus(Duration.ofMinutes(10)));
    net.scheduling.booking().clock().runDue();
    net.scheduling.booking().clock().runDue();
    var shown = net.consult(consult).at("/appointments/0");
    assertThat(shown.path("missed").toString()).isEqualTo("[\"specialist\"]");
    assertThat(shown.path("nextSteps")).isNotEmpty();
    assertThat(notices(net.clinician)).contains("absent");

    var missed = noShow(id(booked), "specialist");
    assertThat(missed.body().path("status").asText()).as(missed.toString()).isEqualTo("no-show");
    assertThat(missed.body().path("absent").toString()).isEqualTo("[\"specialist\"]");
    assertThat(missed.body().path("nextSteps").toString()).contains("on call");
    assertThat(net.consult(consult).at("/summary/status").asText()).isEqualTo("accepted");
    assertThat(net.consult(consult).path("history").findValuesAsText("sentence"))
        .anyMatch(line -> line.contains("did not come: the specialist"));
  }

  @Test
  void freed_time_goes_to_the_most_urgent_who_waits_and_then_to_the_next() {
    var taker = net.carried(ada, net.lodwar);
    var booked = book(net.clinician, taker, TOMORROW, 30);
    var green = net.carried(ada, net.lodwar);
    var orange = net.carried(ada, net.lodwar);
    net.asServer(tx ->
        tx.run(
            "UPDATE scheduling.consult SET urgency_confirmed = $2 WHERE id = $1",
            orange,
            Urgency.ORANGE));
    assertThat(waitFor(green).status()).isEqualTo(201);
    assertThat(waitFor(orange).status()).isEqualTo(201);
    assertThat(waitFor(orange).code()).isEqualTo("waits-already");
    assertThat(waitingConsults()).containsExactly(orange.toString(), green.toString());

    cancel(id(booked));
    var clock = net.scheduling.booking().clock();
    clock.runDue();
    var offered = net.http.as(net.coordinator).get("/waiting").body().at("/items/0");
    assertThat(offered.path("status").asText()).as(offered.toString()).isEqualTo("offered");
    assertThat(offered.at("/offered/start").asText()).isEqualTo(TOMORROW.toString());
    assertThat(notices(net.clinician)).contains("time-offered");

    net.world.clock().advance(Duration.ofMinutes(30));
    clock.runDue();
    var next = net.http.as(net.coordinator).get("/waiting").body().at("/items/1");
    assertThat(next.path("consultId").asText()).isEqualTo(green.toString());
    assertThat(next.path("status").asText()).isEqualTo("offered");
    var taken =
        net.http
            .as(net.clinician)
            .post("/holds/" + next.at("/offered/id").asText() + "/confirmation");
    assertThat(taken.body().path("status").asText()).isEqualTo("booked");
    assertThat(waitingConsults()).containsExactly(orange.toString());
  }

  @Test
  void stand_by_hours_are_for_those_who_wait_alone() {
    var night = TOMORROW.plus(Duration.ofHours(12));
    var consult = net.carried(ada, net.lodwar);
    var wish =
        Map.of(
            "from", night.toString(),
            "until", night.plus(Duration.ofHours(2)).toString(),
            "minutes", 30);
    net.http.as(net.clinician).post("/consults/" + consult + "/waiting", wish);
    var offer =
        net.http
            .as(ada)
            .post(
                "/stand-by",
                Map.of(
                    "start", night.toString(), "end", night.plus(Duration.ofHours(1)).toString()));
    assertThat(offer.status()).as(offer.toString()).isEqualTo(201);
    assertThat(book(net.clinician, net.carried(ada, net.lodwar), night, 30).status())
        .as("not for everybody")
        .isEqualTo(422);
    net.scheduling.booking().clock().runDue();
    var first = net.http.as(net.coordinator).get("/waiting").body().at("/items/0");
    assertThat(first.at("/offered/start").asText()).isEqualTo(night.toString());
    assertThat(net.http.as(ada).delete("/stand-by/" + offer.body().path("id").asText()).status())
        .isEqualTo(204);
  }

  @Test
  void a_navigator_and_a_device_are_booked_with_the_rest() {
    var device =
        net.http
            .as(net.coordinator)
            .post(
                "/sites/" + net.lodwar + "/resources",
                Map.of("kind", "device", "name", "Ultrasound"));
    assertThat(device.status()).as(device.toString()).isEqualTo(201);
    var consult = net.carried(ada, net.lodwar);
    var choices =
        net.http.as(net.clinician).get("/consults/" + consult + "/booking-choices").body();
    assertThat(choices.path("interpreters").findValuesAsText("name")).contains("Zola Ekai");
    assertThat(choices.path("devices").findValuesAsText("name")).contains("Ultrasound");
    var body = new HashMap<String, Object>(wish(TOMORROW, 30));
    body.put("navigatorId", net.clinician.id().toString());
    body.put("deviceIds", List.of(id(device)));
    body.put("interpreterId", zola.id().toString());
    var booked = net.http.as(net.clinician).post("/consults/" + consult + "/appointments", body);
    assertThat(booked.body().path("participants").findValuesAsText("role"))
        .as(booked.toString())
        .containsExactlyInAnyOrder("clinic", "device", "interpreter", "navigator", "specialist");
    var saved =
        net.http
            .as(net.coordinator)
            .put("/site-resources/" + id(device), 1, Map.of("name", "Probe", "retired", true));
    assertThat(saved.body().path("retired").asBoolean()).isTrue();
    body.put("start", TOMORROW.plusSeconds(3600).toString());
    assertThat(
            net.http
                .as(net.clinician)
                .post("/consults/" + consult + "/appointments", body)
                .body()
                .at("/errors/0/pointer")
                .asText())
        .isEqualTo("/deviceIds");
  }

  @Test
  void languages_that_nobody_carries_are_shown_and_refused() {
    var lost = net.specialist("Li Wei", "dermatology", "zh");
    var consult = net.carried(lost, net.lodwar);
    assertThat(book(net.clinician, consult, TOMORROW, 30).code()).isEqualTo("interpreter-needed");
    var body = new HashMap<String, Object>(wish(TOMORROW, 30));
    body.put("interpreterId", zola.id().toString());
    assertThat(
            net.http
                .as(net.clinician)
                .post("/consults/" + consult + "/appointments", body)
                .body()
                .at("/errors/0/pointer")
                .asText())
        .isEqualTo("/interpreterId");
    body.remove("interpreterId");
    body.put("withoutInterpreter", true);
    assertThat(
            net.http
                .as(net.clinician)
                .post("/consults/" + consult + "/appointments", body)
                .status())
        .isEqualTo(201);
    var gaps = net.http.as(net.coordinator).get("/roster/language-gaps").body().path("items");
    assertThat(gaps.findValuesAsText("language")).contains("sw", "en");
    assertThat(gaps.findValuesAsText("gap")).containsOnly("false");
  }

  private static Reply waitFor(ConsultId consult) {
    return net.http
        .as(net.clinician)
        .post(
            "/consults/" + consult + "/waiting",
            Map.of(
                "from", TOMORROW.toString(),
                "until", TOMORROW.plus(Duration.ofMinutes(30)).toString(),
                "minutes", 30));
  }

  private static List<String> waitingConsults() {
    return net
        .http
        .as(net.coordinator)
        .get("/waiting")
        .body()
        .path("items")
        .findValuesAsText("consultId")
        .stream()
        .distinct()
        .toList();
  }

  private static List<String> notices(TestPerson who) {
    return net.http.as(who).get("/notices").body().path("items").findValuesAsText("kind");
  }

  private static String status(ConsultId consult, String appointment) {
    for (var one : net.consult(consult).path("appointments")) {
      if (one.path("id").asText().equals(appointment)) {
        return one.path("status").asText();
      }
    }
    throw new AssertionError("no appointment " + appointment);
  }

  private static Reply noShow(String appointment, String who) {
    return net.http
        .as(net.clinician)
        .post("/appointments/" + appointment + "/no-show", Map.of("absent", List.of(who)));
  }

  private static void cancel(String appointment) {
    var path = "/appointments/" + appointment + "/cancellation";
    var reply = net.http.as(net.clinician).post(path, Map.of("reason", "The road is flooded"));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  private static Reply move(String appointment, Instant to) {
    return net.http
        .as(net.clinician)
        .post("/appointments/" + appointment + "/rescheduling", wish(to, 30));
  }

  private static Reply hold(TestPerson by, ConsultId consult, Instant start) {
    return net.http.as(by).post("/consults/" + consult + "/holds", wish(start, 30));
  }

  private static Reply book(TestPerson by, ConsultId consult, Instant start, int minutes) {
    return net.http.as(by).post("/consults/" + consult + "/appointments", wish(start, minutes));
  }

  private static Map<String, Object> wish(Instant start, int minutes) {
    return Map.of("start", start.toString(), "minutes", minutes);
  }

  private static String id(Reply reply) {
    return reply.body().path("id").asText();
  }
}
