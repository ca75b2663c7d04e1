package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Enters an archive into an empty database, within one transaction: every row as it was, then read
 * back and held against the hashes of the archive. Whatever is wrong, nothing of it stays.
 */
final class ArchiveReader {
  private static final int CHUNK_BYTES =
      org.consilium.records.attachment.store.BlobStore.CHUNK_BYTES;

  private static final int LINES_AT_ONCE = 500;
  private static final int CHARS_AT_ONCE = 4 * 1024 * 1024;

  private static final String EMPTY =
      """
      SELECT NOT EXISTS (SELECT FROM platform.organisation)
         AND NOT EXISTS (SELECT FROM platform.account)
      """;

  private static final String ENTER =
      """
      INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE
      SELECT %s FROM jsonb_populate_recordset(NULL::%s, ?::jsonb)%s
      """;

  /** What was there before says the same, but for the moment at which it was entered there. */
  private static final String DIFFERENT =
      """
      SELECT to_jsonb(x)::text FROM jsonb_populate_recordset(NULL::%1$s, ?::jsonb) AS x
       WHERE NOT EXISTS (SELECT FROM %1$s t
                          WHERE to_jsonb(t) - ?::text[] = to_jsonb(x) - ?::text[])
       LIMIT 1
      """;

  private static final String BLOBS =
      """
      SELECT blob_id, consult_id FROM records.attachment_file
       WHERE organisation_id = ? AND sha256 = ? ORDER BY blob_id
      """;

  private static final String CHUNK =
      """
      INSERT INTO records.blob_chunk (organisation_id, blob_id, seq, consult_id, data)
      VALUES (?, ?, ?, ?, ?)
      """;

  private static final String WITHOUT_BYTES =
      """
      SELECT encode(f.sha256, 'hex') FROM records.attachment_file f
       WHERE NOT EXISTS (SELECT FROM records.blob_chunk c
                          WHERE c.organisation_id = f.organisation_id AND c.blob_id = f.blob_id)
       LIMIT 1
      """;

  /** A key that opened the old server opens this one only when an administrator here says so. */
  private static final String SHUT_PROGRAMS_OUT =
      "UPDATE platform.program SET revoked_at = ?::timestamptz WHERE revoked_at IS NULL";

  /** An export leaves them behind; whoever writes an archive by hand may not. */
  private static final String FORGET_PASSWORDS =
      "UPDATE platform.account SET password_hash = '' WHERE password_hash <> ''";

  /** Numbers that the database gives out go on behind those that came. */
  private static final String SEQUENCES =
      """
      SELECT DISTINCT format('%I.%I', sn.nspname, s.relname) AS sequence,
             format('%I.%I', n.nspname, c.relname) AS owner_table, quote_ident(a.attname) AS owner
        FROM pg_class s
        JOIN pg_namespace sn ON sn.oid = s.relnamespace
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid
                        AND d.classid = 'pg_attrdef'::regclass
        JOIN pg_attrdef f ON f.oid = d.objid
        JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
        JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE s.relkind = 'S' AND sn.nspname = ANY (?)
      UNION
      SELECT format('%I.%I', sn.nspname, s.relname), format('%I.%I', n.nspname, c.relname),
             quote_ident(a.attname)
        FROM pg_class s
        JOIN pg_namespace sn ON sn.oid = s.relnamespace
        JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
        JOIN pg_class c ON c.oid = d.refobjid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
       WHERE s.relkind = 'S' AND sn.nspname = ANY (?)
      """;

  private final Connection connection;
  private final List<String> schemas;
  private final ArchiveFile archive;
  private final Map<String, byte[]> keys = new HashMap<>();
  private Tables tables;

  /**
   * @param connection the tables' owner's, in a transaction that the caller commits or rolls back
   */
  ArchiveReader(Connection connection, List<String> schemas, ArchiveFile archive) {
    this.connection = connection;
    this.schemas = schemas;
    this.archive = archive;
  }

