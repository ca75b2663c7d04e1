package org.consilium.records.form;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;

/**
 * One version of a form: a FHIR R4 Questionnaire of the subset that {@link FormShape} describes.
 * Its content never changes once it is published.
 *
 * @param url without a version, for example {@code urn:consilium:form:skin}
 * @param status always {@code active}: what is not published is not here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Form(
    String resourceType,
    String url,
    String version,
    String status,
    String title,
    Optional<String> description,
    Optional<String> language,
    List<Extension> extension,
    List<Item> item) {
  public Form {
    extension = extension == null ? List.of() : List.copyOf(extension);
    item = item == null ? List.of() : List.copyOf(item);
  }

  /** How answers name this version: FHIR's canonical with the version behind a bar. */
  public static String canonical(String url, String version) {
    return url + "|" + version;
  }

  @JsonIgnore
  public String canonical() {
    return canonical(url, version);
  }

  /** Who has approved this version, or that nobody has yet. */
  @JsonIgnore
  public Optional<String> approval() {
    return Extension.of(extension, Extension.APPROVAL).flatMap(Extension::valueString);
  }

  /** For whom the form is meant; a form that says nothing is for everybody. */
  @JsonIgnore
  public Applies applies() {
    return Extension.of(extension, Extension.APPLIES)
        .map(Applies::of)
        .orElse(new Applies(List.of(), Optional.empty(), Optional.empty(), false));
  }

  /** Every item, each before its own parts. */
  public void each(Consumer<Item> visit) {
    each(item, visit);
  }

  private static void each(List<Item> items, Consumer<Item> visit) {
    for (var one : items) {
      visit.accept(one);
      each(one.item(), visit);
    }
  }

  /** Whether it asks for something that may be dangerous to overlook. */
  @JsonIgnore
  public boolean asksForDanger() {
    var found = new boolean[1];
    each(one -> found[0] |= one.danger().isPresent());
    return found[0];
  }

  /**
   * For whom a form is meant: one of the specialties, or an age, or a pregnancy. All that is said
   * must hold.
   *
   * @param specialties any of these was asked for; empty means whatever was asked for
   * @param toAgeDays exclusive
   */
  public record Applies(
      List<String> specialties,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      boolean pregnant) {
    private static Applies of(Extension extension) {
      var parts = extension.extension();
      return new Applies(
          parts.stream()
              .filter(part -> part.url().equals("specialty"))
              .flatMap(part -> part.valueCode().stream())
              .toList(),
          Extension.of(parts, "fromAgeDays").flatMap(Extension::valueInteger),
          Extension.of(parts, "toAgeDays").flatMap(Extension::valueInteger),
          Extension.of(parts, "pregnant").flatMap(Extension::valueBoolean).orElse(false));
    }

    /** Whether the form is meant for a patient of whom this is known. */
    public boolean to(Age age, Sex sex, boolean isPregnant, Optional<String> specialty) {
      int days = age.inDays();
      return (specialties.isEmpty() || specialty.filter(specialties::contains).isPresent())
          && fromAgeDays.filter(from -> days < from).isEmpty()
          && toAgeDays.filter(to -> days >= to).isEmpty()
          && (!pregnant || (isPregnant && sex != Sex.MALE));
    }
  }
}
