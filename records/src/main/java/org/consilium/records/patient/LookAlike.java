package org.consilium.records.patient;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.consilium.records.text.SearchText;

/**
 * Somebody who may be the same person as one that is being registered.
 *
 * @param points how much speaks for it; only for the order
 * @param reasons what speaks for it, then what speaks against it, in sentences
 */
record LookAlike(Patient patient, int points, List<String> reasons) {
  private static final int SHOWN_FROM = 45;
  private static final double NAME_FROM = 0.55;
  private static final double NAME_SAME_FROM = 0.9;

  /** Reading the signs one by one. */
  private static final class Judging {
    private final List<String> pro = new ArrayList<>();
    private final List<String> contra = new ArrayList<>();
    private int points;

    void speaksFor(int weight, String sentence) {
      points += weight;
      pro.add(sentence);
    }

    void speaksAgainst(int weight, String sentence) {
      points -= weight;
      contra.add(sentence);
    }
  }

  /** What makes {@code other} likely to be {@code given}; empty when too little does. */
  static Optional<LookAlike> judge(PatientParticulars given, Patient other, LocalDate today) {
    var judging = new Judging();
    judgeNumbers(given, other, judging);
    judgeName(given, other, judging);
    judgeAge(given.born(today), other, judging, today);
    judgeSex(given.sex(), other.sex(), judging);
    if (judging.points < SHOWN_FROM) {
      return Optional.empty();
    }
    judging.pro.addAll(judging.contra);
    return Optional.of(new LookAlike(other, judging.points, List.copyOf(judging.pro)));
  }

  private static void judgeNumbers(PatientParticulars given, Patient other, Judging judging) {
    given.known().identifiers().stream()
        .filter(one -> other.identity().identifiers().stream().anyMatch(one::isSameAs))
        .findFirst()
        .ifPresent(
            same -> judging.speaksFor(100, "Has the same number of %s.".formatted(same.system())));
    if (SearchText.of(given.localNumber()).equals(SearchText.of(other.localNumber()))) {
      judging.speaksFor(40, "Has the same local number.");
    }
    var phones = other.particulars().phones().flatMap(SearchKeys::phoneKey).toList();
    if (given.phones().flatMap(SearchKeys::phoneKey).anyMatch(phones::contains)) {
      judging.speaksFor(30, "Has the same phone number.");
    }
  }

  private static void judgeName(PatientParticulars given, Patient other, Judging judging) {
    var theirs = other.names().toList();
    double likeness =
        given
            .names()
            .flatMap(ours -> theirs.stream().map(name -> NameLikeness.of(ours, name)))
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    if (likeness >= NAME_FROM) {
      judging.speaksFor(
          (int) Math.round(60 * likeness),
          likeness >= NAME_SAME_FROM ? "Has the same name." : "The name is alike.");
    }
  }

  private static void judgeAge(BirthDate given, Patient other, Judging judging, LocalDate today) {
    var theirs = other.born();
    long apart = Math.abs(ChronoUnit.DAYS.between(given.date(), theirs.date()));
    if (apart <= Math.max(doubt(given, today), doubt(theirs, today))) {
      judging.speaksFor(15, "The age fits: %s.".formatted(theirs.ageOn(today)));
    } else {
      judging.speaksAgainst(20, "But the age differs: %s.".formatted(theirs.ageOn(today)));
    }
  }

  /** Days; a guess is the less exact the older somebody is. */
  private static long doubt(BirthDate born, LocalDate today) {
    long lived = Math.max(0, ChronoUnit.DAYS.between(born.date(), today));
    return switch (born.precision()) {
      case DAY, MONTH, YEAR -> born.doubtDays();
      case ESTIMATED, UNKNOWN -> Math.max(born.doubtDays(), lived / 10);
    };
  }

  private static void judgeSex(Sex given, Sex theirs, Judging judging) {
    if (given == theirs && given != Sex.UNKNOWN) {
      judging.speaksFor(5, "The sex is the same.");
    } else if (isSure(given) && isSure(theirs)) {
      judging.speaksAgainst(
          25, "But the sex differs: %s.".formatted(theirs.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean isSure(Sex sex) {
    return sex == Sex.FEMALE || sex == Sex.MALE;
  }
}
