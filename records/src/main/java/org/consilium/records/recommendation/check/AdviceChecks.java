package org.consilium.records.recommendation.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.consilium.platform.http.Wire;
import org.consilium.records.capability.Capabilities;
import org.consilium.records.patient.Allergies;
import org.consilium.records.patient.Sex;
import org.consilium.records.recommendation.RecommendationContent;
import org.consilium.records.recommendation.RecommendationContent.Kind;
import org.consilium.records.recommendation.check.CaseFacts.Facts;
import org.consilium.records.recommendation.check.Formulary.AllergyClass;
import org.consilium.records.recommendation.check.Formulary.Drug;
import org.consilium.records.recommendation.check.Formulary.InPregnancy;
import org.consilium.records.triage.Pregnancy;

/**
 * What speaks against recommendations. A warning may be overruled with a reason, which is signed
 * too; only impossible values stop. What the data do not know is said, never taken as harmless.
 */
public final class AdviceChecks {
  private static final int BEARING_FROM_DAYS = 10 * 365;
  private static final int BEARING_TO_DAYS = 56 * 365;

  private AdviceChecks() {}

  /** How much a warning weighs. */
  public enum Severity implements Wire {
    /** To be known; nothing has to be said to it. */
    INFO,
    /** Needs a reason before it can be signed. */
    WARNING,
    /** An impossible value. */
    STOP
  }

  /**
   * One thing that speaks against a recommendation.
   *
   * @param recommendation its place, from 0
   * @param code one of a kind within a recommendation; names it for overruling
   */
  public record Warning(
      int recommendation, String code, Severity severity, String text, Optional<String> reason) {}

  /** One recommendation on the way through the rules. */
  record Advice(
      int place, RecommendationContent content, Optional<Drug> drug, Consumer<Warning> warnings) {
    void info(String code, String text) {
      add(code, Severity.INFO, text);
    }

    void warn(String code, String text) {
      add(code, Severity.WARNING, text);
    }

    void stop(String code, String text) {
      add(code, Severity.STOP, text);
    }

    private void add(String code, Severity severity, String text) {
      warnings.accept(new Warning(place, code, severity, text, content.overriding(code)));
    }
  }

  /** Everything that speaks against these, in their order. */
  public static List<Warning> check(
      Formulary formulary, Facts facts, List<RecommendationContent> recommendations) {
    var warnings = new ArrayList<Warning>();
    var advices = new ArrayList<Advice>();
    for (int i = 0; i < recommendations.size(); i++) {
      var content = recommendations.get(i);
      advices.add(new Advice(i, content, content.drug().flatMap(formulary::find), warnings::add));
    }
    for (var advice : advices) {
      if (names(advice).isPresent()) {
        isKnown(advice);
        DoseChecks.check(advice, facts);
        allergy(advice, facts, formulary);
        pregnancy(advice, facts);
        duplicate(advice, advices, facts, formulary);
        siteHasDrug(advice, facts);
      }
      siteHasTest(advice, facts);
    }
    return List.copyOf(warnings);
  }

  private static Optional<String> names(Advice advice) {
    return advice.content().drug().filter(name -> !name.isBlank());
  }

  private static void isKnown(Advice advice) {
    if (advice.drug().isEmpty()) {
      advice.info(
          "not-in-formulary",
          "%s is not in the formulary: dose, allergy class and pregnancy were not checked."
              .formatted(names(advice).orElse("")));
    }
  }

  private static void allergy(Advice advice, Facts facts, Formulary formulary) {
    var allergies = facts.allergies();
    if (allergies.state() == Allergies.State.UNKNOWN) {
      advice.info("allergies-unknown", "Allergies could not be asked; ask before giving it.");
    }
    var written = names(advice).orElse("");
    for (var allergy : allergies.list()) {
      if (isSameDrug(written, advice.drug(), allergy)
          || advice.drug().stream()
              .flatMap(drug -> classes(drug, formulary).stream())
              .anyMatch(group -> isMeant(group, allergy, formulary))) {
        advice.warn(
            "allergy", "Known allergy: \"%s\". %s is of that kind.".formatted(allergy, written));
        return;
      }
    }
    for (var allergy : allergies.list()) {
      if (advice.drug().isPresent() && crosses(advice.drug().get(), allergy, formulary)) {
        advice.warn(
            "allergy-cross",
            "Known allergy: \"%s\". %s may cross-react.".formatted(allergy, written));
        return;
      }
    }
  }

  private static boolean isSameDrug(String written, Optional<Drug> drug, String allergy) {
    return Formulary.isWordIn(allergy, written)
        || drug.stream()
            .flatMap(d -> d.names().stream())
            .anyMatch(name -> Formulary.isWordIn(allergy, name));
  }

