package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Rows;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;

/**
 * A resource as somebody may read it.
 *
 * @param patient whose record it is part of; empty for people and places
 * @param consult through which it is read: its owner's trail tells of it, whoever reads
 * @param version of the row; empty where rows have none, then there is no ETag
 */
record Found(
    ResourceId id,
    Optional<PatientId> patient,
    Optional<ConsultId> consult,
    Optional<String> version,
    Optional<Instant> updated,
    ObjectNode body) {

  /** What belongs to no consult. */
  Found(
      ResourceId id,
      Optional<PatientId> patient,
      Optional<String> version,
      Optional<Instant> updated,
      ObjectNode body) {
    this(id, patient, Optional.empty(), version, updated, body);
  }

  /**
   * A part of a patient's record.
   *
   * @param row has the column {@code patient_id}, and {@code consult_id} where there is one
   */
  static Found of(
      ResourceId id, Row row, String version, Optional<Instant> updated, ObjectNode body) {
    return new Found(
        id,
        Optional.of(new PatientId(row.getUUID("patient_id"))),
        row.getColumnIndex("consult_id") < 0
            ? Optional.empty()
            : Optional.ofNullable(row.getUUID("consult_id")).map(ConsultId::new),
        Optional.of(version),
        updated,
        body);
  }

  /** The same of a row with {@code id}, {@code version} and {@code changed_at}. */
  static Found versioned(Row row, ObjectNode body) {
    return of(
        new ResourceId(row.getUUID("id"), 0),
        row,
        row.getInteger("version").toString(),
        Rows.optionalInstant(row, "changed_at"),
        body);
  }

  /** What is of a consult, of a row with {@code id} that bears no version. */
  static Found unversioned(Row row, ObjectNode body) {
    return new Found(
        new ResourceId(row.getUUID("id"), 0),
        Optional.of(new PatientId(row.getUUID("patient_id"))),
        Optional.of(new ConsultId(row.getUUID("consult_id"))),
        Optional.empty(),
        Optional.empty(),
        body);
  }

  /** Somebody or something of no patient's, of a row with {@code id} that bears no version. */
  static Found ofNobody(Row row, ObjectNode body) {
    return new Found(
        new ResourceId(row.getUUID("id"), 0),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        body);
  }

  /** What the trail says was read. */
  Optional<Subject> subject() {
    return patient.map(whose -> new Subject(consult, Optional.of(whose), Optional.empty()));
  }

  /**
   * A patient's resource that never changes once it is there.
   *
   * @param row has the column {@code patient_id}
   * @param made the column with the moment of its making
   */
  static Found unchanging(ResourceId id, Row row, String made, ObjectNode body) {
    return of(id, row, "1", Rows.optionalInstant(row, made), body);
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
