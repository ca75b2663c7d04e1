package org.consilium.records.patient;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.records.text.SearchText;

/** What one person is found by: their own particulars and those of records merged into theirs. */
record SearchKeys(String text, String name, Set<String> nameKeys, Set<String> phoneKeys) {
  private static final int PHONE_END = 8;
  private static final int PHONE_DIGITS_MIN = 7;

  /** A record that is merged into another one is found by nothing. */
  static final SearchKeys NONE = new SearchKeys("", "", Set.of(), Set.of());

  /** The first of {@code family} gives the name. */
  static SearchKeys of(List<PatientParticulars> family) {
    return new SearchKeys(
        distinct(family.stream().flatMap(SearchKeys::lines)).stream()
            .collect(Collectors.joining("\n")),
        SearchText.of(family.getFirst().name().orElse("")),
        distinct(
            family.stream()
                .flatMap(PatientParticulars::names)
                .map(NameLikeness::keys)
                .flatMap(Collection::stream)),
        distinct(
            family.stream().flatMap(PatientParticulars::phones).flatMap(SearchKeys::phoneKey)));
  }

  /**
   * What two ways of writing a phone number have in common: its last eight digits, which are the
   * same with and without the country's code. None for what is too short to be one.
   */
  static Stream<String> phoneKey(String phone) {
    var digits = SearchText.digits(phone);
    return digits.length() < PHONE_DIGITS_MIN
        ? Stream.empty()
        : Stream.of(digits.substring(Math.max(0, digits.length() - PHONE_END)));
  }

  private static Stream<String> lines(PatientParticulars one) {
    var phones = one.phones().toList();
    return Stream.of(
            one.names(),
            Stream.of(one.localNumber()),
            phones.stream(),
            phones.stream().map(SearchText::digits),
            one.known().identifiers().stream().map(Identifier::value),
            one.known().identifiers().stream().map(Identifier::valueKey))
        .flatMap(lines -> lines)
        .map(SearchText::of)
        .filter(line -> !line.isEmpty());
  }

  private static Set<String> distinct(Stream<String> many) {
    return many.collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
