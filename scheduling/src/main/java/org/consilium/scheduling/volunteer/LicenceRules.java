package org.consilium.scheduling.volunteer;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.volunteer.Volunteer.Licence;

/**
 * Which licence a consult asks for, by the country of the patient and by whom the specialist faces.
 * One version of the table.
 */
public record LicenceRules(int version, List<Rule> rules) {
  /** Every country that has no rule of its own. */
  static final String EVERYWHERE = "*";

  /** What is asked for. */
  public enum Need implements Wire {
    NONE,
    ANY,
    /** One of the country where the patient is. */
    COUNTRY,
    /** One of any country in the list. */
    LISTED
  }

  /**
   * One line of the table.
   *
   * @param country where the patient is, or {@code *}
   * @param countries for {@link Need#LISTED} alone
   * @param source where the rule is from, as a sentence
   */
  public record Rule(
      String country, ConsultMode mode, Need needs, List<String> countries, String source) {

    /** Whether it lets somebody with these licences answer for a patient there on that day. */
    public boolean allows(String patientCountry, List<Licence> licences, LocalDate day) {
      if (needs == Need.NONE) {
        return true;
      }
      for (Licence licence : licences) {
        if (licence.isValidOn(day) && counts(licence.country(), patientCountry)) {
          return true;
        }
      }
      return false;
    }

    private boolean counts(String licensed, String patientCountry) {
      return switch (needs) {
        case NONE, ANY -> true;
        case COUNTRY -> licensed.equals(patientCountry);
        case LISTED -> countries.contains(licensed);
      };
    }
  }

  /** What holds where a table says nothing: a colleague needs any, who faces the patient theirs. */
  public static Rule usual(ConsultMode mode) {
    return switch (mode) {
      case CLINICIAN_ADVICE -> usual(mode, Need.ANY);
      case PATIENT_PRESENT, DIRECT_TO_PATIENT -> usual(mode, Need.COUNTRY);
    };
  }

  private static Rule usual(ConsultMode mode, Need need) {
    return new Rule(EVERYWHERE, mode, need, List.of(), "The table has no rule.");
  }

  /** The country's own rule, else the one for everywhere. */
  public Rule rule(String patientCountry, ConsultMode mode) {
    return find(patientCountry, mode).or(() -> find(EVERYWHERE, mode)).orElseGet(() -> usual(mode));
  }

  private Optional<Rule> find(String country, ConsultMode mode) {
    return rules.stream()
        .filter(rule -> rule.mode() == mode && rule.country().equals(country))
        .findFirst();
  }
}
