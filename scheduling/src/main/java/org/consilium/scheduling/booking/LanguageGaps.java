package org.consilium.scheduling.booking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Languages that the caller's patients and clinics speak, and who could speak with them. */
final class LanguageGaps {
  private static final Duration LOOK_BACK = Duration.ofDays(180);

  private static final String ASKED =
      """
      SELECT l.language, count(*)::int AS consults
        FROM scheduling.consult c
        CROSS JOIN LATERAL (SELECT c.patient_language AS language
                            UNION SELECT c.clinic_language) l
       WHERE c.organisation_id = $1 AND c.submitted_at > $2
       GROUP BY l.language
      """;

  /**
   * One language that was asked for.
   *
   * @param gap nobody active speaks it, and no interpreter carries it to a specialist
   */
  record Language(
      String language,
      int consults,
      int specialists,
      int interpreters,
      boolean gap,
      String sentence) {}

  private final VolunteerStore volunteers;

  LanguageGaps(VolunteerStore volunteers) {
    this.volunteers = volunteers;
  }

  /** The gaps first, then by how often it was asked for. */
  List<Language> of(Tx tx) {
    var active = volunteers.all(tx).stream().filter(Assembly::isActive).toList();
    var rows = tx.rows(ASKED, tx.caller().organisation(), tx.now().minus(LOOK_BACK));
    var languages = new ArrayList<Language>();
    for (var row : rows) {
      languages.add(judge(row.getString("language"), row.getInteger("consults"), active));
    }
    languages.sort(
        Comparator.comparing(Language::gap)
            .thenComparing(Language::consults)
            .reversed()
            .thenComparing(Language::language));
    return languages;
  }

  static Language judge(String language, int consults, List<Volunteer> active) {
    var specialists =
        active.stream().filter(one -> one.kind() == VolunteerKind.SPECIALIST).toList();
    int speaking = (int) specialists.stream().filter(one -> one.speaks(language)).count();
    int between =
        (int)
            active.stream()
                .filter(one -> one.kind() == VolunteerKind.INTERPRETER)
                .filter(one ->
                    specialists.stream().anyMatch(s -> LanguageBridge.bridges(one, s, language)))
                .count();
    boolean gap = speaking == 0 && between == 0;
    return new Language(
        language, consults, speaking, between, gap, sentence(speaking, between, consults));
  }

  private static String sentence(int speaking, int between, int consults) {
    var asked = consults == 1 ? "one consult" : consults + " consults";
    if (speaking == 0 && between == 0) {
      return "Nobody speaks it and no interpreter carries it; " + asked + " in half a year.";
    }
    if (speaking == 0) {
      return "Only through an interpreter (%d); %s in half a year.".formatted(between, asked);
    }
    return "%d specialists and %d interpreters; %s in half a year."
        .formatted(speaking, between, asked);
  }
}
