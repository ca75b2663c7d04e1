package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.act;
import static org.consilium.records.Clinic.assertNameless;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.note;
import static org.consilium.records.Clinic.pointers;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;
import static org.consilium.records.Clinic.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Relation;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.records.followup.FollowUpSet;
import org.consilium.records.followup.OutcomeRecorded;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.NoteSigned;
import org.consilium.records.note.draft.Draft;
import org.consilium.records.note.signing.NoteAct;
import org.consilium.records.recommendation.RecommendationDecided;
import org.consilium.records.request.GenderWish;
import org.consilium.records.request.RequestContent;
import org.consilium.records.request.RequestSubmitted;
import org.consilium.records.request.Submission;
import org.consilium.records.thread.MessagePosted;
import org.consilium.records.triage.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the clinic's question to the outcome. */
class JourneyIT {
  private static final List<DomainEvent> told = new ArrayList<>();
  private static Clinic clinic;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    listen(RequestSubmitted.class);
    listen(MessagePosted.class);
    listen(NoteSigned.class);
    listen(RecommendationDecided.class);
    listen(FollowUpSet.class);
    listen(OutcomeRecorded.class);
  }

  private static <E extends DomainEvent> void listen(Class<E> event) {
    clinic
        .platform
        .events()
        .on(event, "test-" + event.getSimpleName(), (_, happened) -> told.add(happened));
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void a_question_is_answered_signed_decided_and_closed() {
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    var clinician = clinic.clinician();
    var specialist = clinic.specialist();
    var patient = clinic.patient(Map.of());

    var form = content(patient, 10957);
    form.put("recommendation", Map.of("genderWish", Map.of("gender", "female", "required", true)));
    var draft = require(clinician.put(path + "/request", 0, form), 200).body();
    assertThat(draft.at("/content/recommendation/genderWish/gender").asText()).isEqualTo("female");
    assertThat(draft.path("status").asText()).isEqualTo("draft");
    assertThat(draft.path("revision").asInt()).isEqualTo(1);
    assertThat(draft.path("triage").path("urgency").asText()).isEqualTo("green");
    assertThat(draft.path("triage").path("unanswered")).isEmpty();
    assertThat(require(clinician.get("/requests"), 200).body().path("items")).hasSize(1);
    assertThat(specialist.get(path + "/request").status()).isEqualTo(404);

    var sent = require(clinician.post(path + "/submission", submission(1)), 201).body();
    assertThat(sent.path("status").asText()).isEqualTo("submitted");
    assertThat(sent.path("consents")).hasSize(2);
    assertThat(require(clinician.post(path + "/submission", submission(1)), 201).body())
        .isEqualTo(sent);
    assertThat(clinic.taken)
        .filteredOn(request -> request.consult().equals(consult))
        .singleElement()
        .satisfies(request -> {
          assertThat(request.computed()).isEqualTo(Urgency.GREEN);
          assertThat(request.requested()).isEqualTo(Urgency.YELLOW);
          assertThat(request.genderWish()).contains(new GenderWish(GenderWish.Gender.FEMALE, true));
        });
    assertThat(require(clinician.get("/requests"), 200).body().path("items")).isEmpty();

    clinic.join(consult, clinic.specialist.id());
    var seen = require(specialist.get(path + "/request"), 200).body();
    assertThat(seen.path("patient").path("age").path("value").asInt()).isEqualTo(30);
    assertThat(seen.path("patient").has("name")).isFalse();
    assertThat(seen.path("patient").has("localNumber")).isFalse();
    assertNameless(seen.toString());

    var question = message("Since when is the leg swollen?");
    require(specialist.post(path + "/messages", question), 201);
    require(specialist.post(path + "/messages", question), 201);
    require(clinician.post(path + "/messages", message("Three days.")), 201);
    var thread = require(clinician.get(path + "/messages"), 200).body().path("items");
    assertThat(thread).hasSize(2);
    assertThat(thread.get(0).path("authorRole").asText()).isEqualTo("specialist");

    var typed = UUID.randomUUID().toString();
    require(clinic.type(clinic.specialist, consult, typed, 0, note()), 200);
    assertThat(require(clinician.get(path + "/notes"), 200).body().path("drafts")).isEmpty();
    var signature = clinic.signature(clinic.specialist, consult, act(typed, 1));
    var signed = require(specialist.post(path + "/notes", signature), 201).body();
    assertThat(signed.path("author").path("registration").asText()).isEqualTo("REG-4");
    checkSignature(consult, signed);
    // The answer was lost on the way: signing again is the same act.
    assertThat(require(specialist.post(path + "/notes", signature), 201).body()).isEqualTo(signed);

    var read = require(clinician.get(path + "/notes"), 200).body().path("signed").get(0);
    assertThat(read.path("readAt").asText()).isEqualTo("2026-03-02T09:00:00Z");
    clinic.world.clock().advance(Duration.ofHours(1));
    var again = require(specialist.get(path + "/notes"), 200).body().path("signed").get(0);
    assertThat(again.path("readAt")).isEqualTo(read.path("readAt"));

    var first = read.path("recommendations").get(0).path("id").asText();
    decide(path, first, Map.of("decision", "accept"), 201);
    var decided =
        decide(path, first, Map.of("decision", "cannot", "reason", "no-drug"), 201).body();
    assertThat(decided.path("decision").path("decision").asText()).isEqualTo("cannot");
    assertThat(decided.path("earlierDecisions")).hasSize(1);

    var due = require(clinician.get(path + "/follow-up"), 200).body();
    assertThat(due.path("dueOn").asText()).isEqualTo("2026-03-09");
    require(clinician.put(path + "/follow-up", 0, Map.of("dueOn", "2026-03-05")), 200);

    var outcome = Map.of("result", "better", "adviceFollowed", "partly", "usefulness", 5);
    require(clinician.post(path + "/outcome", outcome), 201);
    require(clinician.post(path + "/outcome", outcome), 201);
    var changed = Map.of("result", "died", "adviceFollowed", "partly");
    assertThat(clinician.post(path + "/outcome", changed).code()).isEqualTo("already-closed");
    var told = require(specialist.get(path + "/follow-up"), 200).body();
    assertThat(told.path("dueOn").asText()).isEqualTo("2026-03-05");
    assertThat(told.path("outcome").path("result").asText()).isEqualTo("better");

    require(clinician.post(path + "/messages", message("It came back.")), 201);
    require(clinician.post(path + "/outcome", changed), 201);

    checkEvents(consult);
    assertThat(clinic.trail(consult))
        .contains(
            "request.save",
            "request.read",
            "request.submit",
            "thread.post",
            "thread.read",
            "note.save",
            "note.sign",
            "note.read",
            "recommendation.decide",
            "follow-up.set",
            "follow-up.read",
            "outcome.record")
        .containsOnlyOnce("note.sign", "request.submit");
  }

  private static void checkEvents(ConsultId consult) {
    clinic.platform.delivery().deliverDue();
    var events =
        told.stream().filter(event -> event.toString().contains(consult.toString())).toList();
    assertThat(events).hasSize(1 + 3 + 1 + 2 + 2 + 2);
    assertThat(events.getFirst()).isInstanceOf(RequestSubmitted.class);
    var posted =
        events.stream()
            .filter(MessagePosted.class::isInstance)
            .map(MessagePosted.class::cast)
            .toList();
    assertThat(posted)
        .extracting(MessagePosted::relation)
        .containsExactly(Relation.SPECIALIST, Relation.REQUESTER, Relation.REQUESTER);
    assertThat(posted).extracting(MessagePosted::afterClosing).containsExactly(false, false, true);
    assertThat(events)
        .filteredOn(NoteSigned.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            NoteSigned.class,
            event -> assertThat(event.followUpInDays()).isEqualTo(Optional.of(7)));
  }

  /** What anybody can do who has the kept bytes and the server's public key. */
  private static void checkSignature(ConsultId consult, JsonNode signed) {
    var row =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.one(
                    "SELECT canonical, encode(sha256(canonical), 'hex') AS hash"
                        + " FROM records.note_version WHERE consult_id = $1",
                    consult))
            .orElseThrow();
    assertThat(signed.path("sha256").asText()).isEqualTo(row.getString("hash"));
    assertThat(
            clinic
                .platform
                .signer()
                .verify(
                    HexFormat.of().parseHex(signed.path("sha256").asText()),
                    Base64.getUrlDecoder().decode(signed.path("signature").asText())))
        .isTrue();
    var canonical = row.getBuffer("canonical").toString();
    assertThat(canonical)
        .contains("\"answer\":\"Most likely cellulitis")
        .contains("\"format\":\"consilium-note-2\"")
        .doesNotContain("Wanjik");
  }

  private static Map<String, Object> message(String text) {
    return Map.of("id", UUID.randomUUID().toString(), "text", text, "language", "en");
  }

  private static Reply decide(
      String path, String recommendation, Map<String, Object> decision, int status) {
    return require(
        clinic
            .clinician()
            .post(path + "/recommendations/" + recommendation + "/decision", decision),
        status);
  }

  @Test
  void a_second_note_is_chained_to_the_first() {
    var consult = clinic.consult();
    var path = "/consults/" + consult;
    var first = clinic.signed(consult, note());
    var later = new HashMap<>(typed("note", note()));
    later.put("seenVersion", 1);
    var draft = UUID.randomUUID().toString();
    require(clinic.specialist().put(path + "/notes/drafts/" + draft, 0, later), 200);
    var signature = clinic.signature(clinic.specialist, consult, act(draft, 1));
    var second = require(clinic.specialist().post(path + "/notes", signature), 201).body();
    assertThat(second.path("version").asInt()).isEqualTo(2);
    assertThat(second.path("previousSha256")).isEqualTo(first.path("sha256"));
    assertThat(first.has("previousSha256")).isFalse();
  }

  @Test
  void decisions_are_explained() {
    var consult = clinic.consult();
    var path = "/consults/" + consult;
    var signed = clinic.signed(consult, note());
    var id = signed.path("recommendations").get(0).path("id").asText();
    assertThat(pointers(decide(path, id, Map.of("decision", "decline"), 422)))
        .containsExactly("/reason");
    assertThat(pointers(decide(path, id, Map.of("decision", "cannot"), 422)))
        .containsExactly("/reason");
    assertThat(pointers(decide(path, id, Map.of("decision", "adapt", "text", " "), 422)))
        .containsExactly("/text");
    decide(path, UUID.randomUUID().toString(), Map.of("decision", "accept"), 404);
    assertThat(
            clinic
                .specialist()
                .post(path + "/recommendations/" + id + "/decision", Map.of("decision", "accept"))
                .status())
        .isEqualTo(403);
  }

  /** As demonstration data is made: the server's own role, in the name of each person. */
  @Test
  void the_server_can_act_in_a_persons_name() {
    var consult = ConsultId.random();
    var records = clinic.records;
    var patient = PatientId.parse(clinic.patient(Map.of()));
    var content = Json.read(Json.write(content(patient.toString(), 10957)), RequestContent.class);
    var submission = Json.read(Json.write(submission(1)), Submission.class);
    var answer = Json.read(Json.write(note()), NoteContent.class);
    var signed =
        clinic
            .platform
            .database()
            .asWorker(tx -> {
              tx.actAs(clinic.clinician.caller());
              records.requests().save(tx, consult, 0, content);
              records.requests().submit(tx, consult, submission);
              clinic
                  .platform
                  .careTeam()
                  .join(tx, consult, clinic.specialist.id(), Relation.SPECIALIST);
              tx.actAs(clinic.specialist.caller());
              var id = UUID.randomUUID();
              var typed = new Draft.Typed(id, NoteKind.NOTE, Optional.empty(), 0, answer);
              records.notes().drafts().save(tx, consult, id, 0, typed);
              var act =
                  new NoteAct(
                      NoteKind.NOTE,
                      Optional.of(id),
                      Optional.of(1),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty());
              var shown = records.notes().signing().preview(tx, consult, act);
              return records
                  .notes()
                  .signing()
                  .sign(tx, consult, act, shown.sha256(), clinic.specialist.password());
            });
    assertThat(signed.version()).isEqualTo(1);
  }
}
