package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.act;
import static org.consilium.records.Clinic.note;
import static org.consilium.records.Clinic.pointers;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drafts that collide, the acts that follow a signed note, co-signatures, and checks of advice. */
class NotesIT {
  private static Clinic clinic;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void two_devices_that_collide_are_both_kept_until_the_author_merges_them() {
    var consult = clinic.consult();
    var line = id();
    save(consult, line, 0, answer("From the desk"));
    save(consult, line, 1, answer("From the desk, more"));
    var beside = save(consult, line, 1, answer("From the phone, offline")).body();
    assertThat(beside.path("id").asText()).isNotEqualTo(line);
    assertThat(beside.path("revision").asInt()).isEqualTo(1);
    var again = save(consult, line, 1, answer("From the phone, offline")).body();
    assertThat(again.path("id")).as("the same text is not kept twice").isEqualTo(beside.path("id"));
    assertThat(answers(consult))
        .containsExactlyInAnyOrder("From the desk, more", "From the phone, offline");

    var path = "/consults/" + consult + "/notes/drafts/" + beside.path("id").asText();
    assertThat(clinic.specialist().delete(path + "?revision=2").status()).isEqualTo(412);
    save(consult, line, 2, answer("From the desk, more\nFrom the phone, offline"));
    require(clinic.specialist().delete(path + "?revision=1"), 204);
    require(clinic.specialist().delete(path + "?revision=1"), 204);
    assertThat(answers(consult)).hasSize(1);
    var late = save(consult, beside.path("id").asText(), 1, answer("Typed on after the merge"));
    assertThat(late.body().path("content").path("answer").asText())
        .isEqualTo("Typed on after the merge");
    assertThat(answers(consult)).hasSize(2);
  }

  @Test
  void a_late_draft_never_touches_what_was_signed() {
    var consult = clinic.consult();
    var line = id();
    save(consult, line, 0, note());
    var other = id();
    save(consult, other, 0, answer("On another device, known to the server"));
    var signed = sign(consult, act(line, 1));
    var unsent = save(consult, line, 1, answer("Typed on, offline")).body();
    assertThat(unsent.path("kind").asText()).isEqualTo("addendum");
    assertThat(unsent.path("late").asBoolean()).isTrue();
    assertThat(unsent.path("amends")).isEqualTo(signed.path("id"));
    assertThat(clinic.type(clinic.specialist, consult, line, 0, note()).code())
        .isEqualTo("already-signed");
    var fresh = save(consult, id(), 0, answer("A page opened before the signature")).body();
    assertThat(fresh.path("late").asBoolean()).isTrue();
    var page = page(consult);
    assertThat(page.path("drafts"))
        .hasSize(3)
        .allSatisfy(draft -> assertThat(draft.path("kind").asText()).isEqualTo("addendum"));
    assertThat(page.at("/signed/0/sha256")).isEqualTo(signed.path("sha256"));

    var proposal = amending("addendum", fresh.path("id").asText(), 1, signed);
    var added = post(consult, signed, "addenda", proposal).body();
    assertThat(added.path("kind").asText()).isEqualTo("addendum");
    assertThat(added.path("previousSha256")).isEqualTo(signed.path("sha256"));
    var asNote =
        clinic
            .specialist()
            .post("/consults/" + consult + "/notes/preview", act(unsent.path("id").asText(), 1));
    assertThat(asNote.code()).isEqualTo("another-act");
  }

