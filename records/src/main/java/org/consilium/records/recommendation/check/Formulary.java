package org.consilium.records.recommendation.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.records.recommendation.Quantity;
import org.consilium.records.text.SearchText;

/**
 * The drugs that doses are checked against, as one version of data.
 *
 * @param approval who has approved it; the shipped one says that a pharmacist still has to
 * @param allergyClasses names that people use for an allergy to a whole class
 */
public record Formulary(
    String version, String approval, List<AllergyClass> allergyClasses, List<Drug> drugs) {
  private static final String SHIPPED = "catalogue/formulary-2026-1.json";

  /** Read once: a version's content never changes. */
  private static final class Holder {
    private static final Formulary FORMULARY = read();
  }

  /**
   * A class of drugs to which people are allergic as a whole.
   *
   * @param name as drugs name it
   * @param words what is written for it in a list of allergies
   * @param crosses classes that are given with care after a reaction to this one
   */
  public record AllergyClass(String name, List<String> words, List<String> crosses) {
    public AllergyClass {
      words = words == null ? List.of() : List.copyOf(words);
      crosses = crosses == null ? List.of() : List.copyOf(crosses);
    }
  }

  /** How a drug stands to a pregnancy. */
  public enum InPregnancy implements Wire {
    AVOID,
    CAUTION
  }

  /**
   * One drug.
   *
   * @param unit of every number here
   * @param perKg a usual single dose for a child
   * @param perKgMax the most in one dose for each kilogram, below twelve years
   * @param perKgDailyMax the most in a day for each kilogram, below twelve years
   * @param singleMax the most in one dose at any age
   * @param dailyMax the most in a day at any age
   * @param fromAgeDays not below this age without a reason
   */
  public record Drug(
      String name,
      List<String> synonyms,
      List<String> classes,
      Quantity.Unit unit,
      Optional<BigDecimal> perKg,
      Optional<BigDecimal> perKgMax,
      Optional<BigDecimal> perKgDailyMax,
      Optional<BigDecimal> singleMax,
      Optional<BigDecimal> dailyMax,
      Optional<Integer> fromAgeDays,
      Optional<InPregnancy> pregnancy,
      Optional<String> pregnancyWhy) {
    public Drug {
      Objects.requireNonNull(name, "name");
      synonyms = synonyms == null ? List.of() : List.copyOf(synonyms);
      classes = classes == null ? List.of() : List.copyOf(classes);
      Objects.requireNonNull(unit, "unit");
    }

    /** Every name it goes by. */
    public List<String> names() {
      var names = new ArrayList<String>();
      names.add(name);
      names.addAll(synonyms);
      return names;
    }
  }

  public Formulary {
    allergyClasses = List.copyOf(allergyClasses);
    drugs = List.copyOf(drugs);
  }

  /** The one that comes with this build. */
  public static Formulary shipped() {
    return Holder.FORMULARY;
  }

  /** The drug whose name stands in {@code written} as a word; the longest name when several do. */
  public Optional<Drug> find(String written) {
    return all(written).stream().findFirst();
  }

  /** Every drug whose name stands in a text, the longest names first. */
  public List<Drug> all(String text) {
    return drugs.stream()
        .filter(drug -> drug.names().stream().anyMatch(name -> isWordIn(text, name)))
        .sorted((a, b) -> b.name().length() - a.name().length())
        .toList();
  }

  /** Whether {@code word} stands in {@code text} between letters of neither. */
  static boolean isWordIn(String text, String word) {
    var hay = SearchText.of(text);
    var needle = SearchText.of(word);
    if (needle.isEmpty()) {
      return false;
    }
    for (int at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
      int end = at + needle.length();
      boolean begins = at == 0 || !Character.isLetter(hay.charAt(at - 1));
      // A plural is the same word: "penicillins".
      boolean ends =
          end == hay.length()
              || !Character.isLetter(hay.charAt(end))
              || (hay.charAt(end) == 's'
                  && (end + 1 == hay.length() || !Character.isLetter(hay.charAt(end + 1))));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  /** The part that an editor needs. */
  public Shown shown() {
    return new Shown(
        version,
        drugs.stream()
            .map(drug ->
                new ShownDrug(
                    drug.name(),
                    drug.unit(),
                    drug.perKg(),
                    drug.perKgMax(),
                    drug.singleMax(),
                    drug.dailyMax()))
            .toList());
  }

  /** For the editor. */
  public record Shown(String version, List<ShownDrug> drugs) {}

  /** For the editor's dose helper. */
  public record ShownDrug(
      String name,
      Quantity.Unit unit,
      Optional<BigDecimal> perKg,
      Optional<BigDecimal> perKgMax,
      Optional<BigDecimal> singleMax,
      Optional<BigDecimal> dailyMax) {}

  private static Formulary read() {
    try (var in = Formulary.class.getClassLoader().getResourceAsStream(SHIPPED)) {
      return Json.read(in.readAllBytes(), Formulary.class);
    } catch (IOException e) {
      throw new UncheckedIOException(SHIPPED, e);
    }
  }
}
