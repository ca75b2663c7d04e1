package org.consilium.records.recommendation.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.consilium.records.recommendation.Quantity;
import org.consilium.records.recommendation.Quantity.Unit;
import org.consilium.records.recommendation.RecommendationContent.PerKg;
import org.consilium.records.recommendation.check.AdviceChecks.Advice;
import org.consilium.records.recommendation.check.CaseFacts.Facts;
import org.consilium.records.recommendation.check.Formulary.Drug;

/** A dose against the maximum for weight and age. */
final class DoseChecks {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final BigDecimal LIGHTEST_KG = new BigDecimal("0.3");
  private static final BigDecimal HEAVIEST_KG = BigDecimal.valueOf(400);

  /** A slip of one decimal place is a warning; beyond it nobody can mean the number. */
  private static final BigDecimal IMPOSSIBLE_FACTOR = BigDecimal.TEN;

  /** Rounding to what can be drawn up or halved. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.2");

  private static final BigDecimal WEIGHT_CHANGED = new BigDecimal("0.1");

  private DoseChecks() {}

  static void check(Advice advice, Facts facts) {
    weightIsThere(advice, facts);
    weightIsPossible(advice);
    weightIsThePatients(advice, facts);
    oldEnough(advice, facts);
    var dose = advice.content().amount();
    if (dose.isEmpty()) {
      noDose(advice);
      return;
    }
    if (dose.get().value().signum() <= 0) {
      advice.stop("dose-impossible", "A dose is more than nothing.");
      return;
    }
    dayStated(advice, dose.get());
    fitsTheWeight(advice, dose.get());
    if (advice.drug().isPresent()) {
      maxima(advice, facts, advice.drug().get(), dose.get());
    }
  }

  private static void noDose(Advice advice) {
    if (advice.drug().isPresent()) {
      advice.info("dose-not-checked", "No dose with a number was given, so none was checked.");
    }
  }

  /** Under twelve years no dose without the weight. */
  private static void weightIsThere(Advice advice, Facts facts) {
    if (facts.age().isUnderTwelve() && weight(advice, facts).isEmpty()) {
      advice.warn(
          "weight-missing", "Under twelve years a dose needs the weight; the clinic gave none.");
    }
  }

  private static void weightIsPossible(Advice advice) {
    advice
        .content()
        .perKg()
        .filter(per ->
            per.weightKg().compareTo(LIGHTEST_KG) < 0 || per.weightKg().compareTo(HEAVIEST_KG) > 0)
        .ifPresent(per ->
            advice.stop(
                "weight-impossible",
                "Nobody weighs %s kg.".formatted(per.weightKg().toPlainString())));
  }

  private static void weightIsThePatients(Advice advice, Facts facts) {
    var used = advice.content().perKg().map(PerKg::weightKg);
    if (used.isPresent()
        && facts.weightKg().isPresent()
        && isFarther(used.get(), facts.weightKg().get(), WEIGHT_CHANGED)) {
      advice.warn(
          "weight-differs",
          "Reckoned with %s kg; the clinic measured %s kg."
              .formatted(used.get().toPlainString(), facts.weightKg().get().toPlainString()));
    }
  }

  private static void oldEnough(Advice advice, Facts facts) {
    advice
        .drug()
        .filter(drug -> drug.fromAgeDays().filter(from -> facts.age().inDays() < from).isPresent())
        .ifPresent(drug ->
            advice.warn("too-young", "%s is not given at %s.".formatted(drug.name(), facts.age())));
  }

  /** What is given in a day against the maximum that the advice itself states. */
  private static void dayStated(Advice advice, Quantity dose) {
    var stated = advice.content().maxPerDay();
    var times = advice.content().timesPerDay();
    if (stated.isEmpty() || times.isEmpty()) {
      return;
    }
    var most = in(stated.get(), dose.unit());
    if (most.isPresent() && perDay(dose.value(), times.get()).compareTo(most.get()) > 0) {
      advice.warn(
          "day-over-stated",
          "%d times %s is more than the %s a day that you state."
              .formatted(times.get(), dose, stated.get()));
    }
  }