  /**
   * Enters everything; nobody gets in by what they got in with before.
   *
   * @return the public keys that came along, by the names of their files
   * @throws ArchiveFailed with what is wrong; the caller rolls back
   */
  Map<String, byte[]> enter(Instant now) throws SQLException, IOException {
    execute("SET LOCAL timezone = 'UTC'");
    execute("LOCK TABLE platform.organisation, platform.account IN SHARE ROW EXCLUSIVE MODE");
    requireSameTables();
    if (!truth(EMPTY)) {
      throw new ArchiveFailed(
          "There is an organisation on this server already. An archive is entered into an empty one.");
    }
    tables = Tables.of(connection, schemas);
    requireEveryTable();
    openToOwner();
    for (var part : archive.manifest().parts()) {
      archive.read(part, bytes -> enter(part, bytes));
    }
    var lacking = text(WITHOUT_BYTES);
    if (lacking != null) {
      throw new ArchiveFailed("The archive lacks the file " + lacking + ".");
    }
    goOnCounting();
    execute("SET CONSTRAINTS ALL IMMEDIATE");
    readBack();
    shutOut(now);
    closeToOwner();
    return keys;
  }

  private void requireSameTables() throws SQLException {
    var here = SchemaVersions.of(connection, schemas);
    var there = archive.manifest().schemas();
    if (!here.equals(there)) {
      throw new ArchiveFailed(
          "The archive was made from tables of versions %s; this build has %s. Import it with the release that made it, then upgrade that."
              .formatted(there, here));
    }
  }

  private void requireEveryTable() {
    var paths = archive.manifest().parts().stream().map(Manifest.Part::path).toList();
    for (var table : tables.withRows()) {
      if (!paths.contains(table.path())) {
        throw new ArchiveFailed("The archive lacks " + table.path() + ".");
      }
    }
  }

  /**
   * Lets the owner write past row security, and rows name later ones of their own table, until the
   * end of this transaction.
   */
  private void openToOwner() throws SQLException {
    for (var table : tables.all()) {
      if (table.forced()) {
        execute("ALTER TABLE " + table.sql() + " NO FORCE ROW LEVEL SECURITY");
      }
    }
    alterOwnReferences("DEFERRABLE INITIALLY DEFERRED");
  }

  private void closeToOwner() throws SQLException {
    alterOwnReferences("NOT DEFERRABLE");
    for (var table : tables.all()) {
      if (table.forced()) {
        execute("ALTER TABLE " + table.sql() + " FORCE ROW LEVEL SECURITY");
      }
    }
  }

  private void alterOwnReferences(String how) throws SQLException {
    for (var reference : tables.references()) {
      if (reference.isToItself()) {
        execute(
            "ALTER TABLE %s ALTER CONSTRAINT %s %s"
                .formatted(tables.named(reference.child()).sql(), reference.name(), how));
      }
    }
  }

  private long enter(Manifest.Part part, InputStream bytes) throws SQLException, IOException {
    var path = part.path();
    if (path.startsWith("records/")) {
      return enterRows(tableOf(path), bytes);
    }
    if (path.equals("files/" + part.sha256())) {
      return enterFile(path.substring("files/".length()), bytes);
    }
    if (path.startsWith("keys/")) {
      keys.put(path.substring("keys/".length()), bytes.readNBytes(1024));
      return 1;
    }
    if (path.startsWith("fhir/")) {
      return lines(bytes);
    }
    throw new ArchiveFailed("What " + path + " is, this build does not know.");
  }

  private Table tableOf(String path) {
    return tables.withRows().stream()
        .filter(table -> table.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new ArchiveFailed("There is no table for " + path + " here."));
  }

