package org.consilium.records.patient;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.PatientId;
import org.consilium.records.patient.PatientStore.Position;

/**
 * All SQL by which patients are found. Tables: {@code records.patient_search}, {@code
 * patient_identifier} and the functions that search, from V005__patients.sql.
 */
final class PatientIndex {
  private static final String SEARCH =
      "SELECT find_patients AS patient_id FROM records.find_patients($1::text[], $2, $3, $4)";

  private static final String INSERT_SEARCH =
      """
      INSERT INTO records.patient_search (organisation_id, patient_id, registered_at, text, name,
                                          name_keys, phone_keys, sex, birth_date)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  private static final String UPDATE_SEARCH =
      """
      UPDATE records.patient_search
         SET text = $3, name = $4, name_keys = $5, phone_keys = $6, sex = $7, birth_date = $8
       WHERE organisation_id = $1 AND patient_id = $2
      """;

  private static final String LOOK_ALIKES =
      "SELECT look_alikes AS patient_id FROM records.look_alikes($1, $2, $3, $4, $5, $6)";

  private static final String DROP_IDENTIFIERS =
      "DELETE FROM records.patient_identifier WHERE organisation_id = $1 AND patient_id = $2";

  private static final String INSERT_IDENTIFIER =
      """
      INSERT INTO records.patient_identifier (organisation_id, patient_id, position, system,
          system_key, value, value_key, valid_from, valid_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
      """;

  private static final String WITH_IDENTIFIER =
      """
      SELECT patient_id FROM records.patient_identifier
       WHERE organisation_id = $1 AND system_key = $2 AND value_key = $3
      """;

  private final PatientStore patients;

  PatientIndex(PatientStore patients) {
    this.patients = patients;
  }

  /** Patients of the caller's organisation who have each of {@code words} somewhere. */
  List<Patient> search(Tx tx, List<String> words, Optional<Position> after, int most) {
    var ids =
        tx.list(
            SEARCH,
            PatientIndex::id,
            words,
            after.map(Position::registeredAt),
            after.map(Position::id),
            most);
    return patients.byIds(tx, tx.caller().organisation(), ids);
  }

  /** Who of the caller's organisation may be the same person as this one. */
  List<Patient> lookAlikes(Tx tx, SearchKeys keys, Sex sex, LocalDate from, LocalDate until) {
    var owner = tx.caller().organisation();
    var ids =
        tx.list(
            LOOK_ALIKES,
            PatientIndex::id,
            blankIsNull(keys.name()),
            keys.nameKeys(),
            keys.phoneKeys(),
            sex,
            from,
            until);
    return patients.byIds(tx, owner, ids);
  }

  /** Whose number this is, where somebody of the organisation has it. */
  Optional<PatientId> withIdentifier(Tx tx, Identifier identifier) {
    return tx.one(
            WITH_IDENTIFIER,
            tx.caller().organisation(),
            identifier.systemKey(),
            identifier.valueKey())
        .map(PatientIndex::id);
  }

  /** Makes a new patient be found. */
  void add(Tx tx, Patient patient) {
    var keys = SearchKeys.of(List.of(patient.particulars()));
    tx.run(
        INSERT_SEARCH,
        tx.caller().organisation(),
        patient.id(),
        patient.registeredAt(),
        keys.text(),
        blankIsNull(keys.name()),
        keys.nameKeys(),
        keys.phoneKeys(),
        patient.sex(),
        patient.born().date());
  }

  /** Makes the record be found by all that it is known by now. */
  void refresh(Tx tx, PatientId id) {
    var family = patients.family(tx, id);
    var first = family.getFirst();
    var keys =
        first.mergedInto().isPresent()
            ? SearchKeys.NONE
            : SearchKeys.of(family.stream().map(Patient::particulars).toList());
    tx.run(
        UPDATE_SEARCH,
        tx.caller().organisation(),
        id,
        keys.text(),
        blankIsNull(keys.name()),
        keys.nameKeys(),
        keys.phoneKeys(),
        first.sex(),
        first.born().date());
  }

  /**
   * Keeps these numbers and no others for the patient.
   *
   * @return the place of the first one that somebody else has already
   */
  Optional<Integer> setIdentifiers(Tx tx, PatientId id, List<Identifier> identifiers) {
    var owner = tx.caller().organisation();
    tx.run(DROP_IDENTIFIERS, owner, id);
    for (int i = 0; i < identifiers.size(); i++) {
      var one = identifiers.get(i);
      int added =
          tx.run(
              INSERT_IDENTIFIER,
              owner,
              id,
              i,
              one.system(),
              one.systemKey(),
              one.value(),
              one.valueKey(),
              one.from(),
              one.until());
      if (added == 0) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static String blankIsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static PatientId id(Row row) {
    return new PatientId(row.getUUID("patient_id"));
  }
}
