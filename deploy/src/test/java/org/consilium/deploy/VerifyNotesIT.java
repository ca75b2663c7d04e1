package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.deploy.verify.KeptNotes;
import org.consilium.platform.access.Relation;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the owner of the tables can do to signed notes with all guards taken off, and that the
 * verifier sees each and names the row. Every change is rolled back.
 */
class VerifyNotesIT {
  private static CareWorld care;
  private static ConsultId consult;

  /** A trainee's note, co-signed; two addenda; and a note elsewhere that was taken back. */
  @BeforeAll
  static void start() {
    care = new CareWorld();
    var head = care.world.person("Head", care.volunteers, Role.ADMINISTRATOR);
    expect(
        201,
        care.http.as(head).post("/trainees", Map.of("accountId", care.ines.id(), "trainee", true)));
    consult = care.accepted();
    join(care.arjun, consult);
    var note = sign(care.ines, consult, null, "note", note());
    expect(
        201,
        care.http
            .as(care.arjun)
            .post(
                path(consult) + "/" + note.path("id").asText() + "/co-signature",
                Map.of("sha256", note.path("sha256").asText(), "password", care.arjun.password())));
    sign(care.ines, consult, note, "addendum", words("Weigh her tomorrow."));
    sign(care.arjun, consult, note, "addendum", words("And the day after."));
    var other = care.accepted();
    var wrong = sign(care.ines, other, null, "note", note());
    var act = Map.of("kind", "retraction", "amends", wrong.path("id"), "reason", "wrong-patient");
    var shown = expect(200, care.http.as(care.ines).post(path(other) + "/preview", act));
    expect(
        201,
        care.http
            .as(care.ines)
            .post(
                path(other) + "/" + wrong.path("id").asText() + "/retraction",
                Map.of(
                    "reason",
                    "wrong-patient",
                    "shownSha256",
                    shown.path("sha256"),
                    "password",
                    care.ines.password())));
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  @Test
  void what_was_signed_holds() throws Exception {
    assertThat(faults("SELECT 1", keys())).isEmpty();
    assertThat(faults("SELECT 1", Map.of("other", keys().values().iterator().next())))
        .hasSize(6)
        .allSatisfy(line -> assertThat(line).contains("unknown key"));
  }

  @TestFactory
  Stream<DynamicTest> every_kind_of_tampering_is_seen_and_named() {
    var first = " WHERE consult_id = '%s' AND version = 1".formatted(consult);
    var tamperings = new HashMap<String, List<String>>();
    tamperings.put(
        "the text that is shown",
        List.of(
            "UPDATE records.note_version SET content = jsonb_set(content, '{answer}', '\"Send her home\"')"
                + first,
            "version 1, note",
            "the text is not the signed one"));
    tamperings.put(
        "the signed bytes",
        List.of(
            "UPDATE records.note_version SET canonical = canonical || ' '::bytea" + first,
            "version 1, note",
            "do not have the kept hash"));
    tamperings.put(
        "the signed bytes with a fitting hash",
        List.of(
            "UPDATE records.note_version SET canonical = canonical || ' '::bytea,"
                + " sha256 = sha256(canonical || ' '::bytea)"
                + first,
            "version 1, note",
            "the signature is not that of key",
            "it does not follow the version before it"));
    tamperings.put(
        "the dose",
        List.of(
            "UPDATE records.recommendation SET amount_value = 1100 WHERE consult_id = '%s'"
                .formatted(consult),
            "version 1, note",
            "the recommendation 1 is not the signed one"));
    tamperings.put(
        "the day",
        List.of(
            "UPDATE records.note_version SET signed_at = signed_at - interval '1 day'" + first,
            "version 1, note",
            "the time is not the signed one"));
    tamperings.put(
        "the author",
        List.of(
            "UPDATE records.note_version SET author_id = '%s'".formatted(care.arjun.id()) + first,
            "version 1, note",
            "the author is not the signed one"));
    tamperings.put(
        "the patient's consult",
        List.of(
            """
            ALTER TABLE records.note_version
              DROP CONSTRAINT note_version_organisation_id_consult_id_id_key CASCADE;
            UPDATE records.note_version SET version = 3, consult_id =
                (SELECT consult_id FROM records.note_version WHERE kind = 'retraction')
            """
                + " WHERE consult_id = '%s' AND version = 3".formatted(consult),
            "version 3, note",
            "the consult is not the signed one",
            "the trail has a note.sign"));
    tamperings.put(
        "a version out of the middle",
        List.of(
            "DELETE FROM records.note_version WHERE consult_id = '%s' AND version = 2"
                .formatted(consult),
            "version 3, note",
            "version 3 follows 1: a row is missing"));
    tamperings.put(
        "the end of a chain",
        List.of(
            "DELETE FROM records.note_version WHERE kind = 'retraction'",
            "the trail has a note.retract and there is no such row"));
    tamperings.put(
        "a row slipped in",
        List.of(
            """
            INSERT INTO records.note_version (organisation_id, id, consult_id, version, author_id,
                author, content, draft_revision, canonical, previous_sha256, sha256, signature,
                key_id, signed_at, kind)
            SELECT organisation_id, gen_random_uuid(), consult_id, 4, author_id, author, content, 1,
                   canonical, sha256, sha256(sha256 || canonical), signature, key_id, signed_at, 'note'
              FROM records.note_version
            """
                + " WHERE consult_id = '%s' AND version = 3".formatted(consult),
            "version 4, note",
            "the signature is not that of key",
            "the id is not the signed one"));
    tamperings.put(
        "a warning",
        List.of(
            "DELETE FROM records.note_warning WHERE consult_id = '%s'".formatted(consult),
            "version 1, note",
            "the warnings is not the signed one"));
    tamperings.put(
        "the co-signer",
        List.of(
            "UPDATE records.note_signature SET signer_id = '%s'".formatted(care.ines.id()),
            "version 1, note",
            "the co-signer is not the signed one"));
    tamperings.put(
        "the co-signature taken away",
        List.of(
            "DELETE FROM records.note_signature",
            "the trail has a note.co-sign and there is no such row"));
    return tamperings.entrySet().stream()
        .map(tampering ->
            DynamicTest.dynamicTest(
                tampering.getKey(),
                () -> {
                  var told = faults(tampering.getValue().getFirst(), keys());
                  for (var words : tampering.getValue().subList(1, tampering.getValue().size())) {
                    assertThat(told).anySatisfy(line -> assertThat(line).contains(words));
                  }
                }));
  }

  /** What the verifier says after {@code sql}, run by the owner; all of it undone afterwards. */
  private static List<String> faults(String sql, Map<String, PublicKey> keys) throws Exception {
    var told = new ArrayList<String>();
    try (var connection = owner()) {
      try (var statement = connection.createStatement()) {
        for (var table :
            List.of("note_version", "recommendation", "note_warning", "note_signature")) {
          statement.execute(
              "ALTER TABLE records.%s DISABLE TRIGGER never_changed".formatted(table));
          statement.execute("ALTER TABLE records.%s NO FORCE ROW LEVEL SECURITY".formatted(table));
        }
        statement.execute(sql);
        statement.execute("SET LOCAL ROLE consilium_worker");
        assertThat(KeptNotes.check(connection, keys, told::add)).isGreaterThanOrEqualTo(3);
      } finally {
        connection.rollback();
      }
    }
    return told;
  }

  private static Connection owner() throws SQLException {
    var address = care.world.address();
    var connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private static Map<String, PublicKey> keys() {
    Signer signer = care.world.platform().signer();
    return Map.of(signer.keyId(), signer.publicKey());
  }

  private static JsonNode sign(
      TestPerson author, ConsultId in, JsonNode about, String kind, Map<String, Object> content) {
    var client = care.http.as(author);
    var draft = UUID.randomUUID();
    var typed = new HashMap<String, Object>();
    typed.putAll(Map.of("deviceId", draft, "kind", kind, "seenVersion", 0, "content", content));
    var act = new HashMap<String, Object>(Map.of("kind", kind, "draftId", draft, "revision", 1));
    if (about != null) {
      typed.put("amends", about.path("id"));
      act.put("amends", about.path("id"));
    }
    expect(200, client.put(path(in) + "/drafts/" + draft, 0, typed));
    var shown = expect(200, client.post(path(in) + "/preview", act));
    var signature =
        Map.of(
            "draftId",
            draft,
            "revision",
            1,
            "shownSha256",
            shown.path("sha256"),
            "password",
            author.password());
    var where = about == null ? "" : "/" + about.path("id").asText() + "/addenda";
    return expect(201, client.post(path(in) + where, signature));
  }

  private static Map<String, Object> note() {
    var advice =
        Map.of(
            "kind", "treatment",
            "text", "For the fever",
            "urgency", "today",
            "drug", "Paracetamol",
            "amount", Map.of("value", 110, "unit", "mg"),
            "perKg", Map.of("value", 15, "weightKg", 7.4),
            "timesPerDay", 4);
    return Map.of("language", "en", "answer", "She can stay.", "recommendations", List.of(advice));
  }

  private static Map<String, Object> words(String words) {
    return Map.of("language", "en", "answer", words);
  }

  private static void join(TestPerson person, ConsultId in) {
    var platform = care.world.platform();
    platform
        .database()
        .asWorker(tx -> {
          platform.careTeam().join(tx, in, person.id(), Relation.SPECIALIST);
          return in;
        });
  }

  private static String path(ConsultId in) {
    return "/consults/" + in + "/notes";
  }
}
