package org.consilium.scheduling.offer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has a network of its own: what is rung in one counts in no other. */
class LadderIT {
  private static final Instant START = TestPlatform.START;

  private Network net;
  private TestPerson ada;
  private TestPerson ben;

  @BeforeEach
  void start() {
    net = new Network();
    var events = net.world.platform().events();
    events.on(ConsultOffered.class, "test", (_, _) -> {});
    events.on(SupervisorNeeded.class, "test-supervisor", (_, _) -> {});
    ada = net.specialist("Ada Osei", "dermatology", "en", "sw");
    ben = net.specialist("Ben Costa", "dermatology", "en");
  }

  @AfterEach
  void stop() {
    net.close();
  }

  @Test
  void red_asks_two_by_itself_and_then_rings_the_next_on_call_every_ten_seconds() {
    var carl = onCall(net.specialist("Carl Diaz", "dermatology", "en"));
    var dora = onCall(net.specialist("Dora Ekeh", "dermatology", "en"));
    var elsa = onCall(net.specialist("Elsa Fonn", "dermatology", "en"));
    var id = net.triaged(Urgency.RED);
    fire();
    assertThat(open(id)).hasSize(2);
    at(10);
    assertThat(open(id)).hasSize(3);
    at(20);
    assertThat(open(id)).contains(name(carl), name(dora), name(elsa)).hasSize(3);
    assertThat(rung(carl) + rung(dora) + rung(elsa)).isEqualTo(3);
    assertThat(rung(ada)).isZero();
    assertThat(
            net.count(
                """
                SELECT count(*) FROM platform.outbox_event
                 WHERE name = 'ConsultOffered' AND body ->> 'rings' = 'true'
                """))
        .isEqualTo(3);
  }

  @Test
  void in_an_emergency_a_clinic_asks_who_is_on_call_without_a_coordinator() {
    var carl = onCall(net.specialist("Carl Diaz", "dermatology", "en"));
    var id = net.submitted(Urgency.RED);
    assertThat(askOnCall(id, carl).status()).isEqualTo(204);
    assertThat(askOnCall(id, carl).status()).isEqualTo(204);
    assertThat(open(id)).containsExactly(name(carl));
    assertThat(rung(carl)).isEqualTo(1);
    assertThat(sentences(id))
        .contains(
            "Confirmed by rule, as the clinic asked: red, Dermatology.",
            net.clinician.caller().name() + " offered it to Carl Diaz.");
    assertThat(net.consult(id).at("/summary/custody/owner/kind").asText()).isEqualTo("duty-group");
    // The ladder goes on beside it, and asks others.
    fire();
    assertThat(open(id)).contains(name(carl)).hasSizeGreaterThan(1);
    accept(carl, id);
    assertThat(askOnCall(id, carl).code()).isNotEmpty();

    assertThat(askOnCall(net.submitted(Urgency.RED), ada).code()).isEqualTo("not-on-call");
    assertThat(askOnCall(net.submitted(Urgency.ORANGE), carl).code()).isEqualTo("not-an-emergency");
  }

  private Reply askOnCall(ConsultId id, TestPerson whom) {
    return net.http
        .as(net.clinician)
        .post("/consults/" + id + "/on-call-request", Map.of("specialistId", whom.id().toString()));
  }

  @Test
  void three_at_once_when_life_is_in_danger() {
    onCall(net.specialist("Carl Diaz", "dermatology", "en"));
    var id = net.submitted(Urgency.RED);
    var body =
        Map.of(
            "urgency", "red",
            "specialty", "dermatology",
            "mode", "clinician-advice",
            "lifeThreatening", true);
    assertThat(net.http.as(net.coordinator).post("/consults/" + id + "/triage", body).status())
        .isEqualTo(200);
    fire();
    assertThat(open(id)).hasSize(3);
  }

  @Test
  void nobody_is_rung_more_often_in_a_week_than_agreed() {
    var carl = onCall(net.specialist("Carl Diaz", "dermatology", "en"));
    net.asServer(tx ->
        tx.run("UPDATE scheduling.volunteer SET ring_budget = 1 WHERE account_id = $1", carl.id()));
    var first = net.triaged(Urgency.RED);
    fire();
    assertThat(rung(carl)).isEqualTo(1);
    accept(carl, first);
    net.triaged(Urgency.RED);
    fire();
    assertThat(rung(carl)).isEqualTo(1);
  }

