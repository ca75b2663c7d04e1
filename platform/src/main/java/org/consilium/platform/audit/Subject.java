package org.consilium.platform.audit;

import java.util.Optional;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Id;
import org.consilium.platform.id.PatientId;

/** What an act or a read was about: ids only, never clinical words. */
public record Subject(
    Optional<ConsultId> consult, Optional<PatientId> patient, Optional<String> thing) {

  public static Subject consult(ConsultId consult, PatientId patient) {
    return new Subject(Optional.of(consult), Optional.of(patient), Optional.empty());
  }

  public static Subject patient(PatientId patient) {
    return new Subject(Optional.empty(), Optional.of(patient), Optional.empty());
  }

  /** Anything else, for example {@code Subject.of("roster", account)}. */
  public static Subject of(String kind, Id id) {
    return new Subject(Optional.empty(), Optional.empty(), Optional.of(kind + ":" + id));
  }

  /** Nothing in particular, for example a search. */
  public static Subject none() {
    return new Subject(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, naming the part too, for example a note of a consult. */
  public Subject part(String kind, Object id) {
    return new Subject(consult, patient, Optional.of(kind + ":" + id));
  }
}
