package org.consilium.records.form;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.records.triage.Urgency;

/**
 * A question, a group of them, or a text between them (FHIR Questionnaire.item).
 *
 * @param translations FHIR's {@code _text}: the text in other languages
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Item(
    String linkId,
    ItemType type,
    String text,
    @JsonProperty("_text") Optional<Translations> translations,
    List<Coding> code,
    Optional<Boolean> required,
    Optional<Boolean> repeats,
    Optional<Boolean> readOnly,
    Optional<Integer> maxLength,
    List<EnableWhen> enableWhen,
    Optional<Behaviour> enableBehavior,
    List<Value> answerOption,
    List<Value> initial,
    List<Extension> extension,
    List<Item> item) {
  static final int STRING_CHARS_MAX = 300;
  static final int TEXT_CHARS_MAX = 4000;

  public Item {
    code = code == null ? List.of() : List.copyOf(code);
    enableWhen = enableWhen == null ? List.of() : List.copyOf(enableWhen);
    answerOption = answerOption == null ? List.of() : List.copyOf(answerOption);
    initial = initial == null ? List.of() : List.copyOf(initial);
    extension = extension == null ? List.of() : List.copyOf(extension);
    item = item == null ? List.of() : List.copyOf(item);
  }

  /** The extensions of an item's text: translations. */
  public record Translations(List<Extension> extension) {
    public Translations {
      extension = extension == null ? List.of() : List.copyOf(extension);
    }
  }

  /** When an item is asked: what the answer to an earlier question must be. */
  public record EnableWhen(
      String question,
      Operator operator,
      Optional<Boolean> answerBoolean,
      Optional<Integer> answerInteger,
      Optional<Double> answerDecimal,
      Optional<String> answerDate,
      Optional<String> answerString,
      Optional<Coding> answerCoding,
      Optional<Quantity> answerQuantity) {}

  /** How an answer is compared. */
  public enum Operator {
    @JsonProperty("exists")
    EXISTS,
    @JsonProperty("=")
    EQUAL,
    @JsonProperty("!=")
    NOT_EQUAL,
    @JsonProperty(">")
    GREATER,
    @JsonProperty("<")
    LESS,
    @JsonProperty(">=")
    AT_LEAST,
    @JsonProperty("<=")
    AT_MOST
  }

  /** Whether all conditions must hold or any one. */
  public enum Behaviour implements Wire {
    ALL,
    ANY
  }

  @JsonIgnore
  boolean isRequired() {
    return required.orElse(false) || danger().isPresent();
  }

  @JsonIgnore
  boolean mayRepeat() {
    return repeats.orElse(false);
  }

  @JsonIgnore
  boolean isHidden() {
    return flag(Extension.HIDDEN);
  }

  @JsonIgnore
  boolean isReadOnly() {
    return readOnly.orElse(false);
  }

  @JsonIgnore
  boolean mayLieAhead() {
    return flag(Extension.MAY_LIE_AHEAD);
  }

  /** What a yes means, when this is a danger sign. */
  @JsonIgnore
  Optional<Urgency> danger() {
    return Extension.of(extension, Extension.DANGER)
        .flatMap(Extension::valueCode)
        .flatMap(Item::urgency);
  }

  static Optional<Urgency> urgency(String wire) {
    for (var urgency : Urgency.values()) {
      if (urgency.wire().equals(wire)) {
        return Optional.of(urgency);
      }
    }
    return Optional.empty();
  }

  @JsonIgnore
  boolean isObservation() {
    return Extension.of(extension, Extension.MAP)
        .flatMap(Extension::valueCode)
        .filter("observation"::equals)
        .isPresent();
  }

  /** The units that a quantity may have, the usual one first. */
  @JsonIgnore
  List<Coding> units() {
    return extension.stream()
        .filter(one -> one.url().equals(Extension.UNIT))
        .flatMap(one -> one.valueCoding().stream())
        .toList();
  }

  @JsonIgnore
  Optional<Integer> decimals() {
    return Extension.of(extension, Extension.DECIMALS).flatMap(Extension::valueInteger);
  }

  @JsonIgnore
  int charsMax() {
    return maxLength.orElse(type == ItemType.TEXT ? TEXT_CHARS_MAX : STRING_CHARS_MAX);
  }

  private boolean flag(String url) {
    return Extension.of(extension, url).flatMap(Extension::valueBoolean).orElse(false);
  }
}
