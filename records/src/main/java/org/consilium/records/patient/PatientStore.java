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
import org.consilium.records.text.SearchText;

/**
 * All SQL about patients. Tables: {@code records.patient}, {@code patient_identity}, {@code
 * patient_version}, {@code patient_search}, from V001__records.sql.
 */
public final class PatientStore {
  private static final String COLUMNS =
      """
      SELECT p.id, i.site_id, i.local_number, i.name, i.phone, i.guardian, i.registered_at, p.sex,
             p.birth_date, p.birth_precision, p.allergy_state, p.allergies, p.language, p.version
        FROM records.patient p
        JOIN records.patient_identity i
          ON i.organisation_id = p.organisation_id AND i.patient_id = p.id
      """;

  private static final String FIND = COLUMNS + " WHERE p.organisation_id = $1 AND p.id = $2";

  private static final String LOCK = FIND + " FOR UPDATE";

  private static final String BY_IDS =
      COLUMNS
          + """
           WHERE p.organisation_id = $1 AND p.id = ANY($2::uuid[])
           ORDER BY i.registered_at DESC, i.patient_id DESC
          """;

  private static final String NEWEST =
      COLUMNS
          + """
           WHERE i.organisation_id = $1
             AND ($2::timestamptz IS NULL OR (i.registered_at, i.patient_id) < ($2, $3::uuid))
           ORDER BY i.registered_at DESC, i.patient_id DESC LIMIT $4
          """;

  private static final String SEARCH =
      "SELECT patient_id FROM records.find_patients($1, $2, $3, $4)";

  private static final String SHARED =
      """
      SELECT id, sex, birth_date, birth_precision, allergy_state, allergies, language
        FROM records.patient WHERE organisation_id = $1 AND id = $2
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
          name, phone, guardian, registered_at, registered_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  private static final String INSERT_SEARCH =
      """
      INSERT INTO records.patient_search (organisation_id, patient_id, registered_at, text)
      VALUES ($1, $2, $3, $4)
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
         SET site_id = $3, local_number = $4, name = $5, phone = $6, guardian = $7
       WHERE organisation_id = $1 AND patient_id = $2
      """;

  private static final String UPDATE_SEARCH =
      "UPDATE records.patient_search SET text = $3 WHERE organisation_id = $1 AND patient_id = $2";

  private static final String KEEP_VERSION =
      """
      INSERT INTO records.patient_version (organisation_id, patient_id, version, particulars,
                                           revised_by, revised_at)
      VALUES ($1, $2, $3, $4, $5, $6)
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

  /** Patients of the caller's organisation with {@code words} anywhere in name, number or phone. */
  List<Patient> search(Tx tx, String words, Optional<Position> after, int most) {
    var ids =
        tx.list(
            SEARCH,
            row -> new PatientId(row.getUUID("patient_id")),
            words,
            after.map(Position::registeredAt),
            after.map(Position::id),
            most);
    return byIds(tx, tx.caller().organisation(), ids);
  }

  /** The part without name, number and phone: all that others on the care team can be shown. */
  public Optional<Patient.Shared> shared(Tx tx, Standing standing, LocalDate on) {
    return tx.one(SHARED, standing.owner(), standing.patient())
        .map(row ->
            new Patient.Shared(
                standing.patient(),
                Optional.empty(),
                Optional.empty(),
                born(row).ageOn(on),
                sex(row),
                allergies(row),
                row.getString("language")));
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
    tx.run(
        INSERT_IDENTITY,
        owner,
        id,
        particulars.siteId(),
        particulars.localNumber(),
        particulars.name(),
        particulars.phone(),
        particulars.guardian(),
        tx.now(),
        tx.caller().account());
    tx.run(INSERT_SEARCH, owner, id, tx.now(), searchText(particulars));
    keepVersion(tx, id, 1, particulars);
    return true;
  }

  void revise(Tx tx, Patient before, PatientParticulars particulars, BirthDate born) {
    var owner = tx.caller().organisation();
    tx.run(
        UPDATE,
        owner,
        before.id(),
        particulars.sex(),
        born.date(),
        born.precision(),
        particulars.allergies().state(),
        particulars.allergies().list(),
        particulars.language());
    tx.run(
        UPDATE_IDENTITY,
        owner,
        before.id(),
        particulars.siteId(),
        particulars.localNumber(),
        particulars.name(),
        particulars.phone(),
        particulars.guardian());
    tx.run(UPDATE_SEARCH, owner, before.id(), searchText(particulars));
    keepVersion(tx, before.id(), before.version() + 1, particulars);
  }

  private static void keepVersion(Tx tx, PatientId id, int version, PatientParticulars kept) {
    tx.run(
        KEEP_VERSION,
        tx.caller().organisation(),
        id,
        version,
        new JsonObject(Json.text(kept)),
        tx.caller().account(),
        tx.now());
  }

  private static String searchText(PatientParticulars particulars) {
    var phone = particulars.phone().orElse("");
    return String.join(
        "\n",
        SearchText.of(particulars.name().orElse("")),
        SearchText.of(particulars.localNumber()),
        SearchText.of(phone),
        SearchText.digits(phone));
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
        row.getInteger("version"),
        Rows.instant(row, "registered_at"));
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
