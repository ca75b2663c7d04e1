package org.consilium.scheduling.owner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnerIT {
  private Network net;
  private TestPerson ada;
  private TestPerson joseph;
  private TestPerson mary;

  @BeforeEach
  void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en", "sw");
    joseph = net.coordinator;
    mary = net.world.person("Mary Nakiru", net.clinics, Role.SCHEDULER, null, "Africa/Nairobi");
  }

  @AfterEach
  void stop() {
    net.close();
  }

  @Test
  void it_has_an_owner_from_the_first_moment_to_the_last() {
    var id = net.submitted(Urgency.GREEN);
    assertThat(owner(id)).isEqualTo("duty-group");
    net.triage(id, Urgency.GREEN);
    assertThat(owner(id)).isEqualTo("coordinator Joseph Lokol");
    var offer = net.offered(id, ada);
    assertThat(owner(id)).isEqualTo("coordinator Joseph Lokol");
    net.http.as(ada).post("/offers/" + offer + "/acceptance");
    assertThat(owner(id)).isEqualTo("specialist Ada Osei");
    net.asServer(tx -> net.scheduling.consults().discussed(tx, id, ada.id(), true, tx.now()));
    assertThat(owner(id)).isEqualTo("clinic Amina Ekal");
    var seen = net.http.as(ada).get("/consults/" + id).body().at("/summary/custody");
    assertThat(seen.at("/owner/kind").asText()).isEqualTo("clinic");
    assertThat(seen.has("coordinator")).isFalse();
    assertThat(seen.has("next")).isFalse();
    net.http.as(net.clinician).post("/consults/" + id + "/withdrawal", Map.of("reason", "x"));
    assertThat(owner(id)).isEqualTo("nobody");
  }

  @Test
  void of_many_who_take_it_over_at_once_one_does() throws Exception {
    var id = net.submitted(Urgency.RED);
    var others = new ArrayList<Callable<Reply>>();
    for (int i = 0; i < 6; i++) {
      var person =
          net.world.person("Coordinator " + i, net.clinics, Role.SCHEDULER, null, "Africa/Nairobi");
      others.add(() -> net.http.as(person).post("/consults/" + id + "/take-over", Map.of()));
    }
    var replies = atOnce(others);
    assertThat(replies).extracting(Reply::status).containsOnlyOnce(200).contains(409);
    assertThat(replies.stream().filter(r -> r.status() == 409))
        .extracting(Reply::code)
        .containsOnly("owner-changed");
    assertThat(owner(id)).startsWith("coordinator Coordinator");
  }

  @Test
  void taking_over_again_changes_nothing_and_from_another_needs_their_name() {
    var id = net.triaged(Urgency.ORANGE);
    assertThat(takeOver(mary, id, Map.of()).code()).isEqualTo("owner-changed");
    assertThat(takeOver(mary, id, Map.of("from", joseph.id().toString())).status()).isEqualTo(200);
    assertThat(takeOver(mary, id, Map.of()).status()).isEqualTo(200);
    assertThat(owner(id)).isEqualTo("coordinator Mary Nakiru");
    assertThat(sentences(id)).containsOnlyOnce("Mary Nakiru took it over.");
  }

  @Test
  void a_shift_does_not_end_before_red_and_orange_are_taken_over_by_name() {
    var orange = net.triaged(Urgency.ORANGE);
    var green = net.triaged(Urgency.GREEN);
    assertThat(net.http.as(joseph).post("/duty").status()).isEqualTo(200);
    var refused = net.http.as(joseph).post("/duty/hand-over");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("cases-not-taken-over");
    assertThat(refused.body().at("/consults/0").asText()).isEqualTo(orange.toString());
    assertThat(owner(green)).isEqualTo("coordinator Joseph Lokol");

    handOver(joseph, orange, mary);
    assertThat(owner(orange)).isEqualTo("coordinator Joseph Lokol");
    assertThat(net.http.as(joseph).post("/duty/hand-over").status()).isEqualTo(409);
    var mine = duty(mary);
    assertThat(mine.at("/handedToMe/0/consultId").asText()).isEqualTo(orange.toString());
    assertThat(mine.at("/handedToMe/0/mustBeTakenOver").asBoolean()).isTrue();

    takeOver(mary, orange, Map.of("from", joseph.id().toString()));
    var ended = net.http.as(joseph).post("/duty/hand-over");
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.body().has("since")).isFalse();
    assertThat(ended.body().at("/group/0/person/name").asText()).isEqualTo("Mary Nakiru");
    assertThat(owner(orange)).isEqualTo("coordinator Mary Nakiru");
    assertThat(owner(green)).isEqualTo("duty-group");
    assertThat(sentences(green))
        .contains("Joseph Lokol went off duty; it is with the coordinators on duty.");
  }

  @Test
  void a_coordinator_who_is_alone_leaves_once_a_supervisor_has_taken_over_by_name() {
    var alone = net.world.person("Alone Ekai", net.clinics, Role.SCHEDULER);
    var supervisor = net.world.person("Sara Lolo", net.clinics, Role.SUPERVISOR);
    var red = net.triaged(Urgency.RED);
    takeOver(alone, red, Map.of("from", joseph.id().toString()));
    assertThat(takeOver(supervisor, red, Map.of("from", alone.id().toString())).code())
        .isEqualTo("not-handed-to-you");
    assertThat(
            net.http
                .as(supervisor)
                .post("/consults/" + red + "/hand-over", Map.of("to", mary.id().toString()))
                .code())
        .isEqualTo("not-in-your-name");
    assertThat(net.http.as(alone).post("/duty/hand-over").status()).isEqualTo(409);

    handOver(alone, red, supervisor);
    assertThat(owner(red)).isEqualTo("coordinator Alone Ekai");
    assertThat(net.http.as(alone).post("/duty/hand-over").status()).isEqualTo(409);
    assertThat(duty(supervisor).at("/handedToMe/0/consultId").asText()).isEqualTo(red.toString());
    assertThat(takeOver(supervisor, red, Map.of("from", alone.id().toString())).status())
        .isEqualTo(200);
    assertThat(owner(red)).isEqualTo("coordinator Sara Lolo");
    assertThat(net.http.as(alone).post("/duty/hand-over").status()).isEqualTo(200);

    assertThat(net.http.as(supervisor).post("/duty/hand-over").code())
        .isEqualTo("cases-not-taken-over");
    handOver(supervisor, red, mary);
    takeOver(mary, red, Map.of("from", supervisor.id().toString()));
    assertThat(net.http.as(supervisor).post("/duty/hand-over").status()).isEqualTo(200);
    assertThat(owner(red)).isEqualTo("coordinator Mary Nakiru");
  }

  @Test
  void it_is_handed_over_to_coordinators_of_the_same_organisation_only() {
    var id = net.triaged(Urgency.ORANGE);
    for (var nobody : List.of(ada, joseph, net.clinician)) {
      var reply =
          net.http
              .as(joseph)
              .post("/consults/" + id + "/hand-over", Map.of("to", nobody.id().toString()));
      assertThat(reply.status()).isEqualTo(422);
    }
  }

  @Test
  void redirected_it_ends_with_the_reason_and_its_offers_end_too() {
    var id = net.triaged(Urgency.ORANGE);
    net.offered(id, ada);
    var reply =
        net.http
            .as(joseph)
            .post(
                "/consults/" + id + "/redirection",
                Map.of("where", "emergency", "reason", "Needs surgery now."));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(reply.body().path("redirected").asText()).isEqualTo("emergency");
    var consult = net.consult(id);
    assertThat(consult.at("/summary/status").asText()).isEqualTo("withdrawn");
    assertThat(consult.path("offers").findValuesAsText("status")).containsExactly("withdrawn");
    assertThat(sentences(id))
        .contains("Joseph Lokol redirected it: an emergency for care on the spot.");
    assertThat(
            net.count(
                """
                SELECT count(*) FROM scheduling.timer WHERE consult_id = $1 AND fired_at IS NULL
                """,
                id))
        .isZero();
  }

  @Test
  void the_clinic_does_not_move_owners() {
    var id = net.triaged(Urgency.GREEN);
    assertThat(takeOver(net.clinician, id, Map.of()).status()).isEqualTo(403);
    assertThat(net.http.as(net.clinician).get("/duty").status()).isEqualTo(403);
  }

  private String owner(ConsultId id) {
    var owner = net.consult(id).at("/summary/custody/owner");
    return (owner.path("kind").asText() + " " + owner.at("/person/name").asText()).strip();
  }

  private List<String> sentences(ConsultId id) {
    return net.consult(id).path("history").findValuesAsText("sentence");
  }

  private JsonNode duty(TestPerson who) {
    return net.http.as(who).get("/duty").body();
  }

  private Reply takeOver(TestPerson who, ConsultId id, Map<String, String> body) {
    return net.http.as(who).post("/consults/" + id + "/take-over", body);
  }

  private void handOver(TestPerson from, ConsultId id, TestPerson to) {
    var reply =
        net.http.as(from).post("/consults/" + id + "/hand-over", Map.of("to", to.id().toString()));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().at("/handingTo/name").asText()).isEqualTo(to.caller().name());
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