  private static long lines(InputStream bytes) throws IOException {
    long lines = 0;
    var buffer = new byte[64 * 1024];
    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
      for (int i = 0; i < read; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  private long enterRows(Table table, InputStream bytes) throws SQLException, IOException {
    var columns = table.columnList();
    var sql =
        ENTER.formatted(
            table.sql(),
            columns,
            columns,
            table.sql(),
            table.isShared() ? " ON CONFLICT DO NOTHING" : "");
    long count = 0;
    var source = new BoundedLines(bytes, archive.limits().lineBytes());
    try (var insert = connection.prepareStatement(sql)) {
      var batch = new StringBuilder();
      int lines = 0;
      for (var line = source.next(); line.isPresent(); line = source.next()) {
        batch.append(lines == 0 ? '[' : ',').append(line.get());
        lines++;
        count++;
        if (lines == LINES_AT_ONCE || batch.length() > CHARS_AT_ONCE) {
          enter(table, insert, batch);
          lines = 0;
        }
      }
      if (lines > 0) {
        enter(table, insert, batch);
      }
    } catch (SQLException refused) {
      throw new ArchiveFailed(
          "A row of %s cannot be entered: %s".formatted(table.name(), refused.getMessage()),
          refused);
    }
    return count;
  }

  private void enter(Table table, java.sql.PreparedStatement insert, StringBuilder batch)
      throws SQLException {
    var rows = batch.append(']').toString();
    insert.setString(1, rows);
    insert.executeUpdate();
    if (table.isShared()) {
      requireSaidSo(table, rows);
    }
    batch.setLength(0);
  }

  private void requireSaidSo(Table table, String rows) throws SQLException {
    var times = connection.createArrayOf("text", table.times().toArray());
    try (var query = connection.prepareStatement(DIFFERENT.formatted(table.sql()))) {
      query.setString(1, rows);
      query.setArray(2, times);
      query.setArray(3, times);
      try (var different = query.executeQuery()) {
        if (different.next()) {
          throw new ArchiveFailed(
              "%s says something else on this server than where the archive was made: %s"
                  .formatted(table.name(), different.getString(1)));
        }
      }
    }
  }

  private record Place(UUID blob, UUID consult) {}

  private long enterFile(String sha256, InputStream bytes) throws SQLException, IOException {
    var places = new java.util.ArrayList<Place>();
    try (var query = connection.prepareStatement(BLOBS)) {
      query.setObject(1, archive.manifest().organisation());
      query.setBytes(2, HexFormat.of().parseHex(sha256));
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          places.add(
              new Place(
                  rows.getObject("blob_id", UUID.class), rows.getObject("consult_id", UUID.class)));
        }
      }
    }
    try (var insert = connection.prepareStatement(CHUNK)) {
      int seq = 0;
      for (var chunk = bytes.readNBytes(CHUNK_BYTES);
          chunk.length > 0;
          chunk = bytes.readNBytes(CHUNK_BYTES)) {
        for (var place : places) {
          insert.setObject(1, archive.manifest().organisation());
          insert.setObject(2, place.blob());
          insert.setInt(3, seq);
          insert.setObject(4, place.consult());
          insert.setBytes(5, chunk);
          insert.executeUpdate();
        }
        seq++;
      }
    }
    return 1;
  }

  private void goOnCounting() throws SQLException {
    var names = connection.createArrayOf("text", schemas.toArray());
    try (var query = connection.prepareStatement(SEQUENCES)) {
      query.setArray(1, names);
      query.setArray(2, names);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          execute(
              """
              SELECT setval('%1$s', greatest(nextval('%1$s'), (SELECT max(%2$s) FROM %3$s)))
              """
                  .formatted(
                      rows.getString("sequence"),
                      rows.getString("owner"),
                      rows.getString("owner_table")));
        }
      }
    }
  }

  /** What stands in the tables now, read as an export reads it, has the hashes of the archive. */
  private void readBack() throws SQLException, IOException {
    var organisation = archive.manifest().organisation();
    for (var part : archive.manifest().parts()) {
      if (!part.path().startsWith("records/") || tableOf(part.path()).isShared()) {
        continue;
      }
      var digest = new PartDigest(OutputStream.nullOutputStream());
      long count = RowLines.copy(connection, tableOf(part.path()), organisation, digest);
      if (!digest.part(part.path(), count).equals(part)) {
        throw new ArchiveFailed(
            part.path() + " reads differently after it was entered; nothing was kept.");
      }
    }
  }

  private void shutOut(Instant now) throws SQLException {
    try (var programs = connection.prepareStatement(SHUT_PROGRAMS_OUT)) {
      programs.setString(1, now.toString());
      programs.executeUpdate();
    }
    execute(FORGET_PASSWORDS);
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean truth(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private String text(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
