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
    List<Licence> licences,
    Wishes wishes) {

  public Volunteer(
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
    this(
        account,
        organisation,
        kind,
        country,
        status,
        weeklyCap,
        redCalls,
        languages,
        fields,
        licences,
        Wishes.NONE);
  }

  /**
   * A language, spoken so well.
   *
   * @param writes whether they also write it; empty when they did not tell
   * @param needsInterpreter they would not give a consult in it alone
   */
  public record Spoken(
      String language, LanguageLevel level, Optional<Boolean> writes, boolean needsInterpreter) {
    public Spoken(String language, LanguageLevel level) {
      this(language, level, Optional.empty(), !level.carriesAConsult());
    }

    /** Good enough, by their own word too, to talk medicine in it. */
    public boolean carriesAConsult() {
      return level.carriesAConsult() && !needsInterpreter;
    }
  }

  /** A specialty, and the age groups in which this person practises it. */
  public record Field(String specialty, List<AgeGroup> ageGroups) {}

  /**
   * @param country where it allows to practise, ISO 3166-1 alpha-2
   * @param validFrom the first day; empty when it was not told
   * @param validUntil the last day, inclusive; empty when it does not end
   * @param state claimed, verified or revoked: what somebody did
   */
  public record Licence(
      String country,
      String number,
      Optional<LocalDate> validFrom,
      Optional<LocalDate> validUntil,
      LicenceState state) {
    /** From so many days before its last day on, a licence counts as expiring. */
    static final int EXPIRING_DAYS = 60;

    public Licence {
      // Of a file that does not tell of it, for example the demonstration's.
      state = state == null ? LicenceState.VERIFIED : state;
    }

    /** One that somebody has looked up in the register. */
    public Licence(String country, String number, Optional<LocalDate> validUntil) {
      this(country, number, Optional.empty(), validUntil, LicenceState.VERIFIED);
    }

    /** Only what was verified counts, within its days. */
    public boolean isValidOn(LocalDate date) {
      return state == LicenceState.VERIFIED
          && (validFrom.isEmpty() || !date.isBefore(validFrom.get()))
          && (validUntil.isEmpty() || !date.isAfter(validUntil.get()));
    }

    /** The state as it is on a day. */
    public LicenceState stateOn(LocalDate today) {
      if (state != LicenceState.VERIFIED || validUntil.isEmpty()) {
        return state;
      }
      var last = validUntil.get();
      if (today.isAfter(last)) {
        return LicenceState.EXPIRED;
      }
      return today.isBefore(last.minusDays(EXPIRING_DAYS))
          ? LicenceState.VERIFIED
          : LicenceState.EXPIRING;
    }
  }

  /** The same person with a lower cap. */
  public Volunteer cappedAt(int cap) {
    return new Volunteer(
        account,
        organisation,
        kind,
        country,
        status,
        Math.min(weeklyCap, cap),
        redCalls,
        languages,
        fields,
        licences,
        wishes);
  }

  /** Only they are asked, and only they are on call. */
  public boolean isActive() {
    return status == VolunteerStatus.ACTIVE;
  }

  public boolean practises(String specialty) {
    for (Field field : fields) {
      if (field.specialty().equals(specialty)) {
        return true;
      }
    }
    return false;
  }

  /** Whether their quiet hours hold: who agreed to red calls may be rung for one all the same. */
  public boolean keepsQuietHours(boolean isRed) {
    return !(isRed && redCalls);
  }

  public boolean hasLicenceOn(LocalDate date) {
    for (Licence licence : licences) {
      if (licence.isValidOn(date)) {
        return true;
      }
    }
    return false;
  }

  public boolean speaks(String language) {
    for (Spoken spoken : languages) {
      if (spoken.carriesAConsult() && matches(spoken.language(), language)) {
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
