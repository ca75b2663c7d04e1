package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.consilium.platform.http.Json;

/**
 * Writes everything that an organisation owns as one zip file: its rows exactly as they are, its
 * files, the public keys of what was signed, and the same record in FHIR for other systems. Rows
 * and files are of one moment; nothing is held in memory but a row, or a piece of a file.
 */
final class ArchiveWriter {
  private static final int PIECES_AT_A_TIME = 8;

  private static final String NAME = "SELECT name FROM platform.organisation WHERE id = ?";

  private static final String FILES =
      """
      SELECT DISTINCT ON (f.sha256) encode(f.sha256, 'hex') AS sha256, f.blob_id
        FROM records.attachment_file f WHERE f.organisation_id = ? ORDER BY f.sha256, f.blob_id
      """;

  private static final String PIECES =
      """
      SELECT data FROM records.blob_chunk WHERE organisation_id = ? AND blob_id = ? ORDER BY seq
      """;

  private final Connection connection;
  private final List<String> schemas;
  private final Map<String, PublicKey> keys;
  private final FhirLines fhir;
  private final List<Manifest.Part> parts = new ArrayList<>();
  private ZipOutputStream zip;

  /**
   * @param connection the owner's, in a transaction that sees one moment
   * @param keys the public keys of this server, old ones too, by their ids
   */
  ArchiveWriter(
      Connection connection, List<String> schemas, Map<String, PublicKey> keys, FhirLines fhir) {
    this.connection = connection;
    this.schemas = schemas;
    this.keys = keys;
    this.fhir = fhir;
  }

  Manifest write(UUID organisation, Instant now, OutputStream into)
      throws SQLException, IOException {
    var versions = SchemaVersions.of(connection, schemas);
    try (var session = connection.createStatement()) {
      session.execute("SET LOCAL timezone = 'UTC'");
      session.execute("SET LOCAL ROLE consilium_worker");
    }
    var name = name(organisation);
    var tables = Tables.of(connection, schemas);
    zip = new ZipOutputStream(into);
    for (var table : tables.withRows()) {
      part(table.path(), out -> RowLines.copy(connection, table, organisation, out));
    }
    writeKeys(tables, organisation);
    writeFiles(organisation);
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
    for (var type : fhir.types()) {
      part("fhir/" + type + ".ndjson", out -> fhir.write(organisation, type, out));
    }
    var manifest =
        new Manifest(
            Manifest.PRODUCT,
            Manifest.FORMAT,
            organisation,
            name,
            now,
            versions,
            List.copyOf(parts),
            leftOut(tables));
    zip.putNextEntry(new ZipEntry(Manifest.PATH));
    zip.write(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    zip.closeEntry();
    zip.finish();
    zip.flush();
    return manifest;
  }

  private String name(UUID organisation) throws SQLException {
    try (var query = connection.prepareStatement(NAME)) {
      query.setObject(1, organisation);
      try (var rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new ArchiveFailed("There is no organisation " + organisation + ".");
        }
        return rows.getString("name");
      }
    }
  }

  private interface Content {
    /** Writes it and answers how many lines it has. */
    long write(OutputStream into) throws SQLException, IOException;
  }

  private void part(String path, Content content) throws SQLException, IOException {
    zip.putNextEntry(new ZipEntry(path));
    var digest = new PartDigest(zip);
    long count = content.write(digest);
    zip.closeEntry();
    parts.add(digest.part(path, count));
  }

  /** Signatures are checked on the other server with the keys that made them. */
  private void writeKeys(Tables tables, UUID organisation) throws SQLException, IOException {
    var used = new TreeSet<String>();
    for (var table : tables.withRows()) {
      if (table.columns().contains("key_id")) {
        var select =
            Ownership.forOrganisation(
                "SELECT DISTINCT t.key_id FROM %s t WHERE %s"
                    .formatted(table.sql(), table.condition()),
                organisation);
        try (var query = connection.createStatement();
            var rows = query.executeQuery(select)) {
          while (rows.next()) {
            used.add(rows.getString(1));
          }
        }
      }
    }
    for (var id : used) {
      var key = keys.get(id);
      if (key == null) {
        throw new ArchiveFailed(
            "Notes are signed with the key %s, and its public half is not in keys/public: without it"
                    .formatted(id)
                + " nobody could check them. Put %s.pub back there.".formatted(id));
      }
      var text = Base64.getEncoder().encodeToString(key.getEncoded()) + "\n";
      part(
          "keys/" + id + ".pub",
          out -> {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return 1;
          });
    }
  }

  private void writeFiles(UUID organisation) throws SQLException, IOException {
    // Pictures are compressed already.
    zip.setLevel(Deflater.NO_COMPRESSION);
    try (var files = connection.prepareStatement(FILES)) {
      files.setObject(1, organisation);
      files.setFetchSize(500);
      try (var rows = files.executeQuery()) {
        while (rows.next()) {
          var sha256 = rows.getString("sha256");
          var blob = rows.getObject("blob_id", UUID.class);
          part("files/" + sha256, out -> writeFile(organisation, blob, out));
          if (!parts.getLast().sha256().equals(sha256)) {
            throw new ArchiveFailed(
                "The file %s is damaged in the database: its bytes have another hash."
                    .formatted(sha256));
          }
        }
      }
    }
  }

  private long writeFile(UUID organisation, UUID blob, OutputStream into)
      throws SQLException, IOException {
    try (var pieces = connection.prepareStatement(PIECES)) {
      pieces.setObject(1, organisation);
      pieces.setObject(2, blob);
      pieces.setFetchSize(PIECES_AT_A_TIME);
      try (var rows = pieces.executeQuery()) {
        while (rows.next()) {
          into.write(rows.getBytes(1));
        }
      }
    }
    return 1;
  }

  private static Map<String, String> leftOut(Tables tables) {
    var reasons = new TreeMap<String, String>();
    for (var table : tables.all()) {
      if (table.rule() instanceof Ownership.Rule.LeftOut(var reason)) {
        reasons.put(table.name(), reason);
      }
    }
    return reasons;
  }
}
