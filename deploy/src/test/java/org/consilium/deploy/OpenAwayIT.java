package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.consilium.deploy.CareWorld.expect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.consilium.deploy.archive.ArchiveFailed;
import org.consilium.deploy.archive.ArchiveLimits;
import org.consilium.deploy.archive.Archives;
import org.consilium.deploy.archive.FhirOfRecords;
import org.consilium.deploy.verify.KeptNotes;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.records.Records;
import org.consilium.scheduling.Scheduling;
import org.consilium.signaling.Signaling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An organisation leaves with everything it owns, and arrives whole on an empty server. */
class OpenAwayIT {
  @TempDir static Path folder;

  private static CareWorld care;
  private static Path archive;
  private static Archives.Counts counts;

  @BeforeAll
  static void leave() throws Exception {
    care = new CareWorld();
    var consult = care.accepted();
    sign(consult);
    withFile(consult);
    var words = Map.of("id", UUID.randomUUID(), "text", "Asante \"sana\" \\ 🙂", "language", "en");
    var first = expect(201, care.http.as(care.clinician).post(path(consult) + "/messages", words));
    var reply =
        Map.of(
            "id", new UUID(0, 7), "text", "Karibu", "language", "sw", "replyTo", first.path("id"));
    expect(201, care.http.as(care.ines).post(path(consult) + "/messages", reply));
    care.submitted();
    registerProgram();
    archive = folder.resolve("leaving.zip");
    counts = export(care.world, care.records, archive);
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  private static String path(ConsultId consult) {
    return "/consults/" + consult;
  }

  private static void sign(ConsultId consult) {
    var client = care.http.as(care.ines);
    var notes = path(consult) + "/notes";
    var draft = UUID.randomUUID();
    var content =
        Map.of(
            "language",
            "en",
            "answer",
            "She can stay.",
            "recommendations",
            List.of(Map.of("kind", "treatment", "text", "Fluids", "urgency", "today")));
    expect(
        200,
        client.put(
            notes + "/drafts/" + draft,
            0,
            Map.of("deviceId", draft, "kind", "note", "seenVersion", 0, "content", content)));
    var act = Map.of("kind", "note", "draftId", draft, "revision", 1);
    var shown = expect(200, client.post(notes + "/preview", act));
    expect(
        201,
        client.post(
            notes,
            Map.of(
                "draftId",
                draft,
                "revision",
                1,
                "shownSha256",
                shown.path("sha256"),
                "password",
                care.ines.password())));
  }

  private static void registerProgram() {
    var key =
        Map.of(
            "kty", "OKP",
            "crv", "Ed25519",
            "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    var administrator = care.world.person("Adm", care.clinics, Role.ADMINISTRATOR);
    expect(
        201,
        care.http
            .as(administrator)
            .post(
                "/programs",
                Map.of(
                    "name",
                    "Exchange",
                    "publicKey",
                    key,
                    "scopes",
                    List.of("system/*.rs"),
                    "expiresAt",
                    care.world.clock().instant().plusSeconds(86_400).toString())));
  }

  /** One file of more than a chunk, kept twice. */
  private static void withFile(ConsultId consult) {
    care.asServer(tx ->
        tx.run(
            """
            WITH bytes AS (SELECT decode(repeat('00ff10', 100000), 'hex') AS b),
            request AS (SELECT * FROM records.request WHERE consult_id = $1),
            attached AS (
              INSERT INTO records.attachment (organisation_id, id, consult_id, patient_id, kind,
                  title, state, added_by, added_at, version)
              SELECT organisation_id, uuidv7(), consult_id, patient_id, 'photo', 'Rash', 'ready',
                     requester_id, $2, 1
                FROM request RETURNING *),
            parts AS (SELECT a.*, uuidv7() AS blob, part FROM attached a,
                        unnest(ARRAY['preview', 'original']) AS part),
            blobs AS (
              INSERT INTO records.blob (organisation_id, id, consult_id, attachment_id, made_at)
              SELECT organisation_id, blob, consult_id, id, $2 FROM parts),
            chunks AS (
              INSERT INTO records.blob_chunk (organisation_id, blob_id, seq, consult_id, data)
              SELECT organisation_id, blob, n, consult_id,
                     substring(b FROM n * 262144 + 1 FOR 262144)
                FROM parts, bytes, generate_series(0, 1) AS n)
            INSERT INTO records.attachment_file (organisation_id, attachment_id, part, consult_id,
                made_by, type, shown_inline, bytes, sha256, blob_id, made_at)
            SELECT organisation_id, id, part, consult_id, 'client', 'image/jpeg', true, 300000,
                   sha256(b), blob, $2
              FROM parts, bytes
            """,
            consult,
            tx.now()));
  }

  private static Archives archives(TestPlatform world) {
    return new Archives(world.address(), Server.SCHEMAS);
  }

  private static Archives.Counts export(TestPlatform world, Records records, Path file)
      throws SQLException, IOException {
    Signer signer = care.world.platform().signer();
    var fhir = new FhirOfRecords(world.platform().database(), records.fhirPages());
    try (var out = Files.newOutputStream(file)) {
      return archives(world)
          .write(
              care.clinics.value(),
              Map.of(signer.keyId(), signer.publicKey()),
              fhir,
              world.clock().instant(),
              out);
    }
  }

  private static TestPlatform empty() {
    return TestPlatform.start(Scheduling.SCHEMA, Records.SCHEMA, Signaling.SCHEMA);
  }

  private static Map<String, JsonNode> parts(Path file) throws IOException {
    var parts = new java.util.TreeMap<String, JsonNode>();
    try (var zip = new ZipFile(file.toFile());
        var in = zip.getInputStream(zip.getEntry("manifest.json"))) {
      Json.MAPPER
          .readTree(in)
          .path("parts")
          .forEach(part -> parts.put(part.path("path").asText(), part));
    }
    return parts;
  }

  @Test
  void what_arrives_is_what_left_and_goes_on_from_there() throws Exception {
    assertThat(counts.files()).isEqualTo(1);
    assertThat(counts.rows()).isGreaterThan(100);
    assertThat(parts(archive))
        .containsKeys(
            "records/records.note_version.ndjson",
            "records/platform.audit_event.ndjson",
            "fhir/Patient.ndjson",
            keyPart());
    try (var world = empty()) {
      var keys = folder.resolve("public");
      assertThat(enter(world, archive, keys)).isEqualTo(counts);
      var records =
          new Records(
              world.platform(),
              java.util.Optional.empty(),
              new Intake(
                  new Scheduling(
                      world.platform(),
                      java.util.Optional.empty(),
                      org.consilium.signaling.record.WhoJoined::since,
                      org.consilium.signaling.ring.RungByHand::since)),
              Elsewhere.ROWS);

      var again = folder.resolve("again.zip");
      export(world, records, again);
      var shutOut = Set.of("records/platform.program.ndjson");
      assertThat(without(shutOut, parts(again))).isEqualTo(without(shutOut, parts(archive)));

      var faults = new ArrayList<String>();
      try (var connection = connect(world)) {
        connection.setAutoCommit(false);
        assertThat(one(connection, "SELECT count(*) FROM pg_class WHERE relforcerowsecurity"))
            .isEqualTo(forced(care.world));
        assertThat(one(connection, "SELECT count(*) FROM pg_constraint WHERE condeferrable"))
            .isEqualTo("0");
        assertThat(
                one(
                    connection,
                    "SELECT string_agg(DISTINCT password_hash, ',') FROM platform.account"))
            .isEmpty();
        connection.createStatement().execute("SET LOCAL ROLE consilium_worker");
        assertThat(one(connection, "SELECT count(*) FROM platform.program")).isEqualTo("1");
        assertThat(
                one(connection, "SELECT count(*) FROM platform.program WHERE revoked_at IS NULL"))
            .isEqualTo("0");
        assertThat(KeptNotes.check(connection, Signer.publicKeys(keys), faults::add)).isEqualTo(1);
        assertThat(
                one(
                    connection,
                    "SELECT nextval('records.act') > (SELECT max(seq) FROM records.message)"))
            .isEqualTo("t");
        assertThat(one(connection, "SELECT email FROM platform.account WHERE name LIKE 'Ines%'"))
            .endsWith("@elsewhere.invalid");
      }
      assertThat(faults).isEmpty();

      assertThatThrownBy(() -> enter(world, archive, keys))
          .isInstanceOf(ArchiveFailed.class)
          .hasMessageContaining("already");
    }
  }

  @Test
  void what_is_torn_changed_or_newer_is_refused_and_leaves_nothing() throws Exception {
    try (var world = empty()) {
      var torn = folder.resolve("torn.zip");
      var bytes = Files.readAllBytes(archive);
      Files.write(torn, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
      refused(world, torn, "no whole archive");

      refused(
          world,
          changed((name, text) -> text.replace("She can stay.", "Send her home")),
          "not what the manifest says");
      refused(
          world,
          changed((name, text) ->
              name.equals("manifest.json")
                  ? text.replace("\"format\" : 1", "\"format\" : 2")
                  : text),
          "format 2");
      refused(
          world,
          changed((name, text) -> name.equals("records/records.patient.ndjson") ? null : text),
          "does not hold what its manifest says");
      refused(world, honestly("records/records.patient.ndjson", 0, ""), "cannot be entered");
      refused(
          world,
          honestly(keyPart(), 1, "MCowBQYDK2VwAyEA" + "A".repeat(42) + "=\n"),
          "not the key");
      refused(world, archiveOfOtherTables(), "release that made it");

      try (var connection = connect(world)) {
        for (var table : List.of("platform.organisation", "platform.account")) {
          assertThat(one(connection, "SELECT count(*) FROM " + table)).isEqualTo("0");
        }
        assertThat(one(connection, "SELECT count(*) FROM pg_class WHERE relforcerowsecurity"))
            .isEqualTo(forced(care.world));
      }
    }
  }

  /** Made to fill the memory or the disk of whoever enters it. */
  @Test
  void what_is_larger_than_agreed_is_refused_by_the_name_of_the_setting() throws Exception {
    try (var world = empty()) {
      refused(
          world,
          changed((name, text) ->
              name.equals("fhir/Patient.ndjson") ? text + "\n".repeat(1_000_000) : text),
          "longer than the manifest says");
      var usual = ArchiveLimits.USUAL;
      refused(
          world,
          archive,
          new ArchiveLimits(20, usual.partBytes(), usual.manifestBytes()),
          "CONSILIUM_ARCHIVE_LINE_MB");
      refused(
          world,
          archive,
          new ArchiveLimits(usual.lineBytes(), 100_000, usual.manifestBytes()),
          "CONSILIUM_ARCHIVE_PART_MB");
      refused(
          world,
          archive,
          new ArchiveLimits(usual.lineBytes(), usual.partBytes(), 1_000),
          "CONSILIUM_ARCHIVE_MANIFEST_MB");
    }
  }

  /** What the catalogue of the database knows, nobody has to remember. */
  @Test
  void every_table_goes_along_or_is_said_to_stay_behind() throws Exception {
    var whereabouts = archives(care.world).whereabouts();
    var owned = new HashSet<String>();
    try (var connection = connect(care.world);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT c.table_schema || '.' || c.table_name FROM information_schema.columns c
                  JOIN information_schema.tables t USING (table_schema, table_name)
                 WHERE c.column_name = 'organisation_id' AND t.table_type = 'BASE TABLE'
                """)) {
      while (rows.next()) {
        owned.add(rows.getString(1));
      }
    }
    assertThat(owned).hasSizeGreaterThan(60);
    assertThat(whereabouts).containsKeys(owned.toArray(String[]::new));
    owned.removeIf(table -> whereabouts.get(table).startsWith("rows"));
    assertThat(owned)
        .isEqualTo(
            Set.of(
                "records.blob_chunk",
                "records.export",
                "records.export_file",
                "signaling.seat",
                "signaling.ticket"));
    assertThat(archives(care.world).rulesWithoutTable()).isEmpty();
  }

  private static void refused(TestPlatform world, Path file, String why) {
    refused(world, file, ArchiveLimits.USUAL, why);
  }

  private static void refused(TestPlatform world, Path file, ArchiveLimits limits, String why) {
    var keys = folder.resolve("refused");
    assertThatThrownBy(() -> archives(world).enter(file, limits, keys, world.clock().instant()))
        .isInstanceOf(ArchiveFailed.class)
        .hasMessageContaining(why);
    if (Files.exists(keys)) {
      assertThat(keys).isEmptyDirectory();
    }
  }

  private static String keyPart() {
    return "keys/" + care.world.platform().signer().keyId() + ".pub";
  }

  private static Archives.Counts enter(TestPlatform world, Path file, Path keys)
      throws SQLException, IOException {
    return archives(world).enter(file, ArchiveLimits.USUAL, keys, world.clock().instant());
  }

  private static Map<String, JsonNode> without(Set<String> paths, Map<String, JsonNode> parts) {
    parts.keySet().removeAll(paths);
    return parts;
  }

  /** The archive with entries changed, or left out; its manifest says what it said. */
  private static Path changed(BinaryOperator<String> change) throws IOException {
    var file = Files.createTempFile(folder, "changed", ".zip");
    try (var zip = new ZipFile(archive.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entry : java.util.Collections.list(zip.entries())) {
        var text =
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        var other = change.apply(entry.getName(), text);
        if (other != null) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(other.getBytes(StandardCharsets.ISO_8859_1));
          out.closeEntry();
        }
      }
    }
    return file;
  }

  /** A part with other lines, by somebody who also corrects the manifest. */
  private static Path honestly(String path, int count, String other) throws IOException {
    return changed((name, text) -> {
      if (name.equals(path)) {
        return other;
      }
      if (!name.equals("manifest.json")) {
        return text;
      }
      return manifest(
          text,
          manifest -> {
            for (var part : manifest.path("parts")) {
              if (part.path("path").asText().equals(path)) {
                var bytes = other.getBytes(StandardCharsets.ISO_8859_1);
                ((ObjectNode) part)
                    .put("count", count)
                    .put("bytes", bytes.length)
                    .put("sha256", HexFormat.of().formatHex(Secrets.sha256(bytes)));
              }
            }
          });
    });
  }

  private static Path archiveOfOtherTables() throws IOException {
    return changed((name, text) ->
        name.equals("manifest.json")
            ? manifest(text, all -> ((ObjectNode) all.path("schemas")).put("records", "999"))
            : text);
  }

  private static String manifest(String text, java.util.function.Consumer<JsonNode> change) {
    try {
      var manifest = Json.MAPPER.readTree(text);
      change.accept(manifest);
      return manifest.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static java.sql.Connection connect(TestPlatform world) throws SQLException {
    var address = world.address();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static String forced(TestPlatform world) throws SQLException {
    try (var connection = connect(world)) {
      return one(connection, "SELECT count(*) FROM pg_class WHERE relforcerowsecurity");
    }
  }

  private static String one(java.sql.Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