  /** The amount against what it is said to be reckoned from. */
  private static void fitsTheWeight(Advice advice, Quantity dose) {
    advice
        .content()
        .perKg()
        .map(per -> per.value().multiply(per.weightKg()))
        .filter(reckoned -> reckoned.signum() > 0 && isFarther(dose.value(), reckoned, ROUNDING))
        .ifPresent(reckoned ->
            advice.warn(
                "dose-not-per-kg",
                "By weight it is %s, not %s."
                    .formatted(new Quantity(round(reckoned), dose.unit()), dose)));
  }

  private static void maxima(Advice advice, Facts facts, Drug drug, Quantity dose) {
    var given = in(dose, drug.unit());
    if (given.isEmpty()) {
      advice.info(
          "unit-not-checked",
          "%s is checked in %s; %s was not compared."
              .formatted(drug.name(), drug.unit().wire(), dose));
      return;
    }
    var single = most(advice, facts, drug.singleMax(), drug.perKgMax());
    var highest = drug.singleMax().or(() -> single);
    if (highest.isPresent()
        && given.get().compareTo(highest.get().multiply(IMPOSSIBLE_FACTOR)) > 0) {
      advice.stop(
          "dose-impossible",
          "%s is more than ten times the most that anybody gets of %s at once."
              .formatted(dose, drug.name()));
      return;
    }
    single
        .filter(most -> given.get().compareTo(most) > 0)
        .ifPresent(most ->
            advice.warn(
                "dose-over-max",
                "%s is over the most of %s in one dose for this patient: %s."
                    .formatted(dose, drug.name(), new Quantity(round(most), drug.unit()))));
    var times = advice.content().timesPerDay();
    var daily = most(advice, facts, drug.dailyMax(), drug.perKgDailyMax());
    if (times.isPresent() && daily.isPresent()) {
      var day = perDay(given.get(), times.get());
      if (day.compareTo(daily.get()) > 0) {
        advice.warn(
            "day-over-max",
            "%s in a day is over the most of %s for this patient: %s."
                .formatted(
                    new Quantity(round(day), drug.unit()),
                    drug.name(),
                    new Quantity(round(daily.get()), drug.unit())));
      }
    } else if (daily.isPresent()) {
      advice.info(
          "day-not-checked", "How often in a day was not given, so the day was not checked.");
    }
  }

  /** The adult's maximum, and below twelve years the lesser one by weight. */
  private static Optional<BigDecimal> most(
      Advice advice, Facts facts, Optional<BigDecimal> adult, Optional<BigDecimal> perKg) {
    if (!facts.age().isUnderTwelve()) {
      return adult;
    }
    var byWeight =
        weight(advice, facts).flatMap(weight -> perKg.map(value -> value.multiply(weight)));
    return byWeight.map(most -> adult.map(most::min).orElse(most)).or(() -> adult);
  }

  /** As measured; else as the adviser reckoned with. */
  private static Optional<BigDecimal> weight(Advice advice, Facts facts) {
    return facts.weightKg().or(() -> advice.content().perKg().map(PerKg::weightKg));
  }

  /** The same mass in another unit; empty where units cannot be compared. */
  static Optional<BigDecimal> in(Quantity quantity, Unit unit) {
    if (quantity.unit() == unit) {
      return Optional.of(quantity.value());
    }
    var micrograms = micrograms(quantity.unit());
    var wanted = micrograms(unit);
    return micrograms.isEmpty() || wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            quantity
                .value()
                .multiply(micrograms.get())
                .divide(wanted.get(), MathContext.DECIMAL64));
  }

  private static Optional<BigDecimal> micrograms(Unit unit) {
    return switch (unit) {
      case MICROGRAM -> Optional.of(BigDecimal.ONE);
      case MG -> Optional.of(THOUSAND);
      case G -> Optional.of(THOUSAND.multiply(THOUSAND));
      case IU, MMOL, ML, DROP, PUFF, TABLET -> Optional.empty();
    };
  }

  private static BigDecimal perDay(BigDecimal dose, int times) {
    return dose.multiply(BigDecimal.valueOf(times));
  }

  private static boolean isFarther(BigDecimal a, BigDecimal b, BigDecimal share) {
    return a.subtract(b).abs().compareTo(b.abs().multiply(share)) > 0;
  }

  private static BigDecimal round(BigDecimal value) {
    return value.round(new MathContext(3));
  }
}
