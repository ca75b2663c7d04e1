package org.consilium.scheduling.offer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.GenderWish;
import org.consilium.scheduling.volunteer.Gender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfferIT {
  private static Network net;
  private static TestPerson ada;
  private static TestPerson ben;

  @BeforeAll
  static void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en", "sw");
    ben = net.specialist("Ben Costa", "dermatology", "en");
    net.specialist("Cleo Ray", "psychiatry", "en", "sw");
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
  void the_list_explains_itself_and_the_barred_come_last() {
    var id = net.triaged(Urgency.GREEN);
    var list = net.http.as(net.coordinator).get("/consults/" + id + "/candidates");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body().path("weightsVersion").asText()).isEqualTo("2026-1");
    assertThat(list.body().path("clinicZone").asText()).isEqualTo("Africa/Nairobi");
    var first = list.body().path("items").path(0);
    assertThat(first.at("/specialist/name").asText()).isEqualTo("Ada Osei");
    assertThat(first.path("rank").asInt()).isEqualTo(1);
    assertThat(first.path("onDutyNow").asBoolean()).isTrue();
    assertThat(first.path("terms").findValuesAsText("sentence"))
        .contains(
            "Works in Dermatology.",
            "Speaks Swahili with the patient.",
            "On duty now until 18:00 there, 21:00 at the clinic.");
    assertThat(audited("consult.rank", id)).isEqualTo(1);
  }

  @Test
  void whom_the_patient_wishes_to_be_seen_by_is_kept_shown_and_weighed() {
    net.asServer(tx -> {
      tx.run("UPDATE scheduling.volunteer SET gender = 'male' WHERE account_id = $1", ada.id());
      tx.run("UPDATE scheduling.volunteer SET gender = 'female' WHERE account_id = $1", ben.id());
    });
    var must = net.wishing(new GenderWish(Gender.FEMALE, true));
    var wish = net.consult(must).at("/summary/genderWish");
    assertThat(wish.path("gender").asText()).isEqualTo("female");
    assertThat(wish.path("required").asBoolean()).isTrue();
    assertThat(candidate(must, ada).path("rank").asInt()).isZero();
    assertThat(candidate(must, ada).path("barred").findValuesAsText("sentence"))
        .containsExactly("The patient needs to be seen by somebody of the gender they asked for.");
    assertThat(candidate(must, ben).path("rank").asInt()).isEqualTo(1);

    var may = net.wishing(new GenderWish(Gender.FEMALE, false));
    assertThat(candidate(may, ada).path("barred")).isEmpty();
    assertThat(candidate(may, ada).path("terms").findValuesAsText("sentence"))
        .contains("Is not known to be of the gender that the patient wished for.");
    assertThat(candidate(may, ben).path("terms").findValuesAsText("sentence"))
        .contains("Is of the gender that the patient wished for.");
    assertThat(net.consult(net.triaged(Urgency.GREEN)).path("summary").has("genderWish")).isFalse();
  }

  private JsonNode candidate(ConsultId id, TestPerson person) {
    var list = net.http.as(net.coordinator).get("/consults/" + id + "/candidates").body();
    return list.path("items")
        .valueStream()
        .filter(one -> one.at("/specialist/id").asText().equals(person.id().toString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_offer_says_no_more_than_it_may_and_its_reading_is_audited() {
    var id = net.triaged(Urgency.YELLOW);
    var offer = net.offered(id, ada);
    var seen = net.http.as(ada).get("/offers/" + offer).body();
    assertThat(seen.at("/about/question").asText()).isEqualTo("Is this leprosy?");
    assertThat(seen.at("/about/site/country").asText()).isEqualTo("KE");
    assertThat(seen.path("expiresAt").asText())
        .isEqualTo(TestPlatform.START.plus(Duration.ofMinutes(80)).toString());
    assertThat(audited("offer.read", id)).isEqualTo(1);
    assertThat(net.http.as(ben).get("/offers/" + offer).status()).isEqualTo(404);
    assertThat(net.http.as(ada).get("/offers").body().path("items").findValuesAsText("id"))
        .contains(offer);
    assertThat(net.http.as(ada).get("/consults/" + id).status()).isEqualTo(404);
  }

  @Test
  void a_refusal_with_reason_passes_on_at_once_and_then_to_nobody() {
    var id = net.triaged(Urgency.GREEN);
    refuse(ada, net.offered(id, ada), "busy");

    assertThat(net.consult(id).at("/summary/status").asText()).isEqualTo("offered");
    var next = openOffer(ben, id);
    refuse(ben, next, "not-my-field");

    var consult = net.consult(id);
    assertThat(consult.at("/summary/status").asText()).isEqualTo("triaged");
    assertThat(consult.at("/summary/waitingOn").asText()).isEqualTo("coordinator");
    assertThat(consult.path("offers").findValuesAsText("status"))
        .containsExactly("refused", "refused");
    assertThat(consult.path("history").findValuesAsText("sentence"))
        .contains(
            "Joseph Lokol offered it to Ada Osei.",
            "Ada Osei refused: busy.",
            "Passed on to Ben Costa.",
            "Nobody is left to ask; the coordinator decides.");
  }

  @Test
  void silence_passes_on_by_itself_and_fires_once_over_several_workers() throws Exception {
    var id = net.triaged(Urgency.ORANGE);
    var offer = net.offered(id, ada);
    net.world.clock().advance(Duration.ofMinutes(15));

    var late = net.http.as(ada).post("/offers/" + offer + "/acceptance");
    assertThat(late.status()).isEqualTo(410);
    assertThat(late.code()).isEqualTo("offer-expired");

    net.world.clock().set(TestPlatform.START.plus(Duration.ofMinutes(16)));
    int fired =
        atOnce(
                8,
                () ->
                    new Scheduling(
                            net.world.platform(),
                            Optional.empty(),
                            (_, _, _) -> java.util.Set.of(),
                            (_, _, _) -> Map.of())
                        .ladder()
                        .runDue())
            .stream()
            .mapToInt(n -> n)
            .sum();
    assertThat(fired).isPositive();
    assertThat(net.consult(id).path("offers").findValuesAsText("status"))
        .containsExactly("expired", "open");
    assertThat(net.consult(id).path("history").findValuesAsText("sentence"))
        .containsOnlyOnce("Ada Osei did not answer in time.", "Passed on to Ben Costa.");
    assertThat(net.scheduling.ladder().runDue()).isZero();
  }

  @Test
  void of_two_at_once_for_red_one_wins() throws Exception {
    var id = net.triaged(Urgency.RED);
    net.scheduling.ladder().runDue();
    var first = openOffer(ada, id);
    var second = openOffer(ben, id);
    List<Reply> replies =
        atOnce(
            List.of(
                () -> net.http.as(ada).post("/offers/" + first + "/acceptance"),
                () -> net.http.as(ben).post("/offers/" + second + "/acceptance")));
    assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
    assertThat(replies).extracting(Reply::code).contains("offer-not-open");
    var consult = net.consult(id);
    assertThat(consult.at("/summary/status").asText()).isEqualTo("accepted");
    assertThat(consult.at("/summary/dueFor").asText()).isEqualTo("first-answer");
    assertThat(consult.at("/summary/waitingOn").asText()).isEqualTo("specialist");
    assertThat(consult.path("offers").findValuesAsText("status"))
        .containsExactlyInAnyOrder("accepted", "withdrawn");
  }

  @Test
  void who_accepted_sees_the_consult_and_accepting_again_changes_nothing() {
    var id = net.triaged(Urgency.GREEN);
    var offer = net.offered(id, ada);
    assertThat(net.http.as(ada).post("/offers/" + offer + "/acceptance").status()).isEqualTo(200);
    assertThat(net.http.as(ada).post("/offers/" + offer + "/acceptance").status()).isEqualTo(200);
    var seen = net.http.as(ada).get("/consults/" + id);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.body().path("standing").path(0).asText()).isEqualTo("specialist");
    assertThat(seen.body().path("offers")).isEmpty();
    assertThat(audited("consult.accept", id)).isEqualTo(1);
    assertThat(audited("consult.read", id)).isEqualTo(1);
    var mine = net.http.as(ada).get("/consults?view=open").body();
    assertThat(mine.path("items").findValuesAsText("id")).contains(id.toString());
  }

  @Test
  void a_second_offer_needs_the_first_taken_back() {
    var id = net.triaged(Urgency.GREEN);
    var offer = net.offered(id, ada);
    var second =
        net.http
            .as(net.coordinator)
            .post("/consults/" + id + "/offers", Map.of("specialistId", ben.id().toString()));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("offer-open");
    var back = net.http.as(net.coordinator).post("/offers/" + offer + "/withdrawal");
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.body().path("status").asText()).isEqualTo("withdrawn");
    assertThat(net.consult(id).at("/summary/status").asText()).isEqualTo("triaged");
    assertThat(net.http.as(ada).post("/offers/" + offer + "/acceptance").code())
        .isEqualTo("offer-not-open");
    net.offered(id, ben);
  }

  @Test
  void who_is_barred_cannot_be_asked_and_the_answer_says_why() {
    var id = net.triaged(Urgency.GREEN);
    refuse(ada, net.offered(id, ada), "conflict");
    net.http.as(net.coordinator).post("/offers/" + openOffer(ben, id) + "/withdrawal");
    var again =
        net.http
            .as(net.coordinator)
            .post("/consults/" + id + "/offers", Map.of("specialistId", ada.id().toString()));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("specialist-barred");
    assertThat(again.body().path("barred").findValuesAsText("code"))
        .contains("offer-refused", "conflict");
  }

  @Test
  void an_offer_before_triage_is_refused() {
    var id = net.submitted(Urgency.GREEN);
    var early =
        net.http
            .as(net.coordinator)
            .post("/consults/" + id + "/offers", Map.of("specialistId", ada.id().toString()));
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.code()).isEqualTo("wrong-status");
  }

  private static void refuse(TestPerson who, String offer, String reason) {
    var reply = net.http.as(who).post("/offers/" + offer + "/refusal", Map.of("reason", reason));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().at("/refusal/reason").asText()).isEqualTo(reason);
  }

  private static String openOffer(TestPerson who, ConsultId consult) {
    for (var offer : net.http.as(who).get("/offers").body().path("items")) {
      if (offer.path("consultId").asText().equals(consult.toString())
          && offer.path("status").asText().equals("open")) {
        return offer.path("id").asText();
      }
    }
    throw new AssertionError("no open offer for " + who.caller().name());
  }

  private static long audited(String action, ConsultId consult) {
    return net.count(
        "SELECT count(*) FROM platform.audit_event WHERE action = $1 AND consult_id = $2",
        action,
        consult);
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    return atOnce(java.util.Collections.nCopies(times, work));
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new java.util.ArrayList<T>();
      for (var future : pool.invokeAll(work)) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
