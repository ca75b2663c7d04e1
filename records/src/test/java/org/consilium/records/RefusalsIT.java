package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.consilium.records.Clinic.act;
import static org.consilium.records.Clinic.age;
import static org.consilium.records.Clinic.consent;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.note;
import static org.consilium.records.Clinic.pointers;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;
import static org.consilium.records.Clinic.vital;

import io.vertx.pgclient.PgException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every "no" names what is wrong, changes nothing and loses nothing. */
class RefusalsIT {
  private static Clinic clinic;
  private static ConsultId sent;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    sent = clinic.consult();
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void an_impossible_vital_sign_is_refused_even_in_a_draft() {
    var patient = clinic.patient(Map.of());
    var hot = new HashMap<>(content(patient, 10957));
    hot.put("assessment", Map.of("vitals", List.of(vital("temperature", 101, "Cel"))));
    var consult = ConsultId.random();
    var reply = clinic.clinician().put("/consults/" + consult + "/request", 0, hot);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(pointers(reply)).containsExactly("/assessment/vitals/0/value");
    assertThat(clinic.clinician().get("/consults/" + consult + "/request").status()).isEqualTo(404);
    var computed =
        clinic
            .clinician()
            .post(
                "/triage",
                Map.of(
                    "age",
                    age(30, "years"),
                    "sex",
                    "female",
                    "vitals",
                    List.of(vital("systolic", 500, "mm[Hg]"))));
    assertThat(pointers(computed)).containsExactly("/vitals/0/value");
  }

  @Test
  void a_draft_may_lack_everything_and_sending_it_names_all_that_is_missing() {
    var patient = clinic.patient(Map.of("age", age(8, "months"), "sex", "male"));
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    var empty = Map.of("patientId", patient, "mode", "clinician-advice", "language", "en");
    require(clinic.clinician().put(path + "/request", 0, empty), 200);
    var reply =
        clinic
            .clinician()
            .post(
                path + "/submission",
                Map.of("revision", 1, "urgency", "green", "consents", List.of(consent("images"))));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(pointers(reply))
        .contains(
            "/situation/question",
            "/assessment/dangerSigns",
            "/assessment/vitals",
            "/consents/0/givenBy",
            "/consents");
    var draft = require(clinic.clinician().get(path + "/request"), 200).body();
    assertThat(draft.path("status").asText()).isEqualTo("draft");
  }

  @Test
  void what_was_decided_without_a_link_never_passes_over_what_somebody_else_decided_since() {
    var consult = clinic.consult();
    var note = clinic.signed(consult, note());
    var path = "/consults/" + consult;
    var decision =
        path + "/recommendations/" + note.at("/recommendations/0/id").asText() + "/decision?seen=";
    var accept = Map.of("decision", "accept");
    require(clinic.clinician().post(decision + 0, accept), 201);
    assertThat(clinic.clinician().post(decision + 0, accept).code()).isEqualTo("edited-elsewhere");
    require(clinic.clinician().post(decision + 1, accept), 201);

    require(clinic.clinician().post(path + "/consents?seen=0", consent("images")), 201);
    var again = clinic.clinician().post(path + "/consents?seen=0", consent("images"));
    assertThat(again.status()).isEqualTo(412);
    var back =
        Map.of("purpose", "images", "givenBy", "patient", "form", "spoken", "reason", "No more");
    var withdrawals = path + "/consent-withdrawals?seen=";
    assertThat(clinic.clinician().post(withdrawals + 0, back).code()).isEqualTo("edited-elsewhere");
    require(clinic.clinician().post(withdrawals + 1, back), 201);
    require(clinic.clinician().post(path + "/consents", consent("images")), 201);
  }

