package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.id.PatientId;

/**
 * A resource as somebody may read it.
 *
 * @param patient whose record it is part of; empty for people and places
 * @param version of the row; empty where rows have none, then there is no ETag
 */
record Found(
    ResourceId id,
    Optional<PatientId> patient,
    Optional<String> version,
    Optional<Instant> updated,
    ObjectNode body) {

  /**
   * A patient's resource that never changes once it is there.
   *
   * @param row has the column {@code patient_id}
   * @param made the column with the moment of its making
   */
  static Found unchanging(ResourceId id, Row row, String made, ObjectNode body) {
    return new Found(
        id,
        Optional.of(new PatientId(row.getUUID("patient_id"))),
        Optional.of("1"),
        Rows.optionalInstant(row, made),
        body);
  }

  /** The whole resource, its members in FHIR's order. */
  ObjectNode json() {
    var whole = Fhir.resource(body.path("resourceType").asText()).put("id", id.toString());
    if (version.isPresent() || updated.isPresent()) {
      var meta = whole.putObject("meta");
      version.ifPresent(v -> meta.put("versionId", v));
      updated.ifPresent(at -> meta.put("lastUpdated", at.toString()));
    }
    body.properties().stream()
        .filter(member -> !member.getKey().equals("resourceType"))
        .forEach(member -> whole.set(member.getKey(), member.getValue()));
    return whole;
  }
}
