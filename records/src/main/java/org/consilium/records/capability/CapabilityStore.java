package org.consilium.records.capability;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/** All SQL about what sites have. Table: {@code records.site_capability} (insert only), V004. */
public final class CapabilityStore {
  private static final String CURRENT =
      """
      SELECT version, content, confirmed_by, confirmed_at FROM records.site_capability
       WHERE organisation_id = $1 AND site_id = $2 ORDER BY version DESC LIMIT 1
      """;

  private static final String CONFIRM =
      """
      INSERT INTO records.site_capability (organisation_id, site_id, version, content, confirmed_by,
                                           confirmed_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
      """;

  /** The newest profile; empty when the site has never said. */
  public Optional<CapabilityProfile> current(Tx tx, OrganisationId organisation, SiteId site) {
    return tx.one(CURRENT, organisation, site).map(CapabilityStore::profile);
  }

  /** False when somebody else was first with this version. */
  boolean confirm(
      Tx tx, OrganisationId organisation, SiteId site, int version, Capabilities content) {
    return tx.run(
            CONFIRM,
            organisation,
            site,
            version,
            new JsonObject(Json.text(content)),
            tx.caller().account(),
            tx.now())
        == 1;
  }

  private static CapabilityProfile profile(Row row) {
    return new CapabilityProfile(
        row.getInteger("version"),
        Rows.json(row, "content", Capabilities.class),
        new AccountId(row.getUUID("confirmed_by")),
        Rows.instant(row, "confirmed_at"));
  }
}
