package org.consilium.deploy.bench.records;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.Uuid7;
import org.consilium.records.note.chain.NoteChain;
import org.consilium.records.note.chain.NoteDocument;
import org.consilium.records.text.CanonicalJson;
import org.consilium.records.text.SearchText;

/** What stands beside the product's figures: the same work bare, over one connection. */
final class Bare implements AutoCloseable {
  private static final int CHUNK_BYTES = 262_144;

  private final Connection connection;
  private final World world;
  private final PreparedStatement search;
  private final PreparedStatement without;
  private final PreparedStatement queue;
  private final PreparedStatement note;
  private final PreparedStatement summary;
  private final byte[] canonical;

  Bare(DatabaseAddress address, World world) throws SQLException {
    this.world = world;
    connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    try (var statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS bench CASCADE");
      statement.execute("CREATE SCHEMA bench");
      statement.execute(
          "CREATE TABLE bench.note (LIKE records.note_version INCLUDING INDEXES INCLUDING DEFAULTS)");
      statement.execute(
          "CREATE TABLE bench.chunk (id bigint GENERATED ALWAYS AS IDENTITY, data bytea STORAGE EXTERNAL)");
      statement.execute(
          "SELECT set_config('app.organisation', '%s', false), set_config('app.account', '%s', false)"
              .formatted(world.clinic(), world.clinician().id()));
      try (var row = statement.executeQuery("SELECT canonical FROM records.note_version LIMIT 1")) {
        row.next();
        canonical = row.getBytes(1);
      }
    }
    search = prepare("SELECT * FROM records.find_patients(?, NULL, NULL, 51)");
    without =
        prepare(
            """
            SELECT patient_id FROM records.patient_search
             WHERE organisation_id = ? AND text || '' LIKE ALL (?)
             ORDER BY registered_at DESC, patient_id DESC LIMIT 51
            """);
    queue =
        prepare(
            """
            SELECT * FROM scheduling.consult
             WHERE organisation_id = ? AND NOT is_over ORDER BY queue_at, id LIMIT 20
            """);
    note =
        prepare(
            """
            INSERT INTO bench.note
            SELECT (jsonb_populate_record(n::records.note_version,
                      jsonb_build_object('id', ?::uuid, 'consult_id', ?::uuid))).*
              FROM records.note_version n WHERE n.id = ?
            """);
    summary =
        prepare(
            """
            SELECT to_jsonb(v) FROM records.note_version v
              JOIN platform.consult c ON c.id = v.consult_id
             WHERE v.organisation_id = ? AND c.organisation_id = ? AND c.patient_id = ?
            """);
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** The function that searches, without session, rights, rows of the patients and audit line. */
  void search(String words) throws SQLException {
    search.setArray(1, connection.createArrayOf("text", SearchText.of(words).split(" ")));
    read(search);
  }

  /** Every row looked at. */
  void searchWithoutIndex(String words) throws SQLException {
    var patterns =
        List.of(SearchText.of(words).split(" ")).stream().map(word -> "%" + word + "%").toArray();
    without.setObject(1, world.clinic().value());
    without.setArray(2, connection.createArrayOf("text", patterns));
    read(without);
  }

  void queue() throws SQLException {
    queue.setObject(1, world.clinic().value());
    read(queue);
  }

  void summary(String patient) throws SQLException {
    summary.setObject(1, world.clinic().value());
    summary.setObject(2, world.clinic().value());
    summary.setObject(3, UUID.fromString(patient));
    read(summary);
  }

  /** A row like another one, on the disk. */
  void insertNote(UUID like) throws SQLException {
    note.setObject(1, Uuid7.next());
    note.setObject(2, Uuid7.next());
    note.setObject(3, like);
    note.executeUpdate();
  }

  UUID anyNote() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT id FROM records.note_version LIMIT 1")) {
      row.next();
      return row.getObject(1, UUID.class);
    }
  }

  /** Bytes into a table in pieces as large as the product's, each on the disk. */
  void insertBytes(int bytes) throws SQLException {
    try (var insert = prepare("INSERT INTO bench.chunk (data) VALUES (?)")) {
      for (int left = bytes; left > 0; left -= CHUNK_BYTES) {
        insert.setBytes(1, new byte[Math.min(left, CHUNK_BYTES)]);
        insert.executeUpdate();
      }
    }
  }

  /** Canonical form, SHA-256 and Ed25519 of a note. */
  void sign(Signer signer) {
    var document = Json.read(canonical, NoteDocument.class);
    signer.sign(NoteChain.hash(java.util.Optional.empty(), CanonicalJson.bytes(document)));
  }

  /** What nobody may leave out who asks for a password. */
  static void password(String hash) {
    if (!PasswordHash.matches(World.PASSWORD, hash)) {
      throw new IllegalStateException("another password");
    }
  }

  /** SHA-256 and Ed25519 of a note that was signed with {@code signer}. */
  void verify(Signer signer, byte[] signature) throws GeneralSecurityException {
    var check = Signature.getInstance("Ed25519");
    check.initVerify(signer.publicKey());
    check.update(Secrets.sha256(canonical));
    if (!check.verify(signature)) {
      throw new IllegalStateException("does not verify");
    }
  }

  byte[] signature(Signer signer) {
    return signer.sign(Secrets.sha256(canonical));
  }

  private static void read(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  int canonicalBytes() {
    return new String(canonical, StandardCharsets.UTF_8).length();
  }

  @Override
  public void close() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA bench CASCADE");
    }
    connection.close();
  }
}
