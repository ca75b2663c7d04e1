package org.consilium.scheduling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.HoursException;
import org.consilium.scheduling.booking.AppointmentRescheduled;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.roster.HoursChanged;
import org.consilium.scheduling.volunteer.VolunteerPaused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanIT {
  /** A Monday morning on which the newest weights hold. */
  private static final Instant MORNING = Instant.parse("2026-11-09T07:00:00Z");

  private static final Instant IN_FOUR_DAYS = Instant.parse("2026-11-13T10:00:00Z");

  private Network net;
  private TestPerson ada;

  @BeforeEach
  void start() {
    net = new Network();
    net.world.clock().set(MORNING);
    ada = net.specialist("Ada Osei", "dermatology", "en");
    var events = net.world.platform().events();
    var plans = net.scheduling.plans();
    events.on(
        HoursChanged.class,
        "changed-hours-are-planned-anew",
        (tx, e) -> plans.volunteerChanged(tx, e.volunteer()));
    events.on(
        VolunteerPaused.class,
        "a-pause-is-planned-anew",
        (tx, e) -> plans.volunteerChanged(tx, e.volunteer()));
  }

  @AfterEach
  void stop() {
    net.close();
  }

  @Test
  void an_earlier_hour_that_pays_is_proposed_with_its_reasons_and_nothing_is_moved_yet() {
    var consult = booked(IN_FOUR_DAYS);
    assertThat(net.scheduling.plans().runDue()).isEqualTo(1);

    var plan = onlyPlan();
    assertThat(plan.path("status").asText()).isEqualTo("open");
    assertThat(plan.path("cause").asText()).isEqualTo("hourly");
    assertThat(plan.path("valueAfter").asLong()).isGreaterThan(plan.path("valueBefore").asLong());
    var move = plan.path("moves").path(0);
    assertThat(move.path("consultId").asText()).isEqualTo(consult.toString());
    assertThat(move.path("was").asText()).isEqualTo("2026-11-13T10:00:00Z");
    assertThat(Instant.parse(move.path("start").asText()))
        .isAfter(MORNING.plus(Duration.ofHours(12)))
        .isBefore(IN_FOUR_DAYS);
    assertThat(move.path("specialistZone").asText()).isEqualTo("Europe/Lisbon");
    assertThat(move.path("clinicZone").asText()).isEqualTo("Africa/Nairobi");
    int gained = move.path("pointsAfter").asInt() - move.path("pointsBefore").asInt();
    int explained =
        move.path("changes").findValues("points").stream().mapToInt(JsonNode::asInt).sum();
    assertThat(explained).isEqualTo(gained).isGreaterThan(100);
    assertThat(startOf(consult)).isEqualTo(IN_FOUR_DAYS);
  }

  @Test
  void approving_moves_all_of_it_once_and_tells() {
    var consult = booked(IN_FOUR_DAYS);
    net.scheduling.plans().runDue();
    var plan = onlyPlan();
    var start = Instant.parse(plan.at("/moves/0/start").asText());

    var told = new ArrayList<Instant>();
    net.world
        .platform()
        .events()
        .on(AppointmentRescheduled.class, "a-test-listens", (tx, e) -> told.add(e.start()));
    var reply = net.http.as(net.coordinator).post("/plans/" + id(plan) + "/approval");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("status").asText()).isEqualTo("applied");
    assertThat(reply.body().at("/decidedBy/name").asText()).isEqualTo("Joseph Lokol");
    assertThat(startOf(consult)).isEqualTo(start);
    assertThat(net.count("SELECT count(*) FROM scheduling.booking WHERE NOT cancelled"))
        .isEqualTo(2);
    net.world.platform().delivery().deliverDue();
    assertThat(told).contains(start);

    var again = net.http.as(net.coordinator).post("/plans/" + id(plan) + "/approval");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("plan-decided");
  }

  @Test
  void rejecting_leaves_everything_and_keeps_the_reason() {
    var consult = booked(IN_FOUR_DAYS);
    net.scheduling.plans().runDue();
    var plan = onlyPlan();
    var reply =
        net.http
            .as(net.coordinator)
            .post("/plans/" + id(plan) + "/rejection", Map.of("reason", "The family travels."));
    assertThat(reply.body().path("status").asText()).isEqualTo("rejected");
    assertThat(reply.body().path("reason").asText()).isEqualTo("The family travels.");
    assertThat(startOf(consult)).isEqualTo(IN_FOUR_DAYS);
  }

  @Test
  void what_begins_within_twelve_hours_or_hardly_gains_is_left_alone() {
    booked(MORNING.plus(Duration.ofHours(6)));
    booked(MORNING.plus(Duration.ofHours(26)));
    assertThat(net.scheduling.plans().runDue()).isZero();
    assertThat(openPlans()).isEmpty();
  }

  @Test
  void a_plan_that_no_longer_fits_is_overtaken() {
    var consult = booked(IN_FOUR_DAYS);
    net.scheduling.plans().runDue();
    var plan = onlyPlan();
    var appointment = net.consult(consult).at("/appointments/0/id").asText();
    net.http
        .as(net.clinician)
        .post("/appointments/" + appointment + "/cancellation", Map.of("reason", "Better."));
    var reply = net.http.as(net.coordinator).post("/plans/" + id(plan) + "/approval");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("status").asText()).isEqualTo("overtaken");
    assertThat(net.count("SELECT count(*) FROM scheduling.booking WHERE NOT cancelled")).isZero();
  }

  @Test
  void leave_proposes_another_time_for_what_it_breaks() {
    var consult = booked(IN_FOUR_DAYS);
    away();

    var plan = onlyPlan();
    assertThat(plan.path("cause").asText()).isEqualTo("drop-out");
    var move = plan.path("moves").path(0);
    assertThat(Instant.parse(move.path("start").asText()))
        .isAfter(Instant.parse("2026-11-15T00:00:00Z"));
    assertThat(move.path("changes").findValuesAsText("before"))
        .contains("Is not free at that time.");
    net.http.as(net.coordinator).post("/plans/" + id(plan) + "/approval");
    assertThat(startOf(consult)).isAfter(Instant.parse("2026-11-15T00:00:00Z"));
  }

  @Test
  void what_leave_broke_is_settled_by_whoever_moves_it() {
    var consult = booked(IN_FOUR_DAYS);
    net.world.clock().advance(Duration.ofMinutes(1));
    away();
    net.scheduling.booking().clock().runDue();
    var coordinator = net.http.as(net.coordinator);
    var broken = coordinator.get("/broken-appointments").body().path("items");
    assertThat(broken).hasSize(1);
    var plan = onlyPlan();
    coordinator.post("/plans/" + id(plan) + "/approval");
    assertThat(startOf(consult)).isAfter(Instant.parse("2026-11-15T00:00:00Z"));
    assertThat(settled("moved")).isEqualTo(1);
    assertThat(
            coordinator
                .post("/broken-appointments/" + id(broken.path(0)) + "/approval", Map.of())
                .code())
        .isEqualTo("decided-already");

    var other = booked(IN_FOUR_DAYS.plus(Duration.ofDays(7)));
    net.world.clock().advance(Duration.ofMinutes(1));
    net.asServer(tx -> net.scheduling.roster().save(tx, ada.id(), Network.daily("12:00", "18:00")));
    net.scheduling.booking().clock().runDue();
    var open = settled("open");
    assertThat(open).isPositive();
    net.http
        .as(net.clinician)
        .post(
            "/appointments/"
                + net.consult(other).at("/appointments/0/id").asText()
                + "/cancellation",
            Map.of("reason", "Better."));
    assertThat(settled("open")).isEqualTo(open - 1);
    assertThat(settled("gone")).isEqualTo(1);
  }

  private long settled(String how) {
    return net.count("SELECT count(*) FROM scheduling.broken_appointment WHERE status = $1", how);
  }

  @Test
  void a_pause_reaches_the_planner_at_once() {
    var consult = booked(IN_FOUR_DAYS);
    net.asServer(tx ->
        net.scheduling.volunteers().pause(tx, ada.id(), Optional.empty(), Optional.of("Rest.")));
    net.world.platform().delivery().deliverDue();
    var plan = onlyPlan();
    assertThat(plan.path("cause").asText()).isEqualTo("drop-out");
    assertThat(plan.at("/moves/0/consultId").asText()).isEqualTo(consult.toString());
    assertThat(plan.at("/moves/0").has("start")).as("nobody else may take it over").isFalse();
  }

  @Test
  void a_network_can_let_plans_apply_by_themselves_in_the_name_of_who_set_it() {
    var consult = booked(IN_FOUR_DAYS);
    var set = net.http.as(net.coordinator).put("/planning", 0, Map.of("appliesByItself", true));
    assertThat(set.status()).isEqualTo(200);
    net.scheduling.plans().runDue();
    assertThat(startOf(consult)).isBefore(IN_FOUR_DAYS);
    var plan = net.http.as(net.coordinator).get("/plans").body().at("/items/0");
    assertThat(plan.path("status").asText()).isEqualTo("applied");
    assertThat(plan.at("/decidedBy/name").asText()).isEqualTo("Joseph Lokol");
  }

  @Test
  void an_hour_is_planned_once_however_many_nodes_try() throws Exception {
    booked(IN_FOUR_DAYS);
    try (var nodes = Executors.newFixedThreadPool(4)) {
      Callable<Integer> node = net.scheduling.plans()::runDue;
      int proposals = 0;
      for (Future<Integer> one : nodes.invokeAll(List.of(node, node, node, node))) {
        proposals += one.get();
      }
      assertThat(proposals).isEqualTo(1);
    }
    assertThat(net.scheduling.plans().runDue()).isZero();
    net.world.clock().advance(Duration.ofHours(1));
    assertThat(net.scheduling.plans().runDue()).isEqualTo(1);
    assertThat(openPlans()).hasSize(1);
    assertThat(net.count("SELECT count(*) FROM scheduling.plan_proposal")).isEqualTo(2);
  }

  @Test
  void another_organisation_sees_no_plan() {
    booked(IN_FOUR_DAYS);
    net.scheduling.plans().runDue();
    var plan = onlyPlan();
    var stranger = net.world.person("Eve Stranger", net.helpers, Role.SCHEDULER);
    assertThat(net.http.as(stranger).get("/plans").body().path("items")).isEmpty();
    assertThat(net.http.as(stranger).get("/plans/" + id(plan)).status()).isEqualTo(404);
    assertThat(net.http.as(stranger).post("/plans/" + id(plan) + "/approval").status())
        .isEqualTo(404);
  }

  @Test
  void what_is_asked_often_gives_hours_a_price_that_the_ranking_shows() {
    for (int i = 0; i < 60; i++) {
      net.submitted(Urgency.GREEN);
    }
    net.world.clock().set(MORNING.plus(Duration.ofDays(6)));
    net.asServer(tx -> tx.run("UPDATE scheduling.volunteer SET weekly_cap = 4"));
    net.scheduling.plans().runDue();
    assertThat(net.count("SELECT count(*) FROM scheduling.hour_price")).isPositive();

    var id = net.triaged(Urgency.BLUE);
    var candidates = net.http.as(net.coordinator).get("/consults/" + id + "/candidates").body();
    assertThat(candidates.path("weightsVersion").asText()).isEqualTo("2026-2");
    JsonNode price = null;
    for (JsonNode term : candidates.at("/items/0/terms")) {
      price = term.path("code").asText().equals("shadow-price") ? term : price;
    }
    assertThat(price).isNotNull();
    assertThat(price.path("points").asInt()).isNegative();
    assertThat(price.path("sentence").asText()).startsWith("Others are expected to need that hour");
  }

  /** Ada goes on leave for the week. */
  private void away() {
    var away =
        new Hours(
            ZoneId.of("Europe/Lisbon"),
            Network.daily("08:00", "18:00").weekly(),
            List.of(
                new HoursException.Away(
                    LocalDate.parse("2026-11-09"), LocalDate.parse("2026-11-14"))),
            List.of());
    net.asServer(tx -> {
      net.scheduling.roster().save(tx, ada.id(), away);
      net.world.platform().outbox().publish(tx, new HoursChanged(ada.id()));
    });
    net.world.platform().delivery().deliverDue();
  }

  private ConsultId booked(Instant start) {
    var id = net.accepted(ada);
    var reply =
        net.http
            .as(net.clinician)
            .post(
                "/consults/" + id + "/appointments",
                Map.of("start", start.toString(), "minutes", 30));
    assertThat(reply.status()).isEqualTo(201);
    return id;
  }

  private Instant startOf(ConsultId consult) {
    for (JsonNode appointment : net.consult(consult).path("appointments")) {
      if (appointment.path("status").asText().equals("booked")) {
        return Instant.parse(appointment.path("start").asText());
      }
    }
    throw new AssertionError("No appointment of " + consult);
  }

  private JsonNode openPlans() {
    return net.http.as(net.coordinator).get("/plans?status=open").body().path("items");
  }

  private JsonNode onlyPlan() {
    assertThat(openPlans()).hasSize(1);
    return openPlans().path(0);
  }

  private static String id(JsonNode plan) {
    return plan.path("id").asText();
  }
}
