package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/** Many different people, to rank for one question after the other. */
public final class RankingSample {
  private static final List<String> FIELDS =
      List.of("paediatric-neurology", "paediatrics", "neurosurgery", "dermatology", "cardiology");
  private static final List<String> LANGUAGES = List.of("en", "fr", "sw", "ar", "pt-BR", "hi");
  private static final List<String> ZONES =
      List.of("Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Australia/Sydney");
  private static final List<String> COUNTRIES = List.of("PT", "IN", "US", "AU", "KE");

  private final List<Helper> helpers = new ArrayList<>();

  public RankingSample(SplittableRandom random, int specialists) {
    for (int i = 0; i < specialists; i++) {
      helpers.add(helper(random, i));
    }
  }

  /** Ranks everybody for the n-th question, and gives the number of those who may be asked. */
  public int rank(int n) {
    var urgency = Urgency.values()[n % 5] == Urgency.RED ? Urgency.RED : Urgency.GREEN;
    var mode = ConsultMode.values()[n % 3];
    var ranked = Ranking.rank(Cases.question(urgency, mode), helpers);
    return (int) ranked.stream().filter(r -> !r.isBarred()).count();
  }

  private static Helper helper(SplittableRandom random, int number) {
    var free = new ArrayList<TimeSlot>();
    var at = Cases.NOON.minus(Duration.ofHours(random.nextInt(48)));
    for (int i = 0; i < 6; i++) {
      at = at.plus(Duration.ofHours(6 + random.nextInt(60)));
      free.add(TimeSlot.of(at, Duration.ofHours(2)));
    }
    var licence =
        new Volunteer.Licence(
            one(random, COUNTRIES),
            "L" + number,
            Optional.of(LocalDate.parse("2026-02-01").plusDays(random.nextInt(400))));
    var volunteer =
        new Volunteer(
            AccountId.random(),
            OrganisationId.random(),
            VolunteerKind.SPECIALIST,
            one(random, COUNTRIES),
            VolunteerStatus.ACTIVE,
            1 + random.nextInt(6),
            random.nextBoolean(),
            List.of(
                new Volunteer.Spoken(one(random, LANGUAGES), LanguageLevel.NATIVE),
                new Volunteer.Spoken(one(random, LANGUAGES), LanguageLevel.WORKING)),
            List.of(new Volunteer.Field(one(random, FIELDS), List.of(AgeGroup.CHILD))),
            List.of(licence));
    int ended = random.nextInt(10);
    return new Helper(
        volunteer,
        "Specialist " + random.nextInt(5_000),
        ZoneId.of(one(random, ZONES)),
        free,
        random.nextInt(20) == 0,
        random.nextInt(5),
        random.nextInt(4),
        Optional.empty(),
        random.nextInt(200) == 0,
        random.nextInt(100) == 0,
        random.nextInt(10) == 0,
        new Helper.Answers(ended, random.nextInt(ended + 1)),
        Helper.Limits.NONE);
  }

  private static String one(SplittableRandom random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
