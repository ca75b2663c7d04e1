package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;

/**
 * Provenance, from {@code records.note_version} and, as part 1, {@code note_signature}: who did
 * what to a note, when, and with which signature. The signature is the server's, by the key that is
 * named, on behalf of the person: tamper evidence and attribution (ADR 16, docs/glossary).
 */
final class ProvenanceType extends ConsultRecordType {
  private static final String PARTS =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  private static final String ACTS = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
  private static final String SIGNATURES = "urn:iso-astm:E1762-95:2013";

  /** Names the server's keys; the public ones lie in the data folder under {@code keys/public}. */
  private static final String KEYS = "urn:consilium:signing-key";

  private static final String HASHES = "urn:consilium:sha256";

  private static final String SELECT =
      """
      SELECT p.*, r.patient_id
        FROM (SELECT n.organisation_id, n.consult_id, n.id, 0 AS part, n.kind, n.amends, n.reason,
                     n.author_id AS agent_id, n.sha256, n.signature, n.key_id, n.signed_at,
                     CASE WHEN n.kind = 'retraction' THEN n.amends ELSE n.id END AS target
                FROM records.note_version n
              UNION ALL
              SELECT s.organisation_id, s.consult_id, s.note_id, 1, 'co-signature', NULL, NULL,
                     s.signer_id, s.sha256, s.signature, s.key_id, s.signed_at, s.note_id
                FROM records.note_signature s) p
        JOIN records.request r
          ON r.organisation_id = p.organisation_id AND r.consult_id = p.consult_id
       WHERE true
      """;

  /** What somebody has done to the record. */
  private enum Act implements Wire {
    NOTE("CREATE", "create", "author", "Author"),
    ADDENDUM("APPEND", "append", "author", "Author"),
    CORRECTION("UPDATE", "revise", "author", "Author"),
    RETRACTION("NULLIFY", "nullify", "author", "Author"),
    CO_SIGNATURE("UPDATE", "revise", "attester", "Attester");

    private final String code;
    private final String display;
    private final String part;
    private final String partDisplay;

    Act(String code, String display, String part, String partDisplay) {
      this.code = code;
      this.display = display;
      this.part = part;
      this.partDisplay = partDisplay;
    }
  }

  ProvenanceType() {
    super("p", READERS_OF_NOTES);
  }

  @Override
  String name() {
    return "Provenance";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "p.id";
  }

  @Override
  String part() {
    return "p.part";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        reference("target", "Composition", "p.target = ANY(?::uuid[])"),
        reference("agent", "Practitioner", "p.agent_id = ANY(?::uuid[])"),
        date("recorded", "p.signed_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.unchanging(
                new ResourceId(row.getUUID("id"), row.getInteger("part")),
                row,
                "signed_at",
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var act = Wire.parse(Act.class, row.getString("kind"));
    var provenance = Fhir.resource("Provenance");
    Fhir.putOne(provenance, "target", Fhir.reference("Composition", row.getUUID("target")));
    var at = Rows.instant(row, "signed_at").toString();
    provenance.put("recorded", at);
    if (row.getString("reason") != null) {
      Fhir.putOne(provenance, "reason", Fhir.text(row.getString("reason").replace('-', ' ')));
    }
    provenance.set("activity", Fhir.concept(ACTS, act.code, act.display));
    var person = Fhir.reference("Practitioner", row.getUUID("agent_id"));
    var agent = provenance.putArray("agent").addObject();
    agent.set("type", Fhir.concept(PARTS, act.part, act.partDisplay));
    agent.set("who", person);
    var entities = provenance.putArray("entity");
    if (row.getUUID("amends") != null) {
      entities
          .addObject()
          .put("role", act == Act.RETRACTION ? "removal" : "revision")
          .set("what", Fhir.reference("Composition", row.getUUID("amends")));
    }
    entities
        .addObject()
        .put("role", "source")
        .set("what", named(HASHES, HexFormat.of().formatHex(bytes(row, "sha256")), "Signed hash"));
    signature(provenance.putArray("signature").addObject(), act, at, person, row);
    return provenance;
  }

  private static void signature(
      ObjectNode signature, Act act, String at, ObjectNode person, Row row) {
    signature
        .putArray("type")
        .add(
            act == Act.CO_SIGNATURE
                ? Fhir.coding(SIGNATURES, "1.2.840.10065.1.12.1.5", "Verification Signature")
                : Fhir.coding(SIGNATURES, "1.2.840.10065.1.12.1.1", "Author's Signature"));
    signature.put("when", at);
    signature.set("who", named(KEYS, row.getString("key_id"), "Key of the server (Ed25519)"));
    signature.set("onBehalfOf", person.deepCopy());
    signature
        .put("targetFormat", "application/json")
        .put("sigFormat", "application/octet-stream")
        .put("data", Base64.getEncoder().encodeToString(bytes(row, "signature")));
  }

  private static ObjectNode named(String system, String value, String display) {
    var named = Fhir.object();
    named.putObject("identifier").put("system", system).put("value", value);
    return named.put("display", display);
  }

  private static byte[] bytes(Row row, String column) {
    return row.getBuffer(column).getBytes();
  }
}
