package org.consilium.scheduling.booking;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/** All SQL about rooms and devices. Table: {@code scheduling.site_resource}. */
final class SiteResourceStore {
  private static final String COLUMNS =
      """
      SELECT id, site_id, kind, name, retired_at IS NOT NULL AS retired, version
        FROM scheduling.site_resource
      """;
  private static final String OF_SITE =
      COLUMNS + " WHERE site_id = $1 ORDER BY retired_at IS NOT NULL, name, id";
  private static final String FIND = COLUMNS + " WHERE id = $1";
  private static final String NAMED = COLUMNS + " WHERE id = ANY($1::uuid[])";
  private static final String INSERT =
      """
      INSERT INTO scheduling.site_resource (id, organisation_id, site_id, kind, name)
      VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String UPDATE =
      """
      UPDATE scheduling.site_resource
         SET name = $3, retired_at = CASE WHEN $4 THEN coalesce(retired_at, $5) END,
             version = version + 1
       WHERE id = $1 AND version = $2
      """;

  List<SiteResource> ofSite(Tx tx, SiteId site) {
    return tx.list(OF_SITE, SiteResourceStore::resource, site);
  }

  Optional<SiteResource> find(Tx tx, UUID id) {
    return tx.one(FIND, id).map(SiteResourceStore::resource);
  }

  List<SiteResource> named(Tx tx, Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : tx.list(NAMED, SiteResourceStore::resource, (Object) ids.toArray(UUID[]::new));
  }

  void insert(
      Tx tx,
      UUID id,
      OrganisationId organisation,
      SiteId site,
      SiteResource.Kind kind,
      String name) {
    tx.run(INSERT, id, organisation, site, kind, name);
  }

  /** False when somebody else saved it meanwhile. */
  boolean update(Tx tx, UUID id, int version, String name, boolean retired) {
    return tx.run(UPDATE, id, version, name, retired, tx.now()) == 1;
  }

  private static SiteResource resource(Row row) {
    return new SiteResource(
        row.getUUID("id"),
        new SiteId(row.getUUID("site_id")),
        Wire.parse(SiteResource.Kind.class, row.getString("kind")),
        row.getString("name"),
        row.getBoolean("retired"),
        row.getInteger("version"));
  }
}