  private static List<AllergyClass> classes(Drug drug, Formulary formulary) {
    return formulary.allergyClasses().stream()
        .filter(group -> drug.classes().contains(group.name()))
        .toList();
  }

  /** The allergy names the class, or a drug of it. */
  private static boolean isMeant(AllergyClass group, String allergy, Formulary formulary) {
    return group.words().stream().anyMatch(word -> Formulary.isWordIn(allergy, word))
        || formulary.all(allergy).stream().anyMatch(drug -> drug.classes().contains(group.name()));
  }

  private static boolean crosses(Drug drug, String allergy, Formulary formulary) {
    return formulary.allergyClasses().stream()
        .filter(group -> isMeant(group, allergy, formulary))
        .anyMatch(group -> group.crosses().stream().anyMatch(drug.classes()::contains));
  }

  private static void pregnancy(Advice advice, Facts facts) {
    var drug = advice.drug();
    if (drug.isEmpty() || drug.get().pregnancy().isEmpty() || facts.sex() == Sex.MALE) {
      return;
    }
    var why = drug.get().pregnancyWhy().map(reason -> " " + reason).orElse("");
    var name = drug.get().name();
    boolean avoid = drug.get().pregnancy().get() == InPregnancy.AVOID;
    var state = facts.pregnancy().orElse(Pregnancy.State.UNKNOWN);
    if (state == Pregnancy.State.YES && avoid) {
      advice.warn("pregnancy", "Pregnant: %s is avoided.%s".formatted(name, why));
    } else if (state == Pregnancy.State.YES) {
      advice.info("pregnancy-caution", "Pregnant: %s with care.%s".formatted(name, why));
    } else if (state == Pregnancy.State.UNKNOWN && avoid && couldBePregnant(facts)) {
      advice.info(
          "pregnancy-unknown",
          "It is not known whether she is pregnant; %s is avoided then.%s".formatted(name, why));
    }
  }

  private static boolean couldBePregnant(Facts facts) {
    int days = facts.age().inDays();
    return days >= BEARING_FROM_DAYS && days < BEARING_TO_DAYS;
  }

  /** The same drug twice, or two of a class that are not given together. */
  private static void duplicate(Advice advice, List<Advice> all, Facts facts, Formulary formulary) {
    if (advice.drug().isEmpty()) {
      return;
    }
    var drug = advice.drug().get();
    var others = new HashSet<Drug>(formulary.all(facts.medicines()));
    all.stream()
        .filter(other -> other.place() < advice.place())
        .flatMap(other -> other.drug().stream())
        .forEach(others::add);
    if (others.contains(drug)) {
      advice.warn(
          "duplicate",
          "%s is given already, or recommended twice; the doses add up.".formatted(drug.name()));
      return;
    }
    others.stream()
        .filter(other -> other.classes().stream().anyMatch(drug.classes()::contains))
        .findFirst()
        .ifPresent(other ->
            advice.warn(
                "duplicate-class",
                "%s and %s are of the same class.".formatted(drug.name(), other.name())));
  }

  private static void siteHasDrug(Advice advice, Facts facts) {
    var names = new ArrayList<String>(names(advice).stream().toList());
    advice.drug().ifPresent(drug -> names.addAll(drug.names()));
    hasIt(advice, facts, "drug", names.getFirst(), site -> site.drug(names));
  }

  private static void siteHasTest(Advice advice, Facts facts) {
    if (advice.content().kind() == Kind.TEST) {
      advice
          .content()
          .test()
          .filter(test -> !test.isBlank())
          .ifPresent(test -> hasIt(advice, facts, "test", test, site -> site.test(test)));
    }
  }

  private static void hasIt(
      Advice advice,
      Facts facts,
      String what,
      String name,
      Function<Capabilities, Optional<Capabilities.Available>> find) {
    if (facts.site().isEmpty()) {
      advice.info(what + "-site-unknown", "The site has not said which drugs and tests it has.");
      return;
    }
    var profile = facts.site().get();
    var found = find.apply(profile.content());
    if (found.isEmpty()) {
      advice.info(what + "-not-listed", "The site has not said whether it has %s.".formatted(name));
    } else {
      switch (found.get()) {
        case YES -> {}
        case SOMETIMES ->
            advice.info(
                what + "-sometimes",
                "The site has %s only sometimes; say what else would do.".formatted(name));
        case NO -> {
          if (advice.content().alternative().filter(text -> !text.isBlank()).isPresent()) {
            advice.info(what + "-not-there", "The site does not have %s.".formatted(name));
          } else {
            advice.warn(
                what + "-not-there",
                "The site does not have %s, and no alternative is given.".formatted(name));
          }
        }
      }
    }
    if (profile.isOutdated(facts.now())) {
      advice.info(what + "-list-old", "The site's list is older than 90 days.");
    }
  }
}