  @Test
  void a_ring_by_hand_for_a_call_counts_against_the_budget_too() {
    var dora = onCall(net.specialist("Dora Held", "dermatology", "en"));
    net.asServer(tx ->
        tx.run("UPDATE scheduling.volunteer SET ring_budget = 2 WHERE account_id = $1", dora.id()));
    net.rungByHand.put(dora.id(), 1);
    var first = net.triaged(Urgency.RED);
    fire();
    accept(dora, first);
    assertThat(rung(dora)).isEqualTo(1);
    net.triaged(Urgency.RED);
    fire();
    assertThat(rung(dora)).isEqualTo(1);
  }

  @Test
  void red_that_no_coordinator_confirms_in_time_is_confirmed_by_rule() {
    var id = net.submitted(Urgency.RED);
    at(299);
    assertThat(net.consult(id).at("/summary/status").asText()).isEqualTo("submitted");
    at(300);
    assertThat(open(id)).hasSize(2);
    assertThat(sentences(id)).contains("Confirmed by rule, as the clinic asked: red, Dermatology.");
    assertThat(net.consult(id).at("/summary/custody/owner/kind").asText()).isEqualTo("duty-group");
  }

  @Test
  void an_offer_reminds_at_a_third_and_asks_the_next_at_two_thirds() {
    var id = net.triaged(Urgency.ORANGE);
    var offer = net.offered(id, ada);
    at(300);
    var seen = net.http.as(ada).get("/offers/" + offer).body();
    assertThat(seen.path("remindedAt").asText()).isNotEmpty();
    assertThat(open(id)).containsExactly("Ada Osei");
    at(601);
    assertThat(open(id)).containsExactlyInAnyOrder("Ada Osei", "Ben Costa");
    accept(ada, id);
    assertThat(open(id)).isEmpty();
    assertThat(pending(id)).isZero();
  }

