package org.consilium.records.patient;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;

/** A patient as the owning organisation knows them. */
public record Patient(
    PatientId id,
    Optional<SiteId> site,
    String localNumber,
    Optional<String> name,
    Optional<String> phone,
    BirthDate born,
    Sex sex,
    Allergies allergies,
    String language,
    Optional<String> guardian,
    Identity identity,
    Optional<PatientId> mergedInto,
    int version,
    Instant registeredAt) {

  /** These particulars as somebody would write them down; the date of birth as it is kept. */
  public PatientParticulars particulars() {
    return new PatientParticulars(
        site,
        localNumber,
        name,
        phone,
        Optional.empty(),
        Optional.of(born),
        sex,
        allergies,
        language,
        guardian,
        Optional.of(identity));
  }

  /** Every name that this person goes by here. */
  Stream<String> names() {
    return particulars().names();
  }

  /** What everybody on the care team may see. */
  public Shared shared(LocalDate on) {
    return new Shared(id, Optional.of(localNumber), name, born.ageOn(on), sex, allergies, language);
  }

  /** The part for the care team; name and number only for the owning organisation. */
  public record Shared(
      PatientId id,
      Optional<String> localNumber,
      Optional<String> name,
      Age age,
      Sex sex,
      Allergies allergies,
      String language) {

    /** The same under another id: that of the record which a consult is about. */
    Shared of(PatientId other) {
      return new Shared(other, localNumber, name, age, sex, allergies, language);
    }

    /** The same at another age, for example the one of the day of asking. */
    public Shared at(Age then) {
      return new Shared(id, localNumber, name, then, sex, allergies, language);
    }
  }
}
