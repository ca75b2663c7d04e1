package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a patient agrees to later or takes back, and what that ends for whom. */
class ConsentIT {
  private static CareWorld care;
  private static TestHttp.Client clinic;
  private static TestHttp.Client abroad;

  @BeforeAll
  static void start() {
    care = new CareWorld();
    clinic = care.http.as(care.clinician);
    abroad = care.http.as(care.ines);
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  @Test
  void without_consent_to_advice_nobody_abroad_reads_on_and_the_clinic_does() {
    var consult = care.accepted();
    var path = "/consults/" + consult;
    var message = Map.of("id", UUID.randomUUID(), "text", "Is she feeding?", "language", "en");
    expect(201, abroad.post(path + "/messages", message));
    expect(201, abroad.post(path + "/call/tickets"));
    expect(201, clinic.post(path + "/call/tickets"));
    assertThat(rightsLost(consult)).isEmpty();

    var reads =
        List.of("", "/request", "/messages", "/notes", "/attachments", "/forms", "/follow-up");
    reads.forEach(read -> expect(200, abroad.get(path + read)));
    var gone = expect(201, withdraw(path, "advice"));
    assertThat(gone.path("decision").asText()).isEqualTo("withdrawn");
    assertThat(gone.path("text").asText()).as("what had been read").contains("daktari");
    assertThat(gone.at("/recordedBy/name").asText()).isEqualTo("Amina Njoroge");
    assertThat(gone.at("/takenBack/reason").asText()).isEqualTo("The family decided so");
    assertThat(gone.at("/takenBack/seenBy").asInt()).isEqualTo(1);

    for (var read : reads) {
      var refused = abroad.get(path + read);
      assertThat(refused.status()).as(read).isEqualTo(404);
      assertThat(refused.code()).as(read).isEqualTo("consent-withdrawn");
      assertThat(refused.body().path("detail").asText()).contains("no longer agrees");
      expect(200, clinic.get(path + read));
    }
    assertThat(abroad.post(path + "/messages", message).status()).isEqualTo(404);
    assertThat(abroad.post(path + "/call/tickets").status()).isEqualTo(404);
    assertThat(expect(200, abroad.get("/consults?view=all")).toString())
        .doesNotContain(consult.toString());
    assertThat(rightsLost(consult)).as("who sits in the call").containsOnly("care-team");
    assertThat(care.status(consult)).isEqualTo("withdrawn");
    assertThat(care.http.as(care.arjun).get(path).code())
        .as("who was never let in learns nothing")
        .isEqualTo("consult-not-found");
    assertThat(withdraw(path, "advice").code()).isEqualTo("not-granted");

    expect(201, clinic.post(path + "/consents", CareWorld.consent("advice")));
    expect(200, abroad.get(path + "/request"));
  }

  @Test
  void advice_that_was_taken_back_after_the_answer_still_closes_the_case_abroad() {
    var consult = care.accepted();
    var path = "/consults/" + consult;
    care.asServer(tx -> care.scheduling.consults().advised(tx, consult, care.ines.id(), tx.now()));
    expect(201, withdraw(path, "storage-abroad"));
    assertThat(care.status(consult)).isEqualTo("advised");
    assertThat(abroad.get(path + "/messages").code()).isEqualTo("consent-withdrawn");
    assertThat(rowsSeenBySpecialist(consult)).as("row security says so too").isZero();
  }

  @Test
  void pictures_and_video_are_decided_later_and_end_at_once() {
    var consult = care.accepted();
    var path = "/consults/" + consult;
    var withheld = path + "/attachments";
    assertThat(abroad.get(withheld).body().path("withheld").asText()).isEqualTo("not-agreed");
    var added = expect(201, clinic.post(path + "/consents", CareWorld.consent("images")));
    assertThat(added.path("relation").asText()).isEqualTo("mother");
    assertThat(abroad.get(withheld).body().path("withheld").asText()).isEqualTo("none");
    assertThat(
            clinic
                .post(path + "/consents", with(CareWorld.consent("images"), "decision", "refused"))
                .code())
        .isEqualTo("take-back-instead");
    expect(201, withdraw(path, "images"));
    assertThat(abroad.get(withheld).body().path("withheld").asText()).isEqualTo("taken-back");

    var calls = new ConsultsInCalls(care.scheduling, care.records);
    expect(201, abroad.post(path + "/call/tickets"));
    care.asServer(tx -> assertThat(calls.openAmong(tx, Set.of(consult))).contains(consult));
    expect(201, withdraw(path, "live-video"));
    care.asServer(tx -> assertThat(calls.openAmong(tx, Set.of(consult))).isEmpty());
    assertThat(abroad.post(path + "/call/tickets").code()).isEqualTo("video-not-agreed");
    assertThat(clinic.post(path + "/call/tickets").code()).isEqualTo("video-not-agreed");
    expect(200, abroad.get(path + "/request"));
    assertThat(care.status(consult)).isEqualTo("accepted");

    for (var purpose : List.of("recording", "teaching", "counts")) {
      expect(201, clinic.post(path + "/consents", CareWorld.consent(purpose)));
    }
    assertThat(expect(200, clinic.get(path + "/consents")).path("items")).hasSize(9);
    assertThat(abroad.get(path + "/consents").status()).isEqualTo(403);
  }

  @Test
  void what_is_amiss_is_named_and_nothing_is_kept() {
    var path = "/consults/" + care.submitted();
    var images = CareWorld.consent("images");
    assertThat(fields(clinic.post(path + "/consents", with(images, "givenBy", "patient"))))
        .containsExactly("/givenBy");
    assertThat(fields(clinic.post(path + "/consents", with(images, "relation", " "))))
        .containsExactly("/relation");
    assertThat(fields(clinic.post(path + "/consents", with(images, "textVersion", "1999"))))
        .containsExactly("/textVersion");
    assertThat(fields(clinic.post(path + "/consents", with(images, "givenBy", "emergency-waiver"))))
        .containsExactly("/givenBy");
    assertThat(withdraw(path, "teaching").code()).isEqualTo("not-granted");
    assertThat(expect(200, clinic.get(path + "/consents")).path("items")).hasSize(3);
  }

  @Test
  void a_waiver_waits_for_the_supervisor() {
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    expect(200, clinic.put(path + "/request", 0, care.request(care.registerPatient())));
    var waived = new HashMap<>(CareWorld.consent("advice"));
    waived.remove("relation");
    waived.putAll(
        Map.of("givenBy", "emergency-waiver", "form", "none", "waiverReason", "Nobody came along"));
    var submission = new HashMap<>(CareWorld.submission(1));
    submission.put("consents", List.of(waived, with(waived, "purpose", "storage-abroad")));
    expect(201, clinic.post(path + "/submission", submission));

    var supervisor = care.http.as(care.world.person("Sefu", care.clinics, Role.SUPERVISOR));
    var listed = expect(200, supervisor.get("/consent-waivers")).path("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/reason").asText()).isEqualTo("Nobody came along");
    assertThat(listed.at("/0/purposes")).hasSize(2);
    assertThat(listed.at("/0/review").isMissingNode()).isTrue();
    assertThat(clinic.get("/consent-waivers").status()).isEqualTo(403);

    var review = path + "/waiver-review";
    assertThat(fields(supervisor.post(review, Map.of("finding", "not-justified"))))
        .containsExactly("/text");
    var done = expect(201, supervisor.post(review, Map.of("finding", "justified")));
    assertThat(done.at("/review/by/name").asText()).isEqualTo("Sefu");
    assertThat(supervisor.post(review, Map.of("finding", "justified")).code())
        .isEqualTo("reviewed");
    var other = "/consults/" + care.submitted() + "/waiver-review";
    assertThat(supervisor.post(other, Map.of("finding", "justified")).code())
        .isEqualTo("not-waived");
  }

