package org.consilium.records.patient;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;

/**
 * All SQL about patients. Tables: {@code records.patient}, {@code patient_identity}, {@code
 * patient_version}, from V001__records.sql; reads {@code patient_identifier}, from
 * V005__patients.sql.
 */
public final class PatientStore {
  private static final String COLUMNS =
      """
      SELECT p.id, i.site_id, i.local_number, i.name, i.phone, i.guardian, i.registered_at, p.sex,
             p.birth_date, p.birth_precision, p.allergy_state, p.allergies, p.language, p.version,
             p.merged_into, i.unidentified, i.given_name, i.family_name, i.native_name,
             i.other_phones, i.address, i.region, i.guardian_relation, i.deceased_on,
             (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('system', d.system,
                         'value', d.value, 'from', d.valid_from, 'until', d.valid_until))
                       ORDER BY d.position), '[]')
                FROM records.patient_identifier d
               WHERE d.organisation_id = p.organisation_id AND d.patient_id = p.id) AS identifiers
        FROM records.patient p
        JOIN records.patient_identity i
          ON i.organisation_id = p.organisation_id AND i.patient_id = p.id
      """;

  private static final String FIND = COLUMNS + " WHERE p.organisation_id = $1 AND p.id = $2";

  private static final String LOCK = FIND + " FOR UPDATE OF p, i";

  private static final String BY_IDS =
      COLUMNS
          + """
           WHERE p.organisation_id = $1 AND p.id = ANY($2::uuid[])
           ORDER BY i.registered_at DESC, i.patient_id DESC
          """;

  private static final String NEWEST =
      COLUMNS
          + """
           WHERE i.organisation_id = $1 AND p.merged_into IS NULL
             AND ($2::timestamptz IS NULL OR (i.registered_at, i.patient_id) < ($2, $3::uuid))
           ORDER BY i.registered_at DESC, i.patient_id DESC LIMIT $4
          """;

  private static final String SHARED =
      """
      SELECT id, sex, birth_date, birth_precision, allergy_state, allergies, language, merged_into
        FROM records.patient WHERE organisation_id = $1 AND id = $2
      """;

  /** The record and those merged into it, the record itself first. */
  private static final String FAMILY =
      """
      WITH RECURSIVE family (id, depth) AS (
        SELECT $2::uuid, 0
        UNION ALL
        SELECT p.id, f.depth + 1
          FROM family f
          JOIN records.patient p ON p.organisation_id = $1 AND p.merged_into = f.id)
      SELECT id FROM family ORDER BY depth, id
      """;

  private static final String INSERT =
      """
      INSERT INTO records.patient (organisation_id, id, sex, birth_date, birth_precision,
                                   allergy_state, allergies, language, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT DO NOTHING
      """;

  private static final String INSERT_IDENTITY =
      """
      INSERT INTO records.patient_identity (organisation_id, patient_id, site_id, local_number,
          name, phone, guardian, unidentified, given_name, family_name, native_name, other_phones,
          address, region, guardian_relation, deceased_on, registered_at, registered_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      """;

  private static final String UPDATE =
      """
      UPDATE records.patient
         SET sex = $3, birth_date = $4, birth_precision = $5, allergy_state = $6, allergies = $7,
             language = $8, version = version + 1
       WHERE organisation_id = $1 AND id = $2
      """;

  private static final String UPDATE_IDENTITY =
      """
      UPDATE records.patient_identity
         SET site_id = $3, local_number = $4, name = $5, phone = $6, guardian = $7,
             unidentified = $8, given_name = $9, family_name = $10, native_name = $11,
             other_phones = $12, address = $13, region = $14, guardian_relation = $15,
             deceased_on = $16
       WHERE organisation_id = $1 AND patient_id = $2
      """;

  private static final String MERGE_INTO =
      """
      UPDATE records.patient SET merged_into = $3, version = version + 1
       WHERE organisation_id = $1 AND id = $2
      """;

