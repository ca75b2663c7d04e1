package org.consilium.scheduling.roster;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.HoursJson;

/** All SQL about hours of people and sites. Table: {@code scheduling.hours}. */
public final class HoursStore {
  private static final String OF =
      "SELECT owner_id, hours, version FROM scheduling.hours WHERE owner_id = ANY($1::uuid[])";
  private static final String LOCK =
      "SELECT owner_id, hours, version FROM scheduling.hours WHERE owner_id = $1 FOR UPDATE";
  private static final String SAVE =
      """
      INSERT INTO scheduling.hours (owner_id, owner_kind, hours, version, saved_at, saved_by)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (owner_id) DO UPDATE
         SET hours = excluded.hours, version = excluded.version, saved_at = excluded.saved_at,
             saved_by = excluded.saved_by
       WHERE scheduling.hours.version = excluded.version - 1
      """;

  /** Hours as they were saved, and how often they were. */
  public record Saved(HoursJson json, int version) {
    public Hours hours() {
      return json.read("/hours");
    }
  }

  public Map<UUID, Saved> of(Tx tx, Collection<UUID> owners) {
    var found = new HashMap<UUID, Saved>();
    for (Row row : tx.rows(OF, (Object) owners.toArray(UUID[]::new))) {
      found.put(row.getUUID("owner_id"), saved(row));
    }
    return found;
  }

  public Optional<Saved> lock(Tx tx, UUID owner) {
    return tx.one(LOCK, owner).map(HoursStore::saved);
  }

  /** False when somebody else saved this version meanwhile. */
  public boolean save(Tx tx, UUID owner, String kind, HoursJson hours, int version) {
    var by = Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
    return tx.run(SAVE, owner, kind, new JsonObject(Json.text(hours)), version, tx.now(), by) == 1;
  }

  private static Saved saved(Row row) {
    return new Saved(Rows.json(row, "hours", HoursJson.class), row.getInteger("version"));
  }
}
