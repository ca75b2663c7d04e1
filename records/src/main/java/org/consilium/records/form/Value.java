package org.consilium.records.form;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One value in one of FHIR's shapes: an answer, an option, an initial value. Exactly one is there.
 */
public record Value(
    Optional<Boolean> valueBoolean,
    Optional<Integer> valueInteger,
    Optional<Double> valueDecimal,
    Optional<String> valueDate,
    Optional<String> valueDateTime,
    Optional<String> valueTime,
    Optional<String> valueString,
    Optional<Coding> valueCoding,
    Optional<Quantity> valueQuantity,
    Optional<Attached> valueAttachment) {

  /** A file of the same consult. */
  public record Attached(UUID id, Optional<String> title) {}

  /** The names of the values that are there. */
  @JsonIgnore
  List<String> kinds() {
    return Stream.of(
            name("valueBoolean", valueBoolean),
            name("valueInteger", valueInteger),
            name("valueDecimal", valueDecimal),
            name("valueDate", valueDate),
            name("valueDateTime", valueDateTime),
            name("valueTime", valueTime),
            name("valueString", valueString),
            name("valueCoding", valueCoding),
            name("valueQuantity", valueQuantity),
            name("valueAttachment", valueAttachment))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> name(String name, Optional<?> value) {
    return value.map(_ -> name);
  }
}
