package org.consilium.records.form;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.text.CanonicalJson;

/**
 * All SQL about forms. Table: {@code records.form_definition} (insert only), from V003__forms.sql.
 * An organisation's own form stands before the one of the same name that comes with this build.
 */
public final class FormStore {
  private static final String COLUMNS =
      """
      SELECT organisation_id, url, version, questionnaire, sha256, published_at
        FROM records.form_definition
      """;

  private static final String CURRENT =
      """
      SELECT DISTINCT ON (url) organisation_id, url, version, questionnaire, sha256, published_at
        FROM records.form_definition
       WHERE organisation_id = $1 OR organisation_id IS NULL
       ORDER BY url, organisation_id NULLS LAST, published_at DESC, version DESC
      """;

  private static final String FIND =
      COLUMNS
          + """
           WHERE (organisation_id = $1 OR organisation_id IS NULL) AND url = $2 AND version = $3
           ORDER BY organisation_id NULLS LAST LIMIT 1
          """;

  private static final String ADD =
      """
      INSERT INTO records.form_definition (organisation_id, url, version, title, questionnaire, sha256,
                                           published_at, published_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
      """;

  private final Map<String, Form> read = new ConcurrentHashMap<>();

  /**
   * A version that was published.
   *
   * @param own whether it is the organisation's own
   * @param sha256 of the canonical bytes (RFC 8785), in hexadecimal
   */
  public record Published(Form form, boolean own, String sha256, Instant at) {}

  /** The newest version of every form, for an organisation. */
  List<Published> current(Tx tx, OrganisationId organisation) {
    return tx.list(CURRENT, this::published, organisation);
  }

  public Optional<Published> find(Tx tx, OrganisationId organisation, String url, String version) {
    return tx.one(FIND, organisation, url, version).map(this::published);
  }

  /** A version by the name that answers give it, {@code url|version}. */
  public Optional<Form> byCanonical(Tx tx, OrganisationId organisation, String canonical) {
    int bar = canonical.lastIndexOf('|');
    return bar < 0
        ? Optional.empty()
        : find(tx, organisation, canonical.substring(0, bar), canonical.substring(bar + 1))
            .map(Published::form);
  }

  /** False when the organisation has that version already. */
  boolean add(Tx tx, Optional<OrganisationId> organisation, Form form) {
    return tx.run(
            ADD,
            organisation,
            form.url(),
            form.version(),
            form.title(),
            new JsonObject(Json.text(form)),
            Secrets.sha256(CanonicalJson.bytes(form)),
            tx.now(),
            organisation.map(_ -> tx.caller().account()))
        == 1;
  }

  static String sha256(Form form) {
    return HexFormat.of().formatHex(Secrets.sha256(CanonicalJson.bytes(form)));
  }

  /** A version's content never changes, so text that was read before is not read again. */
  private Published published(Row row) {
    var sha256 = HexFormat.of().formatHex(row.getBuffer("sha256").getBytes());
    var form = read.computeIfAbsent(sha256, _ -> Rows.json(row, "questionnaire", Form.class));
    return new Published(
        form, row.getUUID("organisation_id") != null, sha256, Rows.instant(row, "published_at"));
  }
}
