package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.string;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.records.patient.BirthDate.Precision;

/**
 * Patient, from {@code records.patient} and, for the owning organisation alone, {@code
 * patient_identity}: others on a care team see neither name nor number, and of the birth the year.
 */
final class PatientType extends ResourceType implements Creates, Updates {
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM");
  private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu");

  /**
   * What is known of them; a care team sees of a merged record what is known of the surviving, and
   * may ask for the year of birth alone.
   */
  static final String KNOWN =
      """
      CROSS JOIN LATERAL (
        SELECT p.sex, p.birth_date, p.birth_precision, p.allergy_state, p.allergies, p.language,
               p.version, CASE WHEN :owners THEN p.birth_date
                               ELSE date_trunc('year', p.birth_date)::date END AS told_birth
         WHERE :owners OR p.merged_into IS NULL
        UNION ALL
        SELECT s.sex, s.birth_date, s.birth_precision, s.allergy_state, s.allergies, s.language,
               s.version + p.version, date_trunc('year', s.birth_date)::date
          FROM records.survivor_of(p.organisation_id, p.id) s
         WHERE NOT :owners AND p.merged_into IS NOT NULL) k\
      """;

  /** Through which consult a care team knows the patient; the owner's people need none. */
  static final String CONSULT =
      """
      CASE WHEN NOT :owners THEN (
        SELECT c.id FROM platform.care_team t JOIN platform.consult c ON c.id = t.consult_id
         WHERE t.account_id = platform.current_account() AND t.until IS NULL
           AND c.organisation_id = p.organisation_id AND c.patient_id = p.id
         ORDER BY c.opened_at DESC LIMIT 1) END AS consult_id\
      """;

  private static final String SELECT =
      """
      SELECT p.organisation_id, p.id, k.sex, k.birth_date, k.birth_precision, k.language, k.version,
             i.local_number, i.name, i.phone, i.guardian, i.given_name, i.family_name,
             i.native_name, i.other_phones, i.address, i.region, i.guardian_relation, i.deceased_on,
             (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('system', d.system,
                         'value', d.value, 'start', d.valid_from, 'end', d.valid_until))
                       ORDER BY d.position)
                FROM records.patient_identifier d
               WHERE :owners AND d.organisation_id = p.organisation_id AND d.patient_id = p.id)
               AS identifiers,
             v.revised_at, p.id AS patient_id,
             CASE WHEN :owners THEN p.merged_into END AS merged_into,
             CASE WHEN :owners THEN ARRAY(
               SELECT m.id FROM records.patient m
                WHERE m.organisation_id = p.organisation_id AND m.merged_into = p.id
                ORDER BY m.id) END AS merged,
             :consult
        FROM records.patient p
        :known
        LEFT JOIN records.patient_identity i
          ON :owners AND i.organisation_id = p.organisation_id AND i.patient_id = p.id
        LEFT JOIN records.patient_version v
          ON v.organisation_id = p.organisation_id AND v.patient_id = p.id AND v.version = p.version
       WHERE true
      """
          .replace(":known", KNOWN)
          .replace(":consult", CONSULT);

  /** Whoever is on a care team sees the patient of that consult. */
  static final String OF_CARE_TEAM =
      """
      (p.organisation_id, p.id) IN (
        SELECT c.organisation_id, c.patient_id
          FROM platform.care_team t JOIN platform.consult c ON c.id = t.consult_id
         WHERE t.account_id = platform.current_account() AND t.until IS NULL
           AND (c.kept_home_since IS NULL OR t.relation = 'requester'))\
      """;

  /** {@code system|value} or the value alone; a number of our own or one that others gave. */
  private static final String HAS_NUMBER =
      """
      i.patient_id IS NOT NULL AND (
        ARRAY[i.local_number, 'urn:uuid:' || p.organisation_id || '|' || i.local_number] && ?
        OR EXISTS (SELECT FROM records.patient_identifier d
                    WHERE d.organisation_id = p.organisation_id AND d.patient_id = p.id
                      AND ARRAY[d.value, d.system || '|' || d.value] && ?))\
      """;

  /** What is said of a guardian of whom no more is known. */
  static final String GUARDIAN = "guardian";

  private static final String HAS_WORD =
      """
      i.patient_id IS NOT NULL AND EXISTS (
        SELECT FROM records.find_patients(string_to_array(?, ' '), NULL, NULL, NULL) AS f
          JOIN records.patient_search s ON s.patient_id = f
         WHERE f = p.id AND s.organisation_id = p.organisation_id
           AND ' ' || split_part(s.text, E'\\n', 1) LIKE '% ' || ? || '%')\
      """;

  private static final String HAS_PHONE =
      "regexp_replace(i.phone, '[^0-9]', '', 'g') = regexp_replace(?, '[^0-9]', '', 'g')";

  @Override
  String name() {
    return "Patient";
  }

  @Override
  Set<Role> readers() {
    return CARE;
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
  String scope(Caller caller) {
    return scopeOf(caller);
  }

  static String scopeOf(Caller caller) {
    return isOwners(caller) ? "p.organisation_id = platform.current_organisation()" : OF_CARE_TEAM;
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.identifier(HAS_NUMBER),
        string("name", HAS_WORD),
        date("birthdate", "k.told_birth::timestamp AT TIME ZONE 'UTC'"),
        token("gender", "k.sex = ANY(?)"),
        new SearchParameter(
            "phone", "token", (statement, value) -> statement.and(HAS_PHONE, value)),
        date("_lastUpdated", "v.revised_at"));
  }

