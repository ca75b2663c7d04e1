package org.consilium.records.health;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;

/**
 * One version of one item of a patient's health summary.
 *
 * @param noneKnown somebody asked, and there is none of the kind; then nothing else is said
 * @param onset since when; of a vaccine, when it was given
 * @param reason why it ended, or why it was an error
 */
public record HealthItem(
    HealthItemId id,
    PatientId patient,
    Kind kind,
    int version,
    boolean noneKnown,
    Optional<String> text,
    Optional<Code> code,
    Status status,
    Verification verification,
    Optional<PartialDate> onset,
    Optional<PartialDate> ended,
    Optional<String> dose,
    Optional<Integer> doseNumber,
    Optional<String> lot,
    Optional<ConsultId> consult,
    Optional<String> reason,
    AccountId assertedBy,
    Instant assertedAt) {
  /** What it is about. */
  public enum Kind implements Wire {
    PROBLEM,
    MEDICATION,
    IMMUNIZATION
  }

  /** Whether it still is so. */
  public enum Status implements Wire {
    ACTIVE,
    ENDED,
    /** It never was so; out of the list, kept in the history. */
    ENTERED_IN_ERROR
  }

  /** How sure it is: examined, or the packet or the card seen; else it was only told. */
  public enum Verification implements Wire {
    CONFIRMED,
    UNCONFIRMED
  }

  /**
   * A code as it was given, of a system that need not be at hand here.
   *
   * @param system a URI
   */
  public record Code(String system, String code) {
    public Code {
      Objects.requireNonNull(system, "system");
      Objects.requireNonNull(code, "code");
    }
  }

  /** A new item as it will be kept; the entry has been checked. */
  static HealthItem added(
      HealthItemId id, PatientId patient, Kind kind, HealthEntry entry, AccountId by, Instant at) {
    return new HealthItem(
        id,
        patient,
        kind,
        1,
        false,
        Optional.of(entry.text().strip()),
        entry.code(),
        entry.status().orElse(Status.ACTIVE),
        entry.verification(),
        entry.onset().map(PartialDate::parse),
        entry.ended().map(PartialDate::parse),
        entry.dose(),
        entry.doseNumber(),
        entry.lot(),
        entry.consultId(),
        Optional.empty(),
        by,
        at);
  }

  static HealthItem none(
      HealthItemId id,
      PatientId patient,
      Kind kind,
      Optional<ConsultId> consult,
      AccountId by,
      Instant at) {
    return new HealthItem(
        id,
        patient,
        kind,
        1,
        true,
        Optional.empty(),
        Optional.empty(),
        Status.ACTIVE,
        Verification.CONFIRMED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        consult,
        Optional.empty(),
        by,
        at);
  }

  boolean isActive() {
    return status == Status.ACTIVE;
  }

  boolean isInError() {
    return status == Status.ENTERED_IN_ERROR;
  }

  /** What somebody says from here on, as the next version. */
  HealthItem changedTo(HealthEntry entry, AccountId by, Instant at) {
    return added(id, patient, kind, entry, by, at).numbered(version + 1);
  }

  /** The same, said again. */
  HealthItem again(Optional<ConsultId> in, AccountId by, Instant at) {
    return none(id, patient, kind, in, by, at).numbered(version + 1);
  }

  /** The next version with another status. */
  HealthItem now(
      Status other, Optional<PartialDate> on, Optional<String> why, AccountId by, Instant at) {
    return new HealthItem(
        id,
        patient,
        kind,
        version + 1,
        noneKnown,
        text,
        code,
        other,
        verification,
        onset,
        on,
        dose,
        doseNumber,
        lot,
        consult,
        why,
        by,
        at);
  }

  private HealthItem numbered(int number) {
    return new HealthItem(
        id,
        patient,
        kind,
        number,
        noneKnown,
        text,
        code,
        status,
        verification,
        onset,
        ended,
        dose,
        doseNumber,
        lot,
        consult,
        reason,
        assertedBy,
        assertedAt);
  }

  /** Whether both say the same, whoever said it and when. */
  boolean saysTheSameAs(HealthItem other) {
    return kind == other.kind
        && patient.equals(other.patient)
        && noneKnown == other.noneKnown
        && text.equals(other.text)
        && code.equals(other.code)
        && onset.equals(other.onset)
        && dose.equals(other.dose)
        && doseNumber.equals(other.doseNumber)
        && lot.equals(other.lot);
  }
}
