package org.consilium.scheduling.volunteer;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.AgeGroup;

/**
 * Who gives their time, and what may be asked of them.
 *
 * @param weeklyCap the most consults they accept in seven days
 * @param redCalls may be rung for red consults outside their hours when on call
 */
public record Volunteer(
    AccountId account,
    OrganisationId organisation,
    VolunteerKind kind,
    String country,
    VolunteerStatus status,
    int weeklyCap,
    boolean redCalls,
    List<Spoken> languages,
    List<Field> fields,
    List<Licence> licences) {

  public record Spoken(String language, LanguageLevel level) {}

  /** A specialty, and the age groups in which this person practises it. */
  public record Field(String specialty, List<AgeGroup> ageGroups) {}

  /**
   * @param country where it allows to practise, ISO 3166-1 alpha-2
   * @param validUntil the last day, inclusive; empty when it does not end
   */
  public record Licence(String country, String number, Optional<LocalDate> validUntil) {
    public boolean isValidOn(LocalDate date) {
      return validUntil.map(last -> !date.isAfter(last)).orElse(true);
    }
  }

  public boolean speaks(String language) {
    for (Spoken spoken : languages) {
      if (spoken.level().carriesAConsult() && matches(spoken.language(), language)) {
        return true;
      }
    }
    return false;
  }

  /** A region's variant is understood as its language: {@code pt-BR} is {@code pt}. */
  private static boolean matches(String spoken, String wanted) {
    int length = baseLength(spoken);
    return length == baseLength(wanted) && spoken.regionMatches(0, wanted, 0, length);
  }

  private static int baseLength(String language) {
    int hyphen = language.indexOf('-');
    return hyphen < 0 ? language.length() : hyphen;
  }
}