  @Override
  public ResourceId create(Write write, Given given) {
    return PatientWriting.create(write, given);
  }

  @Override
  public void update(Write write, ResourceId id, int version, Given given) {
    PatientWriting.update(write, id, version, given);
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(PatientType::patient).toList();
  }

  private static Found patient(Row row) {
    var id = row.getUUID("id");
    return Found.of(
        new ResourceId(id, 0),
        row,
        row.getInteger("version").toString(),
        Rows.optionalInstant(row, "revised_at"),
        body(row));
  }

  private static ObjectNode body(Row row) {
    var patient = Fhir.resource("Patient");
    var organisation = row.getUUID("organisation_id");
    boolean own = row.getString("local_number") != null;
    if (own) {
      identify(patient, organisation, row);
    }
    patient.put("gender", row.getString("sex"));
    patient.put("birthDate", born(row, own));
    if (own) {
      locate(patient, row);
    }
    var spoken = patient.putArray("communication").addObject();
    spoken.set("language", Fhir.language(row.getString("language")));
    spoken.put("preferred", true);
    patient.set("managingOrganization", Fhir.reference("Organization", organisation));
    link(patient, row);
    return patient;
  }

  /** A record that was merged stands for the one that it was merged into. */
  private static void link(ObjectNode patient, Row row) {
    var links = Fhir.array();
    if (row.getUUID("merged_into") != null) {
      patient.put("active", false);
      links.add(linked(row.getUUID("merged_into"), "replaced-by"));
    }
    if (row.getArrayOfUUIDs("merged") != null) {
      for (var merged : row.getArrayOfUUIDs("merged")) {
        links.add(linked(merged, "replaces"));
      }
    }
    if (!links.isEmpty()) {
      patient.set("link", links);
    }
  }

  private static ObjectNode linked(UUID other, String how) {
    var link = Fhir.object();
    link.set("other", Fhir.reference("Patient", other));
    return link.put("type", how);
  }

  private static void identify(ObjectNode patient, UUID organisation, Row row) {
    var identifiers = patient.putArray("identifier");
    identifiers
        .addObject()
        .put("use", "usual")
        .put("system", Fhir.numbersOf(organisation))
        .put("value", row.getString("local_number"));
    if (row.getValue("identifiers") != null) {
      Rows.json(row, "identifiers", JsonNode.class).forEach(one -> identifiers.add(numbered(one)));
    }
    name(patient, row);
    var phones = new ArrayList<String>();
    Optional.ofNullable(row.getString("phone")).ifPresent(phones::add);
    Optional.ofNullable(row.getArrayOfStrings("other_phones"))
        .map(List::of)
        .ifPresent(phones::addAll);
    for (var phone : phones) {
      patient.withArray("telecom").addObject().put("system", "phone").put("value", phone);
    }
  }

  /** A number that somebody else gave. */
  private static ObjectNode numbered(JsonNode given) {
    var identifier = Fhir.object();
    if (given.path("system").asText().matches("\\S+:\\S+")) {
      identifier.set("system", given.get("system"));
    } else {
      identifier.set("type", Fhir.text(given.path("system").asText()));
    }
    identifier.set("value", given.get("value"));
    if (given.has("start") || given.has("end")) {
      identifier.set("period", ((ObjectNode) given.deepCopy()).retain("start", "end"));
    }
    return identifier;
  }

  private static void name(ObjectNode patient, Row row) {
    if (row.getString("name") != null) {
      var name = patient.withArray("name").addObject().put("text", row.getString("name"));
      Fhir.put(name, "family", Optional.ofNullable(row.getString("family_name")));
      Optional.ofNullable(row.getString("given_name"))
          .ifPresent(given -> name.putArray("given").add(given));
    }
    if (row.getString("native_name") != null) {
      patient.withArray("name").add(Fhir.text(row.getString("native_name")));
    }
  }

  private static void locate(ObjectNode patient, Row row) {
    if (row.getLocalDate("deceased_on") != null) {
      patient.put("deceasedDateTime", row.getLocalDate("deceased_on").toString());
    }
    if (row.getString("address") != null || row.getString("region") != null) {
      var address = patient.putArray("address").addObject();
      Fhir.put(address, "text", Optional.ofNullable(row.getString("address")));
      Fhir.put(address, "state", Optional.ofNullable(row.getString("region")));
    }
    if (row.getString("guardian") != null) {
      var contact = patient.putArray("contact").addObject();
      var relation = Optional.ofNullable(row.getString("guardian_relation")).orElse(GUARDIAN);
      contact.putArray("relationship").add(Fhir.text(relation));
      contact.set("name", Fhir.text(row.getString("guardian")));
    }
  }

  /** As sure as it is known: a date reckoned from a told age is given to the year. */
  private static String born(Row row, boolean own) {
    var precision = Wire.parse(Precision.class, row.getString("birth_precision"));
    return born(row.getLocalDate("birth_date"), own ? precision : Precision.YEAR);
  }

  /** The same from a date of birth as the product's contract has it. */
  static String born(JsonNode birthDate) {
    return born(
        LocalDate.parse(birthDate.path("date").asText()),
        Wire.parse(Precision.class, birthDate.path("precision").asText()));
  }

  private static String born(LocalDate date, Precision precision) {
    return switch (precision) {
      case DAY -> date.toString();
      case MONTH -> MONTH.format(date);
      case YEAR, ESTIMATED, UNKNOWN -> YEAR.format(date);
    };
  }
}
