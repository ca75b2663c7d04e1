package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.RecommendationId;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.chain.NoteDocument.Attached;
import org.consilium.records.recommendation.Named;

/**
 * Composition, from {@code records.note_version}: what was signed, each version for itself. A
 * version is final until another adds to it or replaces it (amended), until somebody experienced
 * co-signs a trainee's preliminary, and entered in error once it was taken back; then its words are
 * gone here as in the product. A retraction is no text: its Provenance tells of it.
 */
final class CompositionType extends ConsultRecordType {
  /** LOINC, the kind of document that a specialist's answer is. */
  static final String CONSULT_NOTE = "11488-4";

  private static final String SELECT =
      """
      SELECT n.organisation_id, n.id, n.id AS note_id, n.consult_id, r.patient_id, n.kind, n.amends,
             n.author_id, n.content, n.canonical, n.signed_at, s.status AS note_status, s.superseded,
             s.changes, s.changed_at, c.signer_id, c.signed_at AS co_signed_at,
             ARRAY(SELECT m.id FROM records.recommendation m
                    WHERE m.organisation_id = n.organisation_id AND m.note_id = n.id
                    ORDER BY m.position) AS recommendations
        FROM records.note_version n
        JOIN records.request r
          ON r.organisation_id = n.organisation_id AND r.consult_id = n.consult_id
        CROSS JOIN LATERAL records.note_standing(n.organisation_id, n.consult_id, n.id) s
        LEFT JOIN records.note_signature c
          ON c.organisation_id = n.organisation_id AND c.note_id = n.id
       WHERE n.kind <> 'retraction'
      """;

  CompositionType() {
    super("n", READERS_OF_NOTES);
  }

  @Override
  String name() {
    return "Composition";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "n.id";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        token("type", "'" + CONSULT_NOTE + "' = ANY(?)"),
        token("status", "s.status = ANY(?)"),
        reference("author", "Practitioner", "n.author_id = ANY(?::uuid[])"),
        date("date", "n.signed_at"),
        date("_lastUpdated", "s.changed_at"));
  }

  @Override
  void remember(Tx tx, List<Row> rows) {
    NoteReading.of(tx, rows);
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.of(
                new ResourceId(row.getUUID("id"), 0),
                row,
                Integer.toString(1 + row.getInteger("changes")),
                Rows.optionalInstant(row, "changed_at"),
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var content = Rows.json(row, "content", NoteContent.class);
    var note = Fhir.resource("Composition").put("language", content.language());
    note.putObject("identifier")
        .put("system", Fhir.URIS)
        .put("value", "urn:uuid:" + row.getUUID("id"));
    note.put("status", row.getString("note_status"));
    note.set("type", Fhir.concept(Fhir.LOINC, CONSULT_NOTE, "Consult note"));
    note.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    note.put("date", Rows.instant(row, "signed_at").toString());
    Fhir.putOne(note, "author", Fhir.reference("Practitioner", row.getUUID("author_id")));
    var kind = Wire.parse(NoteKind.class, row.getString("kind"));
    note.put("title", title(kind, row));
    var attesters = note.putArray("attester");
    attesters.add(attester(row, "author_id", "signed_at"));
    if (row.getUUID("signer_id") != null) {
      attesters.add(attester(row, "signer_id", "co_signed_at"));
    }
    note.set("custodian", Fhir.reference("Organization", row.getUUID("organisation_id")));
    if (row.getUUID("amends") != null) {
      var relation =
          note.putArray("relatesTo")
              .addObject()
              .put("code", kind == NoteKind.CORRECTION ? "replaces" : "appends");
      relation.set("targetReference", Fhir.reference("Composition", row.getUUID("amends")));
    }
    Fhir.putOne(note.putArray("event").addObject(), "detail", request(row));
    if (!row.getString("note_status").equals(NoteReading.TAKEN_BACK)) {
      note.set("section", NoteSections.of(content, recommendations(row, content), files(row)));
    }
    return note;
  }

  private static String title(NoteKind kind, Row row) {
    var title =
        switch (kind) {
          case NOTE, RETRACTION -> "Advice of a specialist";
          case ADDENDUM -> "Addendum to a specialist's advice";
          case CORRECTION -> "Corrected advice of a specialist";
        };
    if (row.getString("note_status").equals(NoteReading.TAKEN_BACK)) {
      return title + " (taken back)";
    }
    return row.getBoolean("superseded") ? title + " (replaced by a correction)" : title;
  }

  private static ObjectNode attester(Row row, String who, String when) {
    var attester =
        Fhir.object().put("mode", "professional").put("time", Rows.instant(row, when).toString());
    attester.set("party", Fhir.reference("Practitioner", row.getUUID(who)));
    return attester;
  }

  private static ObjectNode request(Row row) {
    return Fhir.reference("ServiceRequest", row.getUUID("consult_id"));
  }

  private static List<Named> recommendations(Row row, NoteContent content) {
    var ids = row.getArrayOfUUIDs("recommendations");
    var named = new ArrayList<Named>();
    for (int i = 0; i < Math.min(ids.length, content.recommendations().size()); i++) {
      named.add(new Named(new RecommendationId(ids[i]), content.recommendations().get(i)));
    }
    return named;
  }

  /** As they stand in the signed bytes, which are where they are kept. */
  private static List<Attached> files(Row row) {
    return Json.read(row.getBuffer("canonical").getBytes(), JsonNode.class)
        .path("attachments")
        .valueStream()
        .map(file -> Json.MAPPER.convertValue(file, Attached.class))
        .toList();
  }
}