  @Test
  void of_decisions_at_the_same_moment_one_is_kept_and_the_others_learn_of_it() throws Exception {
    var consult = clinic.consult();
    var note = clinic.signed(consult, note());
    var recommendation = note.at("/recommendations/0/id").asText();
    var decision =
        "/consults/" + consult + "/recommendations/" + recommendation + "/decision?seen=0";
    var racing =
        Collections.<Callable<Integer>>nCopies(
            8, () -> clinic.clinician().post(decision, Map.of("decision", "accept")).status());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var statuses = new ArrayList<Integer>();
      for (var one : threads.invokeAll(racing)) {
        statuses.add(one.get());
      }
      assertThat(statuses).containsOnly(201, 412).containsOnlyOnce(201);
    }
  }

  @Test
  void a_wish_about_gender_says_which_and_how_strongly_or_is_refused() {
    var patient = clinic.patient(Map.of());
    var path = "/consults/" + ConsultId.random() + "/request";
    var form = content(patient, 10957);
    for (Map<String, Object> wish :
        List.<Map<String, Object>>of(
            Map.of("gender", "other", "required", true),
            Map.of("gender", "female"),
            Map.of("required", true),
            Map.of("gender", "female", "required", "yes"),
            Map.of("gender", "female", "required", true, "age", 40))) {
      form.put("recommendation", Map.of("genderWish", wish));
      var reply = clinic.clinician().put(path, 0, form);
      assertThat(reply.status()).as(wish.toString()).isIn(400, 422);
      assertThat(pointers(reply)).as(wish.toString()).isNotEmpty();
      assertThat(clinic.clinician().get(path).status()).isEqualTo(404);
    }
  }

  @Test
  void less_urgent_than_computed_needs_a_reason() {
    var patient = clinic.patient(Map.of());
    var path = "/consults/" + ConsultId.random();
    var form = content(patient, 10957);
    form.put(
        "assessment",
        Map.of(
            "vitals",
            List.of(vital("heart-rate", 160, "/min")),
            "dangerSigns",
            Clinic.answers(10957)));
    require(clinic.clinician().put(path + "/request", 0, form), 200);
    var reply = clinic.clinician().post(path + "/submission", submission(1));
    assertThat(pointers(reply)).containsExactly("/urgencyReason");
    var explained = submission(1);
    explained.put("urgencyReason", "Known arrhythmia, feels well.");
    var body = require(clinic.clinician().post(path + "/submission", explained), 201).body();
    assertThat(body.path("triage").path("urgency").asText()).isEqualTo("red");
    assertThat(body.path("urgencyRequested").asText()).isEqualTo("yellow");
  }

  @Test
  void an_edit_of_an_older_revision_is_refused_and_the_same_save_again_is_not() {
    var patient = clinic.patient(Map.of());
    var path = "/consults/" + ConsultId.random() + "/request";
    var first = content(patient, 10957);
    require(clinic.clinician().put(path, 0, first), 200);
    require(clinic.clinician().put(path, 0, first), 200);
    var other = new HashMap<>(first);
    other.put("mode", "patient-present");
    var clash = clinic.clinician().put(path, 0, other);
    assertThat(clash.status()).isEqualTo(412);
    assertThat(clash.code()).isEqualTo("edited-elsewhere");
    assertThat(clash.body().path("current").asInt()).isEqualTo(1);
    var saved = require(clinic.clinician().put(path, 1, other), 200).body();
    assertThat(saved.path("revision").asInt()).isEqualTo(2);
    assertThat(saved.path("reachesPatient").asBoolean()).isTrue();
    var stale = clinic.clinician().post(path.replace("request", "submission"), submission(1));
    assertThat(stale.status()).isEqualTo(412);
  }

  @Test
  void many_senders_at_once_make_one_consult() {
    var patient = clinic.patient(Map.of());
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    require(clinic.clinician().put(path + "/request", 0, content(patient, 10957)), 200);
    var replies =
        IntStream.range(0, 6)
            .parallel()
            .mapToObj(_ -> clinic.clinician().post(path + "/submission", submission(1)))
            .toList();
    assertThat(replies).extracting(Reply::status).containsOnly(201);
    assertThat(replies).extracting(Reply::body).containsOnly(replies.getFirst().body());
    assertThat(clinic.taken).filteredOn(request -> request.consult().equals(consult)).hasSize(1);
    assertThat(clinic.trail(consult)).containsOnlyOnce("request.submit");
  }

  @Test
  void a_sent_request_is_neither_saved_nor_discarded() {
    var path = "/consults/" + sent + "/request";
    var patient =
        require(clinic.clinician().get(path), 200).body().path("patient").path("id").asText();
    var reply = clinic.clinician().put(path, 1, content(patient, 10957));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("already-submitted");
    assertThat(clinic.clinician().delete(path).status()).isEqualTo(409);
  }

  @Test
  void nobody_tells_the_outcome_of_a_consult_that_nobody_has_taken() {
    var consult = clinic.consult();
    var outcome = Map.of("result", "better", "adviceFollowed", "fully");
    clinic.untaken.add(consult);
    assertThat(clinic.clinician().post("/consults/" + consult + "/outcome", outcome).code())
        .isEqualTo("not-taken");
    clinic.untaken.remove(consult);
    require(clinic.clinician().post("/consults/" + consult + "/outcome", outcome), 201);
  }

  @Test
  void nobody_signs_a_note_on_a_consult_that_was_withdrawn() {
    var consult = clinic.consult();
    var path = "/consults/" + consult;
    var draft = UUID.randomUUID().toString();
    require(clinic.type(clinic.specialist, consult, draft, 0, note()), 200);
    var signature = clinic.signature(clinic.specialist, consult, act(draft, 1));
    clinic.untaken.add(consult);
    assertThat(clinic.specialist().post(path + "/notes", signature).code()).isEqualTo("not-taken");
    clinic.untaken.remove(consult);
    require(clinic.specialist().post(path + "/notes", signature), 201);
  }

  @Test
  void a_draft_takes_no_messages_and_can_be_thrown_away() {
    var patient = clinic.patient(Map.of());
    var path = "/consults/" + ConsultId.random();
    require(clinic.clinician().put(path + "/request", 0, content(patient, 10957)), 200);
    assertThat(clinic.clinician().post(path + "/messages", message("?")).code())
        .isEqualTo("not-submitted");
    require(clinic.clinician().delete(path + "/request"), 204);
    assertThat(clinic.clinician().get(path + "/request").status()).isEqualTo(404);
  }

  @Test
  void malformed_bodies_name_their_field() {
    var unknown = new HashMap<>(Clinic.particulars(Map.of("favouriteColour", "blue")));
    var reply =
        clinic
            .clinician()
            .post("/patients", Map.of("id", UUID.randomUUID().toString(), "particulars", unknown));
    assertThat(reply.status()).isEqualTo(400);
    var nul = clinic.clinician().post("/consults/" + sent + "/messages", message("a\u0000b"));
    assertThat(nul.status()).isBetween(400, 422);
    assertThat(pointers(nul)).containsExactly("/text");
    var turned = clinic.clinician().post("/consults/" + sent + "/messages", message("\u202eab"));
    assertThat(turned.status()).isEqualTo(422);
    assertThat(pointers(turned)).containsExactly("/text");
    var old = new HashMap<>(Clinic.particulars(Map.of("age", age(140, "years"))));
    var refused =
        clinic
            .clinician()
            .post("/patients", Map.of("id", UUID.randomUUID().toString(), "particulars", old));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(pointers(refused)).containsExactly("/particulars/age/value");
  }

  @Test
  void a_note_needs_an_answer_a_recommendation_and_the_password() {
    var consult = clinic.consult();
    var path = "/consults/" + consult + "/notes";
    var specialist = clinic.specialist();
    var draft = UUID.randomUUID().toString();
    require(clinic.type(clinic.specialist, consult, draft, 0, Map.of("language", "en")), 200);
    assertThat(pointers(specialist.post(path + "/preview", act(draft, 1))))
        .containsExactly("/answer", "/recommendations");
    require(clinic.type(clinic.specialist, consult, draft, 1, note()), 200);
    assertThat(specialist.post(path + "/preview", act(draft, 1)).status()).isEqualTo(412);
    var signature = clinic.signature(clinic.specialist, consult, act(draft, 2));
    signature.put("password", "guess");
    var wrong = specialist.post(path, signature);
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.code()).isEqualTo("wrong-password");
    assertThat(pointers(wrong)).containsExactly("/password");
    var page = require(specialist.get(path), 200).body();
    assertThat(page.path("signed")).isEmpty();
    assertThat(page.at("/drafts/0/revision").asInt()).isEqualTo(2);
  }

  @Test
  void people_of_another_organisation_see_nothing() {
    var stranger = clinic.http.as(clinic.stranger);
    var path = "/consults/" + sent;
    var patient =
        require(clinic.clinician().get(path + "/request"), 200)
            .body()
            .path("patient")
            .path("id")
            .asText();
    var absent = "/consults/" + ConsultId.random();
    var own = UUID.randomUUID().toString();
    require(
        stranger.post("/patients", Map.of("id", own, "particulars", Clinic.particulars(Map.of()))),
        201);
    same404(stranger.get(path + "/request"), stranger.get(absent + "/request"));
    same404(stranger.get(path + "/messages"), stranger.get(absent + "/messages"));
    same404(stranger.get(path + "/notes"), stranger.get(absent + "/notes"));
    same404(stranger.get(path + "/follow-up"), stranger.get(absent + "/follow-up"));
    same404(stranger.delete(path + "/request"), stranger.delete(absent + "/request"));
    not404(stranger, absent, own);
    for (var reply :
        List.of(
            stranger.put(path + "/request", 0, content(own, 10957)),
            stranger.post(path + "/submission", submission(1)),
            stranger.post(path + "/messages", message("hello")),
            stranger.put(path + "/follow-up", 0, Map.of("dueOn", "2026-03-05")),
            stranger.post(path + "/outcome", Map.of("result", "same", "adviceFollowed", "no")),
            stranger.post(
                path + "/recommendations/" + UUID.randomUUID() + "/decision",
                Map.of("decision", "accept")),
            clinic.type(clinic.strangeSpecialist, sent, own, 0, note()),
            stranger.get("/patients/" + patient),
            stranger.put("/patients/" + patient, 1, Clinic.particulars(Map.of())))) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(404);
    }
    assertThat(require(stranger.get("/patients?ids=" + patient), 200).body().path("items"))
        .isEmpty();
    // A refused stranger must not have been put on the team on the way.
    assertThat(stranger.get(path + "/request").status()).isEqualTo(404);
    assertThat(clinic.specialist().get("/patients/" + patient).status()).isEqualTo(403);
  }

  private static void same404(Reply hidden, Reply absent) {
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.code()).isEqualTo(absent.code());
    assertThat(hidden.body().path("detail")).isEqualTo(absent.body().path("detail"));
  }

  /** The stranger's own form is well, so the refusals above were for the consult. */
  private static void not404(TestHttp.Client stranger, String consult, String patient) {
    require(stranger.put(consult + "/request", 0, content(patient, 10957)), 200);
  }

  @Test
  void the_specialists_sessions_cannot_reach_names_even_by_sql() {
    var found =
        clinic
            .platform
            .database()
            .inTransaction(
                clinic.specialist.caller(),
                tx ->
                    List.of(
                        tx.rows("SELECT FROM records.patient").size(),
                        tx.rows("SELECT FROM records.patient_identity").size(),
                        tx.rows("SELECT FROM records.patient_search").size(),
                        tx.rows("SELECT FROM records.find_patients(ARRAY['wan'], NULL, NULL, 10)")
                            .size()));
    assertThat(found.get(0)).isPositive();
    assertThat(found.subList(1, 4)).containsOnly(0);
  }

  @Test
  void what_was_sent_or_signed_cannot_be_changed_by_the_application_or_the_owner()
      throws SQLException {
    var path = "/consults/" + sent;
    require(clinic.clinician().post(path + "/messages", message("hello")), 201);
    for (var table :
        List.of(
            "request_version",
            "consent",
            "message",
            "note_version",
            "recommendation",
            "decision",
            "outcome",
            "follow_up",
            "patient_version",
            "note_warning",
            "note_signature",
            "note_reader",
            "site_capability",
            "trainee")) {
      assertRefused("UPDATE records." + table + " SET organisation_id = organisation_id");
      assertRefused("DELETE FROM records." + table);
      assertOwnerRefused("DELETE FROM records." + table);
      assertOwnerRefused("TRUNCATE records." + table + " CASCADE");
    }
    assertRefused(
        "UPDATE records.request SET content = '{}' WHERE consult_id = '%s'".formatted(sent));
    assertRefused("DELETE FROM records.request WHERE consult_id = '%s'".formatted(sent));
  }

  private static void assertRefused(String sql) {
    assertThatThrownBy(() ->
            clinic.platform.database().inTransaction(clinic.clinician.caller(), tx -> tx.run(sql)))
        .as(sql)
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("42501"));
  }

  private static void assertOwnerRefused(String sql) throws SQLException {
    var address = clinic.world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  private static Map<String, Object> message(String text) {
    return Map.of("id", UUID.randomUUID().toString(), "text", text, "language", "en");
  }
}
