package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.upload.UploadService;

/**
 * DocumentReference: the files of a sent request, from {@code records.attachment}, and the letter
 * of each signed note, from {@code records.note_version}. Files that were refused or set aside are
 * not here. The bytes are a Binary.
 */
final class DocumentReferenceType extends ConsultRecordType implements Creates {
  private static final String SELECT =
      """
      SELECT d.* FROM (
        SELECT a.organisation_id, a.id, a.consult_id, a.patient_id, false AS letter, a.kind AS type,
               a.title, concat_ws(', ', a.body_site, a.laterality, a.caption) AS description,
               'current' AS status,
               CASE a.state WHEN 'receiving' THEN 'preliminary' ELSE 'final' END AS note_status,
               a.state = 'damaged' AS damaged, a.added_by AS author_id, a.added_at AS made_at,
               a.added_at AS changed_at, coalesce(a.taken_at, a.camera_taken_at) AS taken_at,
               NULL::uuid AS note_id, NULL::uuid AS amends, NULL AS kind, NULL AS language,
               a.version, f.files
          FROM records.attachment a
          JOIN records.request r
            ON r.organisation_id = a.organisation_id AND r.consult_id = a.consult_id
           AND r.status = 'submitted'
          JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('part', f.part, 'type', f.type, 'bytes', f.bytes)
                             ORDER BY f.bytes) AS files
              FROM records.attachment_file f
             WHERE f.organisation_id = a.organisation_id AND f.attachment_id = a.id) f
            ON f.files IS NOT NULL
         WHERE a.state IN ('receiving', 'ready', 'damaged')
        UNION ALL
        SELECT n.organisation_id, n.id, n.consult_id, r.patient_id, true, :consult-note,
               'Letter: advice of a specialist', '',
               CASE WHEN s.status = 'entered-in-error' THEN 'entered-in-error'
                    WHEN s.superseded THEN 'superseded' ELSE 'current' END,
               s.status, false, n.author_id, n.signed_at, s.changed_at, n.signed_at, n.id, n.amends,
               n.kind, n.content ->> 'language', 1 + s.changes, NULL
          FROM records.note_version n
          JOIN records.request r
            ON r.organisation_id = n.organisation_id AND r.consult_id = n.consult_id
          CROSS JOIN LATERAL records.note_standing(n.organisation_id, n.consult_id, n.id) s
         WHERE n.kind <> 'retraction') d
       WHERE true
      """
          .replace(":consult-note", "'" + CompositionType.CONSULT_NOTE + "'");

  private final UploadService uploads;

  DocumentReferenceType(UploadService uploads) {
    super("d");
    this.uploads = uploads;
  }

  @Override
  String name() {
    return "DocumentReference";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "d.id";
  }

  /** An interpreter sees the files and does not read what the specialist wrote. */
  @Override
  String scope(Caller caller) {
    return super.scope(caller) + (caller.role() == Role.INTERPRETER ? ") AND (NOT d.letter" : "");
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("d.patient_id"),
        token("type", "d.type = ANY(?)"),
        token("status", "d.status = ANY(?)"),
        reference("author", "Practitioner", "d.author_id = ANY(?::uuid[])"),
        reference("related", "ServiceRequest", "d.consult_id = ANY(?::uuid[])"),
        date("date", "d.made_at"),
        date("_lastUpdated", "d.changed_at"));
  }

  /** A file of a request that came whole; it goes the way of every other file. */
  @Override
  public ResourceId create(Write write, Given given) {
    var id = Uuid7.next();
    var file = new DocumentWriting(write, given);
    var consult = file.consult();
    var path = Map.of("consultId", consult.toString());
    write.perform("addAttachment", path, Optional.empty(), file.command(id));
    uploads.receive(write.tx(), new ConsultId(consult), new AttachmentId(id), file.bytes());
    return new ResourceId(id, 0);
  }

  @Override
  public boolean isLate() {
    return true;
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(row -> Found.versioned(row, body(row))).toList();
  }

  private static ObjectNode body(Row row) {
    boolean letter = row.getBoolean("letter");
    var document = Fhir.resource("DocumentReference").put("status", row.getString("status"));
    document.put("docStatus", row.getString("note_status"));
    document.set(
        "type",
        letter
            ? Fhir.concept(Fhir.LOINC, row.getString("type"), "Consult note")
            : Fhir.text(row.getString("type")));
    document.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    document.put("date", Rows.instant(row, "made_at").toString());
    Fhir.putOne(document, "author", Fhir.reference("Practitioner", row.getUUID("author_id")));
    document.set("custodian", Fhir.reference("Organization", row.getUUID("organisation_id")));
    if (row.getUUID("amends") != null) {
      document
          .putArray("relatesTo")
          .addObject()
          .put("code", row.getString("kind").equals("correction") ? "replaces" : "appends")
          .set("target", Fhir.reference("DocumentReference", row.getUUID("amends")));
    }
    var description = row.getString("description");
    if (row.getBoolean("damaged")) {
      document.put("description", ("The file is damaged. " + description).strip());
    } else if (!description.isBlank()) {
      document.put("description", description);
    }
    document.set("content", letter ? letter(row) : files(row));
    Fhir.putOne(
        document.putObject("context"),
        "related",
        Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    return document;
  }

  private static ArrayNode letter(Row row) {
    var content = Fhir.array();
    var attachment = content.addObject().putObject("attachment");
    if (row.getString("status").equals(NoteReading.TAKEN_BACK)) {
      attachment.put("title", "Taken back");
      return content;
    }
    attachment
        .put("contentType", "application/pdf")
        .put("language", row.getString("language"))
        .put("url", "Binary/" + row.getUUID("id"))
        .put("title", row.getString("title"))
        .put("creation", Rows.instant(row, "taken_at").toString());
    return content;
  }

  /** The smallest first. */
  private static ArrayNode files(Row row) {
    var content = Fhir.array();
    for (var file : Rows.json(row, "files", JsonNode.class)) {
      var part = Wire.parse(Part.class, file.path("part").asText());
      var attachment =
          content
              .addObject()
              .putObject("attachment")
              .put("contentType", file.path("type").asText())
              .put("url", "Binary/" + BinaryOperation.id(row.getUUID("id"), part))
              .put("size", file.path("bytes").asLong())
              .put("title", "%s (%s)".formatted(row.getString("title"), part.wire()));
      Rows.optionalInstant(row, "taken_at")
          .ifPresent(at -> attachment.put("creation", at.toString()));
    }
    return content;
  }
}