  private static TestHttp.Reply withdraw(String path, String purpose) {
    return clinic.post(
        path + "/consent-withdrawals",
        Map.of(
            "purpose", purpose,
            "givenBy", "guardian",
            "relation", "mother",
            "form", "spoken",
            "witness", "Sister Ruth",
            "reason", "The family decided so",
            "notRecalled", "Ines has read the case"));
  }

  private static Map<String, Object> with(Map<String, Object> consent, String name, Object value) {
    var changed = new HashMap<>(consent);
    changed.put(name, value);
    return changed;
  }

  private static List<String> fields(TestHttp.Reply reply) {
    assertThat(reply.status()).as(reply.body().toPrettyString()).isEqualTo(422);
    return reply.body().path("errors").findValuesAsText("pointer");
  }

  /** Why the rights of those who hold tickets of the consult's call are over. */
  private static List<String> rightsLost(ConsultId consult) {
    return care.world
        .platform()
        .database()
        .asWorker(tx ->
            tx
                .list(
                    "SELECT signaling.right_lost(t, $2) AS cause FROM signaling.ticket t"
                        + " WHERE t.consult_id = $1",
                    row -> String.valueOf(row.getString("cause")),
                    consult,
                    tx.now())
                .stream()
                .filter(cause -> !cause.equals("null"))
                .toList());
  }

  private static int rowsSeenBySpecialist(ConsultId consult) {
    return care.world
        .platform()
        .database()
        .asWorker(tx -> {
          tx.run("SET LOCAL ROLE consilium_app");
          tx.rows(
              "SELECT set_config('app.organisation', $1, true), set_config('app.account', $2, true)",
              care.volunteers.toString(),
              care.ines.id().toString());
          return tx.rows("SELECT 1 FROM records.request WHERE consult_id = $1", consult).size()
              + tx.rows("SELECT 1 FROM records.consent WHERE consult_id = $1", consult).size()
              + tx.rows("SELECT 1 FROM platform.consult WHERE id = $1", consult).size();
        });
  }
}
