package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
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