  private static final String KEEP_VERSION =
      """
      INSERT INTO records.patient_version (organisation_id, patient_id, version, particulars,
                                           revised_by, revised_at, act, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  /** Where the next page begins: after this row, in the order of the newest first. */
  record Position(Instant registeredAt, PatientId id) {}

  Optional<Patient> find(Tx tx, OrganisationId owner, PatientId id) {
    return tx.one(FIND, owner, id).map(PatientStore::patient);
  }

  /** Locks the rows until the transaction ends. */
  Optional<Patient> lock(Tx tx, OrganisationId owner, PatientId id) {
    return tx.one(LOCK, owner, id).map(PatientStore::patient);
  }

  List<Patient> byIds(Tx tx, OrganisationId owner, Collection<PatientId> ids) {
    return ids.isEmpty() ? List.of() : tx.list(BY_IDS, PatientStore::patient, owner, ids);
  }

  List<Patient> newest(Tx tx, OrganisationId owner, Optional<Position> after, int most) {
    return tx.list(
        NEWEST,
        PatientStore::patient,
        owner,
        after.map(Position::registeredAt),
        after.map(Position::id),
        most);
  }

  /** The part without name, number and phone: all that others on the care team can be shown. */
  public Optional<Patient.Shared> shared(Tx tx, Standing standing, LocalDate on) {
    return shared(tx, standing, standing.patient(), on);
  }

  /** Of a record that is merged into another one, the care team sees the other one's. */
  private Optional<Patient.Shared> shared(Tx tx, Standing standing, PatientId id, LocalDate on) {
    return tx.one(SHARED, standing.owner(), id)
        .flatMap(row ->
            row.getUUID("merged_into") != null
                ? tx.asServer(
                    () -> shared(tx, standing, new PatientId(row.getUUID("merged_into")), on))
                : Optional.of(
                    new Patient.Shared(
                        standing.patient(),
                        Optional.empty(),
                        Optional.empty(),
                        born(row).ageOn(on),
                        sex(row),
                        allergies(row),
                        row.getString("language"))));
  }

  /** Says whether the patient is new: the same id again adds nothing. */
  boolean add(Tx tx, PatientId id, PatientParticulars particulars, BirthDate born) {
    var owner = tx.caller().organisation();
    int added =
        tx.run(
            INSERT,
            owner,
            id,
            particulars.sex(),
            born.date(),
            born.precision(),
            particulars.allergies().state(),
            particulars.allergies().list(),
            particulars.language());
    if (added == 0) {
      return false;
    }
    var known = particulars.known();
    tx.run(
        INSERT_IDENTITY,
        owner,
        id,
        particulars.siteId(),
        particulars.localNumber(),
        particulars.name(),
        particulars.phone(),
        particulars.guardian(),
        known.unidentified(),
        known.given(),
        known.family(),
        known.nativeName(),
        known.otherPhones(),
        known.address(),
        known.region(),
        known.guardianRelation(),
        known.deceasedOn(),
        tx.now(),
        tx.caller().account());
    return true;
  }

  void revise(Tx tx, PatientId id, PatientParticulars particulars, BirthDate born) {
    var owner = tx.caller().organisation();
    var known = particulars.known();
    tx.run(
        UPDATE,
        owner,
        id,
        particulars.sex(),
        born.date(),
        born.precision(),
        particulars.allergies().state(),
        particulars.allergies().list(),
        particulars.language());
    tx.run(
        UPDATE_IDENTITY,
        owner,
        id,
        particulars.siteId(),
        particulars.localNumber(),
        particulars.name(),
        particulars.phone(),
        particulars.guardian(),
        known.unidentified(),
        known.given(),
        known.family(),
        known.nativeName(),
        known.otherPhones(),
        known.address(),
        known.region(),
        known.guardianRelation(),
        known.deceasedOn());
  }

  /** Counts as a change of the merged record; nothing else of it is touched. */
  void mergeInto(Tx tx, PatientId id, Optional<PatientId> survivor) {
    tx.run(MERGE_INTO, tx.caller().organisation(), id, survivor);
  }

  /** The record itself, then those merged into it, and into those. */
  List<Patient> family(Tx tx, PatientId id) {
    var owner = tx.caller().organisation();
    return tx.list(FAMILY, PatientStore::id, owner, id).stream()
        .flatMap(one -> find(tx, owner, one).stream())
        .toList();
  }

  /** Keeps what the record says from here on, with who wrote it and why. */
  void keepVersion(Tx tx, Patient patient, String act, Optional<String> reason) {
    tx.run(
        KEEP_VERSION,
        tx.caller().organisation(),
        patient.id(),
        patient.version(),
        new JsonObject(Json.text(patient.particulars())),
        tx.caller().account(),
        tx.now(),
        act,
        reason);
  }

  private static PatientId id(Row row) {
    return new PatientId(row.getUUID("id"));
  }

  private static Patient patient(Row row) {
    return new Patient(
        new PatientId(row.getUUID("id")),
        Optional.ofNullable(row.getUUID("site_id")).map(SiteId::new),
        row.getString("local_number"),
        Optional.ofNullable(row.getString("name")),
        Optional.ofNullable(row.getString("phone")),
        born(row),
        sex(row),
        allergies(row),
        row.getString("language"),
        Optional.ofNullable(row.getString("guardian")),
        identity(row),
        Optional.ofNullable(row.getUUID("merged_into")).map(PatientId::new),
        row.getInteger("version"),
        Rows.instant(row, "registered_at"));
  }

  private static Identity identity(Row row) {
    return new Identity(
        row.getBoolean("unidentified"),
        Optional.ofNullable(row.getString("given_name")),
        Optional.ofNullable(row.getString("family_name")),
        Optional.ofNullable(row.getString("native_name")),
        List.of(Rows.json(row, "identifiers", Identifier[].class)),
        List.of(row.getArrayOfStrings("other_phones")),
        Optional.ofNullable(row.getString("address")),
        Optional.ofNullable(row.getString("region")),
        Optional.ofNullable(row.getString("guardian_relation")),
        Optional.ofNullable(row.getLocalDate("deceased_on")));
  }

  private static BirthDate born(Row row) {
    return new BirthDate(
        row.getLocalDate("birth_date"),
        Wire.parse(BirthDate.Precision.class, row.getString("birth_precision")));
  }

  private static Sex sex(Row row) {
    return Wire.parse(Sex.class, row.getString("sex"));
  }

  private static Allergies allergies(Row row) {
    return new Allergies(
        Wire.parse(Allergies.State.class, row.getString("allergy_state")),
        List.of(row.getArrayOfStrings("allergies")));
  }
}