  @Test
  void a_refusal_passes_on_in_the_servers_name_to_the_colleague_who_was_named() {
    var cleo = net.specialist("Cleo Ray", "psychiatry", "en");
    var id = net.triaged(Urgency.GREEN);
    var offer = net.offered(id, ada);
    var reply =
        net.http
            .as(ada)
            .post(
                "/offers/" + offer + "/refusal",
                Map.of("reason", "not-my-field", "colleagueId", cleo.id().toString()));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().at("/refusal/colleague/name").asText()).isEqualTo("Cleo Ray");
    assertThat(open(id)).containsExactly("Cleo Ray");
    assertThat(sentences(id))
        .contains("Ada Osei named a colleague: Cleo Ray.", "Passed on to Cleo Ray.");
    assertThat(
            net.count(
                """
                SELECT count(*) FROM platform.audit_event
                 WHERE consult_id = $1 AND action = 'consult.offer' AND actor_id IS NULL
                   AND actor_name = 'Consilium'
                """,
                id))
        .isEqualTo(1);
    assertThat(
            net.count(
                """
                SELECT count(*) FROM platform.audit_event
                 WHERE consult_id = $1 AND action = 'consult.offer' AND actor_id = $2
                """,
                id,
                ada.id()))
        .isZero();
  }

  @Test
  void nobody_can_be_named_who_is_no_specialist() {
    var offer = net.offered(net.triaged(Urgency.GREEN), ada);
    for (var nobody : List.of(ada.id(), net.coordinator.id())) {
      var reply =
          net.http
              .as(ada)
              .post(
                  "/offers/" + offer + "/refusal",
                  Map.of("reason", "busy", "colleagueId", nobody.toString()));
      assertThat(reply.status()).isEqualTo(422);
    }
  }

  @Test
  void what_was_opened_is_noted_once() {
    var id = net.triaged(Urgency.GREEN);
    var offer = net.offered(id, ada);
    assertThat(net.http.as(ben).post("/offers/" + offer + "/opening").status()).isEqualTo(404);
    assertThat(net.http.as(ada).post("/offers/" + offer + "/opening").status()).isEqualTo(204);
    at(60);
    assertThat(net.http.as(ada).post("/offers/" + offer + "/opening").status()).isEqualTo(204);
    assertThat(net.consult(id).at("/offers/0/seenAt").asText()).isEqualTo(START.toString());
  }

  @Test
  void time_over_needs_the_coordinator_and_then_the_supervisor() {
    var id = net.triaged(Urgency.ORANGE);
    at(1800);
    assertThat(net.consult(id).at("/summary/custody/attention").asText()).isEqualTo("own");
    at(3600);
    assertThat(net.consult(id).at("/summary/custody/attention").asText()).isEqualTo("supervisor");
    assertThat(sentences(id))
        .containsOnlyOnce("Its time is over; the coordinator must act.")
        .containsOnlyOnce("Nobody took it in time; the supervisor is to be telephoned.");
    assertThat(published("SupervisorNeeded")).isEqualTo(1);
  }

  @Test
  void red_that_nobody_takes_is_telephoned_about_until_what_came_of_it_is_noted() {
    var supervisor = net.world.person("Sara Lolo", net.clinics, Role.SUPERVISOR);
    var id = net.unconfirmed(Urgency.RED);
    at(599);
    assertThat(call(id).isMissingNode()).isTrue();
    at(600);
    var first = call(id);
    assertThat(first.path("since").asText()).isEqualTo(START.plusSeconds(600).toString());
    assertThat(first.has("number")).isFalse();
    var queue = net.http.as(net.coordinator).get("/consults?view=queue").body();
    assertThat(queue.at("/items/0/custody/supervisorCall/id")).isEqualTo(first.path("id"));
    assertThat(net.http.as(supervisor).get(path(id)).body().at(CALL)).isEqualTo(first);
    assertThat(net.http.as(net.clinician).get(path(id)).body().at(CALL).isMissingNode()).isTrue();

    var line = Map.of("number", "+254 700 000 001");
    assertThat(net.http.as(net.clinician).post("/supervisor-line", line).status()).isEqualTo(403);
    assertThat(net.http.as(net.coordinator).post("/supervisor-line", line).status()).isEqualTo(204);
    assertThat(call(id).path("number").asText()).isEqualTo("+254 700 000 001");

    var notReached = Map.of("outcome", "not-reached", "words", "It rang, nobody came.");
    assertThat(note(supervisor, id, first, notReached).status()).isEqualTo(403);
    assertThat(note(net.coordinator, net.submitted(Urgency.RED), first, notReached).code())
        .isEqualTo("supervisor-call-not-found");
    assertThat(note(net.coordinator, id, first, notReached).status()).isEqualTo(200);
    assertThat(note(net.coordinator, id, first, notReached).code())
        .isEqualTo("supervisor-call-done");
    assertThat(call(id).isMissingNode()).isTrue();
    assertThat(sentences(id))
        .containsOnlyOnce("Joseph Lokol telephoned and did not reach the supervisor.");
    assertThat(net.consult(id).path("history").findValuesAsText("reason"))
        .contains("It rang, nobody came.");
    assertThat(
            net.count(
                """
                SELECT count(*) FROM platform.audit_event
                 WHERE consult_id = $1 AND action = 'supervisor-call.not-reached' AND actor_id = $2
                """,
                id,
                net.coordinator.id()))
        .isEqualTo(1);

    net.triage(id, Urgency.RED);
    at(900);
    var second = call(id);
    assertThat(second.path("id")).isNotEqualTo(first.path("id"));
    assertThat(published("SupervisorNeeded")).isGreaterThanOrEqualTo(2);
    accept(ada, id);
    assertThat(call(id).isMissingNode()).isTrue();
    assertThat(
            net.count(
                "SELECT count(*) FROM scheduling.supervisor_call WHERE outcome = 'not-needed'"))
        .isEqualTo(1);
  }

  private static final String CALL = "/summary/custody/supervisorCall";

  private JsonNode call(ConsultId id) {
    return net.consult(id).at(CALL);
  }

  private Reply note(TestPerson who, ConsultId id, JsonNode call, Map<String, String> body) {
    var address = path(id) + "/supervisor-calls/" + call.path("id").asText() + "/outcome";
    return net.http.as(who).post(address, body);
  }

  @Test
  void a_pause_holds_the_ladder_back_and_an_end_of_it_lets_it_go_on() {
    var id = net.triaged(Urgency.RED);
    act(id, "ladder/pause", Map.of("until", START.plusSeconds(120).toString()));
    at(60);
    assertThat(open(id)).isEmpty();
    assertThat(net.consult(id).at("/summary/custody/pausedUntil").asText()).isNotEmpty();
    act(id, "ladder/resumption", null);
    fire();
    assertThat(open(id)).hasSize(2);
  }

  @Test
  void a_refusal_during_a_pause_asks_nobody_until_it_ends_by_itself() {
    var id = net.triaged(Urgency.GREEN);
    var offer = net.offered(id, ada);
    act(id, "ladder/pause", Map.of("until", START.plusSeconds(600).toString()));
    net.http.as(ada).post("/offers/" + offer + "/refusal", Map.of("reason", "busy"));
    assertThat(net.consult(id).at("/summary/status").asText()).isEqualTo("triaged");
    at(599);
    assertThat(open(id)).isEmpty();
    at(600);
    assertThat(open(id)).containsExactly("Ben Costa");
  }

  @Test
  void only_who_is_pinned_is_asked_until_their_time_is_over() {
    var id = net.triaged(Urgency.ORANGE);
    net.offered(id, ada);
    act(
        id,
        "pin",
        Map.of("specialistId", ben.id().toString(), "until", START.plusSeconds(2400).toString()));
    assertThat(open(id)).containsExactly("Ben Costa");
    at(2399);
    assertThat(open(id)).containsExactly("Ben Costa");
    assertThat(net.consult(id).at("/summary/custody/attention").asText()).isEqualTo("none");
    at(2400);
    assertThat(net.consult(id).path("offers").findValuesAsText("status"))
        .contains("expired", "withdrawn");
    assertThat(net.consult(id).at("/summary/custody/attention").asText()).isEqualTo("own");
  }

  @Test
  void who_was_pinned_and_refuses_lets_the_ladder_go_on_at_once() {
    var id = net.triaged(Urgency.GREEN);
    act(
        id,
        "pin",
        Map.of("specialistId", ben.id().toString(), "until", START.plusSeconds(9000).toString()));
    refuse(ben, id);
    assertThat(open(id)).containsExactly("Ada Osei");
    assertThat(ladder(id).path("pinned").isMissingNode()).isTrue();
  }

  @Test
  void the_next_step_can_be_brought_forward_or_left_out() {
    var id = net.triaged(Urgency.ORANGE);
    act(id, "ladder/skip", Map.of("how", "now"));
    assertThat(open(id)).hasSize(1);
    act(id, "ladder/skip", Map.of("how", "leave-out"));
    act(id, "ladder/skip", Map.of("how", "leave-out"));
    act(id, "ladder/skip", Map.of("how", "leave-out"));
    var none = net.http.as(net.coordinator).post(path(id) + "/ladder/skip", Map.of("how", "now"));
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.code()).isEqualTo("no-step-left");
    assertThat(ladder(id).path("steps").findValuesAsText("state")).contains("done", "left-out");
  }

  @Test
  void the_ladder_is_shown_as_steps_with_their_times() {
    var id = net.triaged(Urgency.ORANGE);
    var shown = ladder(id);
    assertThat(shown.path("version").asInt()).isEqualTo(1);
    assertThat(shown.path("isProposal").asBoolean()).isTrue();
    assertThat(shown.path("steps").findValuesAsText("state"))
        .containsExactly("moot", "next", "later", "later", "later");
    assertThat(shown.at("/steps/1/sentence").asText()).isEqualTo("One specialist more is asked.");
    assertThat(shown.at("/steps/1/at").asText()).isEqualTo(START.plusSeconds(900).toString());
    assertThat(net.consult(id).at("/summary/custody/next/at").asText())
        .isEqualTo(START.plusSeconds(900).toString());
    assertThat(net.http.as(net.clinician).get(path(id) + "/ladder").status()).isEqualTo(403);
  }

  @Test
  void a_consult_keeps_the_ladder_that_it_began_with() {
    var before = net.submitted(Urgency.ORANGE);
    newer();
    net.triage(before, Urgency.ORANGE);
    var after = net.triaged(Urgency.ORANGE);
    at(60);
    assertThat(open(before)).isEmpty();
    assertThat(open(after)).hasSize(2);
    assertThat(ladder(before).path("version").asInt()).isEqualTo(1);
    assertThat(ladder(after).path("version").asInt()).isEqualTo(2);
  }

  /** A second version as a network's owner would enter it: orange asks two after one minute. */
  private void newer() {
    var address = net.world.address();
    try (var owner =
            java.sql.DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password());
        var statement = owner.createStatement()) {
      statement.execute(
          "INSERT INTO scheduling.ladder VALUES (2, '2026-02-01T00:00:00Z', false, 'Approved.')");
      statement.execute(
          """
          INSERT INTO scheduling.ladder_step
            (version, urgency, position, phase, counted_from, after, act, asks, asks_life)
          VALUES (2, 'orange', 1, 'placing', 'submission', 60, 'ask', 2, 2)
          """);
    } catch (java.sql.SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void eight_clocks_at_once_fire_each_timer_once() throws Exception {
    var ids = new ArrayList<ConsultId>();
    for (int i = 0; i < 12; i++) {
      ids.add(net.triaged(Urgency.ORANGE));
      net.offered(ids.getLast(), ada);
    }
    net.world.clock().set(START.plusSeconds(3600));
    var clocks = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 8; i++) {
      clocks.add(() ->
          new Scheduling(
                  net.world.platform(),
                  Optional.empty(),
                  (_, _, _) -> Set.of(),
                  (_, _, _) -> Map.of())
              .ladder()
              .runDue());
    }
    atOnce(clocks);
    for (var id : ids) {
      assertThat(pending(id)).isZero();
      var counted = new HashMap<String, Integer>();
      sentences(id).forEach(sentence -> counted.merge(sentence, 1, Integer::sum));
      assertThat(counted.values()).containsOnly(1);
      assertThat(counted)
          .containsKey("Nobody took it in time; the supervisor is to be telephoned.");
    }
  }

  @Test
  void what_fails_is_tried_again_and_keeps_nothing_else_waiting() {
    var broken = net.triaged(Urgency.ORANGE);
    var whole = net.triaged(Urgency.ORANGE);
    net.asServer(tx ->
        tx.run(
            "UPDATE scheduling.timer SET position = 99 WHERE consult_id = $1 AND position = 5",
            broken));
    at(1800);
    assertThat(net.consult(whole).at("/summary/custody/attention").asText()).isEqualTo("own");
    assertThat(
            net.count(
                """
                SELECT count(*) FROM scheduling.timer
                 WHERE consult_id = $1 AND position = 99 AND failures = 1 AND fired_at IS NULL
                """,
                broken))
        .isEqualTo(1);
  }

  private TestPerson onCall(TestPerson person) {
    var reply =
        net.http
            .as(net.coordinator)
            .post(
                "/on-call-shifts",
                Map.of(
                    "specialistId", person.id().toString(),
                    "start", START.minusSeconds(3600).toString(),
                    "end", START.plusSeconds(86_400).toString()));
    assertThat(reply.status()).isEqualTo(201);
    return person;
  }

  private static String name(TestPerson person) {
    return person.caller().name();
  }

  private void at(long seconds) {
    net.world.clock().set(START.plusSeconds(seconds));
    fire();
  }

  private void fire() {
    net.scheduling.ladder().runDue();
  }

  private static String path(ConsultId id) {
    return "/consults/" + id;
  }

  private void act(ConsultId id, String what, Object body) {
    var coordinator = net.http.as(net.coordinator);
    var path = path(id) + "/" + what;
    Reply reply = body == null ? coordinator.post(path) : coordinator.post(path, body);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
  }

  private JsonNode ladder(ConsultId id) {
    return net.http.as(net.coordinator).get(path(id) + "/ladder").body();
  }

  private List<String> open(ConsultId id) {
    var names = new ArrayList<String>();
    for (var offer : net.consult(id).path("offers")) {
      if (offer.path("status").asText().equals("open")) {
        names.add(offer.at("/specialist/name").asText());
      }
    }
    return names;
  }

  private String openOffer(TestPerson who, ConsultId id) {
    for (var offer : net.http.as(who).get("/offers").body().path("items")) {
      if (offer.path("consultId").asText().equals(id.toString())
          && offer.path("status").asText().equals("open")) {
        return offer.path("id").asText();
      }
    }
    throw new AssertionError("no open offer for " + name(who));
  }

  private void accept(TestPerson who, ConsultId id) {
    var reply = net.http.as(who).post("/offers/" + openOffer(who, id) + "/acceptance");
    assertThat(reply.status()).isEqualTo(200);
  }

  private void refuse(TestPerson who, ConsultId id) {
    var reply =
        net.http
            .as(who)
            .post("/offers/" + openOffer(who, id) + "/refusal", Map.of("reason", "busy"));
    assertThat(reply.status()).isEqualTo(200);
  }

  private List<String> sentences(ConsultId id) {
    return net.consult(id).path("history").findValuesAsText("sentence");
  }

  private long pending(ConsultId id) {
    return net.count(
        """
        SELECT count(*) FROM scheduling.timer
         WHERE consult_id = $1 AND fired_at IS NULL AND due_at <= $2
        """,
        id,
        net.world.clock().instant());
  }

  private long rung(TestPerson person) {
    return net.count(
        "SELECT count(*) FROM scheduling.offer WHERE specialist_id = $1 AND rang", person.id());
  }

  private long published(String event) {
    return net.count("SELECT count(*) FROM platform.outbox_event WHERE name = $1", event);
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

  @Test
  void a_wave_leaves_time_for_an_answer() {
    var id = net.triaged(Urgency.RED);
    fire();
    assertThat(
            Duration.between(
                START, Instant.parse(net.consult(id).at("/offers/0/expiresAt").asText())))
        .isEqualTo(Duration.ofMinutes(5));
  }
}