  @Test
  void a_signer_confirms_just_what_is_shown() {
    var consult = clinic.consult();
    var line = id();
    save(consult, line, 0, note());
    var path = "/consults/" + consult + "/notes";
    var shown = require(clinic.specialist().post(path + "/preview", act(line, 1)), 200).body();
    assertThat(shown.path("text").asText())
        .contains("Ines", "REG-4", "30 years, female", "Most likely cellulitis", "500 mg")
        .doesNotContain("Wanjik");
    var signature = clinic.signature(clinic.specialist, consult, act(line, 1));
    signature.put("shownSha256", "0".repeat(64));
    assertThat(clinic.specialist().post(path, signature).code()).isEqualTo("changed-since-shown");
    assertThat(page(consult).path("signed")).isEmpty();
    signature.put("shownSha256", shown.path("sha256").asText());
    require(clinic.specialist().post(path, signature), 201);
    var canonical =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.one("SELECT canonical FROM records.note_version WHERE consult_id = $1", consult)
                    .orElseThrow()
                    .getBuffer("canonical")
                    .toString());
    assertThat(canonical).contains(shown.path("sha256").asText());
  }

  @Test
  void addendum_correction_and_retraction_are_three_acts_and_readers_are_told() {
    var consult = clinic.consult();
    var first = clinic.signed(consult, note());
    require(clinic.clinician().get("/consults/" + consult + "/notes"), 200);
    var reader = clinic.clinician();

    var added = amend(consult, "addendum", first, answer("Also raise the leg."));
    post(consult, first, "addenda", added);
    assertThat(notices(reader)).containsExactly("addendum");
    require(clinic.clinician().get("/consults/" + consult + "/notes"), 200);

    var correction = amend(consult, "correction", first, note());
    assertThat(pointers(preview(consult, correction))).containsExactly("/reasonText");
    correction.put("reasonText", "The side was wrong.");
    var corrected = post(consult, first, "corrections", correction).body();
    assertThat(corrected.path("reasonText").asText()).isEqualTo("The side was wrong.");
    assertThat(notices(reader)).containsExactly("correction", "addendum");
    assertThat(states(consult)).containsExactly("stands", "stands", "corrected");
    assertThat(printed(first)).isEqualTo("replaced");
    assertThat(printed(corrected)).isEqualTo("stands");
    var decision =
        "/consults/" + consult + "/recommendations/" + first.at("/recommendations/0/id").asText();
    assertThat(reader.post(decision + "/decision", Map.of("decision", "accept")).code())
        .isEqualTo("note-superseded");
    var stale = amend(consult, "addendum", first, answer("Too late for the old text."));
    assertThat(preview(consult, stale).code()).isEqualTo("note-corrected");

    require(clinic.clinician().get("/consults/" + consult + "/notes"), 200);
    var back = new HashMap<String, Object>(Map.of("kind", "retraction"));
    back.put("amends", corrected.path("id").asText());
    assertThat(pointers(preview(consult, back))).containsExactly("/reason");
    back.put("reason", "wrong-patient");
    var retraction = post(consult, corrected, "retraction", back).body();
    assertThat(retraction.path("kind").asText()).isEqualTo("retraction");
    assertThat(post(consult, corrected, "retraction", back, false).status()).isEqualTo(409);
    assertThat(states(consult)).containsExactly("stands", "retracted", "retracted", "retracted");
    assertThat(printed(corrected)).isEqualTo("withdrawn");
    var care = reader.get("/consults/" + consult + "/notes").body().toString();
    assertThat(care).doesNotContain("cellulitis", "raise the leg", "The side was wrong");
    assertThat(notices(reader)).first().isEqualTo("retraction");

    var notice = reader.get("/note-notices").body().at("/items/0/id").asText();
    assertThat(clinic.specialist().post("/note-notices/" + notice + "/acknowledgement").status())
        .isEqualTo(404);
    require(reader.post("/note-notices/" + notice + "/acknowledgement"), 204);
    assertThat(notices(reader)).doesNotContain("retraction");

    var kept = "/consults/" + consult + "/notes/" + first.path("id").asText() + "/retracted";
    assertThat(require(clinic.specialist().get(kept), 200).body().toString())
        .contains("cellulitis");
    var supervisor = clinic.world.person("Wairimu", clinic.organisation, Role.SUPERVISOR);
    require(clinic.http.as(supervisor).get(kept), 200);
    assertThat(clinic.trail(consult)).contains("note.retract", "note.read-retracted");
  }

  @Test
  void only_its_author_corrects_or_takes_back_a_note() {
    var consult = clinic.consult();
    var first = clinic.signed(consult, note());
    var colleague = clinic.world.person("Arjun", clinic.specialist.organisation(), Role.SPECIALIST);
    clinic.join(consult, colleague.id());
    var back =
        Map.of(
            "kind",
            "retraction",
            "amends",
            first.path("id").asText(),
            "reason",
            "entered-in-error");
    var preview = "/consults/" + consult + "/notes/preview";
    assertThat(clinic.http.as(colleague).post(preview, back).code()).isEqualTo("not-your-note");
    assertThat(clinic.clinician().post(preview, back).status()).isEqualTo(403);
    assertThat(
            clinic
                .http
                .as(colleague)
                .get("/consults/" + consult + "/notes/" + first.path("id").asText() + "/retracted")
                .status())
        .isEqualTo(403);
  }

  @Test
  void a_trainees_note_waits_for_a_co_signature() {
    var network = clinic.specialist.organisation();
    var trainee = clinic.world.person("Lea", network, Role.SPECIALIST);
    var head = clinic.world.person("Admin", network, Role.ADMINISTRATOR);
    var mark = Map.of("accountId", trainee.id().toString(), "trainee", true);
    require(clinic.http.as(head).post("/trainees", mark), 201);
    assertThat(clinic.http.as(head).get("/trainees").body().toString()).contains("Lea");
    var elsewhere = clinic.world.person("Admin 2", clinic.elsewhere, Role.ADMINISTRATOR);
    assertThat(clinic.http.as(elsewhere).post("/trainees", mark).status()).isEqualTo(404);

    var consult = clinic.consult();
    clinic.join(consult, trainee.id());
    var line = id();
    require(clinic.type(trainee, consult, line, 0, note()), 200);
    var signature = clinic.signature(trainee, consult, act(line, 1));
    var path = "/consults/" + consult + "/notes";
    var signed = require(clinic.http.as(trainee).post(path, signature), 201).body();
    var seen = require(clinic.clinician().get(path), 200).body().at("/signed/0");
    assertThat(seen.path("coSignature").isObject()).isTrue();
    assertThat(seen.path("coSignature").has("signer")).isFalse();
    var fhir = new FhirClient(clinic);
    var advised =
        "/MedicationRequest?patient="
            + fhir.get(clinic.clinician, "/ServiceRequest/" + consult)
                .body()
                .at("/subject/reference")
                .asText();
    assertThat(fhir.find(clinic.clinician, advised + "&status=draft")).hasSize(1);
    assertThat(fhir.find(clinic.clinician, advised + "&status=active")).isEmpty();

    var co = path + "/" + signed.path("id").asText() + "/co-signature";
    assertThat(coSign(trainee, co, signed).code()).isEqualTo("not-yours-to-co-sign");
    var wrong = Map.of("sha256", "0".repeat(64), "password", clinic.specialist.password());
    assertThat(clinic.specialist().post(co, wrong).code()).isEqualTo("changed-since-shown");
    var done = require(coSign(clinic.specialist, co, signed), 201).body();
    assertThat(done.at("/coSignature/signer/name").asText()).isEqualTo("Ines");
    require(coSign(clinic.specialist, co, signed), 201);
    assertThat(fhir.find(clinic.clinician, advised + "&status=active")).hasSize(1);
    var own = clinic.signed(clinic.consult(), note());
    assertThat(own.has("coSignature")).isFalse();
  }

  @Test
  void who_may_not_practise_signs_nothing_and_keeps_the_draft() {
    var ruth = clinic.world.person("Ruth", clinic.specialist.organisation(), Role.SPECIALIST);
    var consult = clinic.consult();
    clinic.join(consult, ruth.id());
    var path = "/consults/" + consult + "/notes";
    var line = id();
    require(clinic.type(ruth, consult, line, 0, note()), 200);
    var signature = clinic.signature(ruth, consult, act(line, 1));
    clinic.unlicensed.add(ruth.id());
    var refused = clinic.http.as(ruth).post(path, signature);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("licence-over");
    var page = require(clinic.http.as(ruth).get(path), 200).body();
    assertThat(page.path("signed")).isEmpty();
    assertThat(page.path("drafts")).hasSize(1);

    clinic.unlicensed.clear();
    var signed = require(clinic.http.as(ruth).post(path, signature), 201).body();
    clinic.unlicensed.add(ruth.id());
    assertThat(require(clinic.http.as(ruth).post(path, signature), 201).body().path("id"))
        .as("what was signed before is answered again")
        .isEqualTo(signed.path("id"));
    var back =
        Map.<String, Object>of(
            "kind",
            "retraction",
            "amends",
            signed.path("id").asText(),
            "reason",
            "entered-in-error");
    require(
        clinic
            .http
            .as(ruth)
            .post(
                path + "/" + signed.path("id").asText() + "/retraction",
                clinic.signature(ruth, consult, back)),
        201);
  }

  @Test
  void advice_is_checked_when_it_is_given_and_overruled_with_a_signed_reason() {
    var consult = clinic.consult();
    var path = "/consults/" + consult + "/notes";
    var site = "/sites/" + clinic.site + "/capabilities";
    var clinician = clinic.clinician();
    assertThat(require(clinician.get(site), 200).body().path("outdated").asBoolean()).isTrue();
    var has =
        Map.of(
            "drugs", List.of(Map.of("name", "paracetamol", "available", "no")), "tests", List.of());
    require(clinician.put(site, 0, has), 200);
    assertThat(clinician.put(site, 0, has).status()).isEqualTo(412);
    assertThat(clinic.http.as(clinic.stranger).get(site).status()).isEqualTo(404);

    var advice = new HashMap<String, Object>();
    advice.putAll(Map.of("kind", "treatment", "text", "Give it", "urgency", "now"));
    advice.putAll(Map.of("drug", "Paracetamol", "timesPerDay", 3));
    advice.put("amount", Map.of("value", 20, "unit", "g"));
    var checks =
        require(
                clinic
                    .specialist()
                    .post(path + "/checks", Map.of("recommendations", List.of(advice))),
                200)
            .body();
    assertThat(checks.path("weightKg").asDouble()).isEqualTo(61);
    assertThat(checks.path("warnings").findValuesAsText("code"))
        .containsExactly("dose-impossible", "drug-not-there");
    var content = new HashMap<>(note());
    content.put("recommendations", List.of(advice));
    var line = id();
    save(consult, line, 0, content);
    assertThat(pointers(clinic.specialist().post(path + "/preview", act(line, 1))))
        .containsExactly(
            "/recommendations/0/amount", "/recommendations/0/overrides/drug-not-there");
    advice.put("amount", Map.of("value", 1, "unit", "g"));
    advice.put(
        "overrides", List.of(Map.of("code", "drug-not-there", "reason", "The family buys it.")));
    save(consult, line, 1, content);
    var signed = sign(consult, act(line, 2));
    assertThat(signed.at("/warnings/0/reason").asText()).isEqualTo("The family buys it.");
    assertThat(signed.at("/recommendations/0/content/amount/value").asInt()).isEqualTo(1);
    assertThat(require(clinician.get(site), 200).body().path("outdated").asBoolean()).isFalse();
  }

  @Test
  void templates_and_formulary_are_data() {
    var skin = require(clinic.specialist().get("/note-templates?specialty=dermatology"), 200);
    assertThat(skin.body().path("id").asText()).isEqualTo("dermatology");
    var other = require(clinic.specialist().get("/note-templates?specialty=pathology"), 200);
    assertThat(other.body().path("id").asText()).isEqualTo("general");
    assertThat(other.body().path("sections")).hasSize(8);
    assertThat(require(clinic.specialist().get("/formulary"), 200).body().path("drugs"))
        .hasSizeGreaterThan(40);
  }

  private static Reply coSign(TestPerson who, String path, JsonNode note) {
    return clinic
        .http
        .as(who)
        .post(path, Map.of("sha256", note.path("sha256").asText(), "password", who.password()));
  }

  private static Reply save(ConsultId consult, String line, int revision, Object content) {
    return require(clinic.type(clinic.specialist, consult, line, revision, content), 200);
  }

  private static JsonNode sign(ConsultId consult, Map<String, Object> act) {
    var signature = clinic.signature(clinic.specialist, consult, act);
    return require(clinic.specialist().post("/consults/" + consult + "/notes", signature), 201)
        .body();
  }

  /** Types something about a note; the act that signs it. */
  /** How the note stands for somebody who scans the code of its letter. */
  private static String printed(JsonNode note) {
    var letter = "/letters/" + note.path("sha256").asText();
    return require(clinic.http.anonymous().get(letter), 200).body().path("state").asText();
  }

  private static Map<String, Object> amend(
      ConsultId consult, String kind, JsonNode note, Object content) {
    var line = id();
    var body = typed(kind, content);
    body.put("amends", note.path("id").asText());
    require(
        clinic.specialist().put("/consults/" + consult + "/notes/drafts/" + line, 0, body), 200);
    return amending(kind, line, 1, note);
  }

  private static Map<String, Object> amending(
      String kind, String draft, int revision, JsonNode note) {
    var act = new HashMap<>(act(draft, revision));
    act.put("kind", kind);
    act.put("amends", note.path("id").asText());
    return act;
  }

  private static Reply preview(ConsultId consult, Map<String, Object> act) {
    return clinic.specialist().post("/consults/" + consult + "/notes/preview", act);
  }

  private static Reply post(
      ConsultId consult, JsonNode note, String what, Map<String, Object> act) {
    return post(consult, note, what, act, true);
  }

  private static Reply post(
      ConsultId consult, JsonNode note, String what, Map<String, Object> act, boolean first) {
    var path = "/consults/" + consult + "/notes/" + note.path("id").asText() + "/" + what;
    if (!first) {
      return preview(consult, act);
    }
    return require(
        clinic.specialist().post(path, clinic.signature(clinic.specialist, consult, act)), 201);
  }

  private static JsonNode page(ConsultId consult) {
    return require(clinic.specialist().get("/consults/" + consult + "/notes"), 200).body();
  }

  private static List<String> answers(ConsultId consult) {
    return page(consult).path("drafts").findValuesAsText("answer");
  }

  private static List<String> states(ConsultId consult) {
    return page(consult).path("signed").findValuesAsText("state");
  }

  private static List<String> notices(TestHttp.Client reader) {
    return require(reader.get("/note-notices"), 200).body().path("items").findValuesAsText("kind");
  }

  private static Map<String, Object> answer(String words) {
    return Map.of("language", "en", "answer", words);
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
