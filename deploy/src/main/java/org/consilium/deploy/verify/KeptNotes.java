package org.consilium.deploy.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.consilium.platform.http.Json;
import org.consilium.records.note.verify.KeptVersion;
import org.consilium.records.note.verify.NoteVerifier;

/**
 * Reads every signed version in the order of its chain, a few hundred rows at a time, and has all
 * processors check those: most of it is signatures.
 */
public final class KeptNotes {
  private static final int ROWS_AT_A_TIME = 500;

  private static final String ROWS =
      """
      SELECT n.*, s.signer_id, s.canonical AS co_canonical, s.sha256 AS co_sha256,
             s.signature AS co_signature, s.key_id AS co_key_id, s.signed_at AS co_signed_at,
             coalesce((SELECT jsonb_agg(to_jsonb(r) ORDER BY r.position)
                         FROM records.recommendation r
                        WHERE r.organisation_id = n.organisation_id AND r.note_id = n.id), '[]')
               AS recommendations,
             coalesce((SELECT jsonb_agg(jsonb_build_object('recommendation', w.recommendation,
                                'code', w.code, 'severity', w.severity, 'text', w.text,
                                'reason', w.reason) ORDER BY w.position)
                         FROM records.note_warning w
                        WHERE w.organisation_id = n.organisation_id AND w.note_id = n.id), '[]')
               AS warnings
        FROM records.note_version n
        LEFT JOIN records.note_signature s
          ON s.organisation_id = n.organisation_id AND s.note_id = n.id
       ORDER BY n.organisation_id, n.consult_id, n.version
      """;

  /** Signed according to the trail, and no longer there: a chain that was cut off at its end. */
  private static final String GONE =
      """
      SELECT a.consult_id, a.subject, a.action FROM platform.audit_event a
       WHERE (a.action IN ('note.sign', 'note.retract')
              AND NOT EXISTS (SELECT FROM records.note_version n
                               WHERE n.organisation_id = a.organisation_id
                                 AND n.consult_id = a.consult_id
                                 AND n.id = substring(a.subject FROM 6)::uuid))
          OR (a.action = 'note.co-sign'
              AND NOT EXISTS (SELECT FROM records.note_signature s
                               WHERE s.organisation_id = a.organisation_id
                                 AND s.note_id = substring(a.subject FROM 6)::uuid))
      """;

  private KeptNotes() {}

  /**
   * Checks every row within the transaction that {@code connection} is in.
   *
   * @param broken is told of each broken row, in a line
   * @return how many versions were checked
   */
  public static long check(
      Connection connection, Map<String, PublicKey> keys, Consumer<String> broken)
      throws SQLException, JsonProcessingException {
    var verifier = new NoteVerifier(keys);
    long checked = 0;
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_A_TIME);
      try (var rows = statement.executeQuery(ROWS)) {
        var some = new ArrayList<KeptVersion>(ROWS_AT_A_TIME);
        while (rows.next()) {
          some.add(version(rows));
          checked++;
          if (some.size() == ROWS_AT_A_TIME) {
            check(some, verifier, broken);
            some.clear();
          }
        }
        check(some, verifier, broken);
      }
      try (var rows = statement.executeQuery(GONE)) {
        while (rows.next()) {
          broken.accept(
              "consult %s, %s: the trail has a %s and there is no such row"
                  .formatted(
                      rows.getString("consult_id"),
                      rows.getString("subject"),
                      rows.getString("action")));
        }
      }
    }
    return checked;
  }

  private static void check(
      List<KeptVersion> versions, NoteVerifier verifier, Consumer<String> broken) {
    var alone = versions.parallelStream().map(verifier::checkAlone).toList();
    for (int i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var wrong = new ArrayList<>(verifier.checkPlace(version));
      wrong.addAll(alone.get(i));
      for (var what : wrong) {
        broken.accept(
            "consult %s, version %d, note %s: %s"
                .formatted(version.consult(), version.version(), version.id(), what));
      }
    }
  }

  private static KeptVersion version(ResultSet row) throws SQLException, JsonProcessingException {
    return new KeptVersion(
        row.getObject("organisation_id", UUID.class),
        row.getObject("consult_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getInt("version"),
        row.getString("kind"),
        Optional.ofNullable(row.getObject("amends", UUID.class)),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("reason_text")),
        row.getObject("author_id", UUID.class),
        row.getString("author"),
        row.getString("content"),
        row.getBytes("canonical"),
        Optional.ofNullable(row.getBytes("shown_sha256")),
        Optional.ofNullable(row.getBytes("previous_sha256")),
        row.getBytes("sha256"),
        row.getBytes("signature"),
        row.getString("key_id"),
        row.getBoolean("needs_co_signature"),
        row.getObject("signed_at", OffsetDateTime.class).toInstant(),
        items(row.getString("recommendations")),
        items(row.getString("warnings")),
        coSignature(row));
  }

  private static Optional<KeptVersion.CoSignature> coSignature(ResultSet row) throws SQLException {
    return row.getObject("signer_id") == null
        ? Optional.empty()
        : Optional.of(
            new KeptVersion.CoSignature(
                row.getObject("signer_id", UUID.class),
                row.getBytes("co_canonical"),
                row.getBytes("co_sha256"),
                row.getBytes("co_signature"),
                row.getString("co_key_id"),
                row.getObject("co_signed_at", OffsetDateTime.class).toInstant()));
  }

  private static List<String> items(String array) throws JsonProcessingException {
    var items = new ArrayList<String>();
    Json.MAPPER.readTree(array).forEach(item -> items.add(item.toString()));
    return items;
  }
}
