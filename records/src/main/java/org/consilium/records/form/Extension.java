package org.consilium.records.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** A FHIR extension; only the values that the subset uses. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Extension(
    String url,
    Optional<String> valueString,
    Optional<String> valueCode,
    Optional<Integer> valueInteger,
    Optional<Double> valueDecimal,
    Optional<Boolean> valueBoolean,
    Optional<Coding> valueCoding,
    Optional<Quantity> valueQuantity,
    List<Extension> extension) {
  private static final String HL7 = "http://hl7.org/fhir/StructureDefinition/";
  private static final String OWN = "urn:consilium:extension:";

  static final String MINIMUM = HL7 + "minValue";
  static final String MAXIMUM = HL7 + "maxValue";
  static final String UNIT = HL7 + "questionnaire-unitOption";
  static final String HIDDEN = HL7 + "questionnaire-hidden";
  static final String DECIMALS = HL7 + "maxDecimalPlaces";
  static final String TRANSLATION = HL7 + "translation";

  /**
   * Limits for some ages: parts {@code fromAgeDays}, {@code toAgeDays}, {@code min}, {@code max}.
   */
  static final String RANGE_AT_AGE = OWN + "range-at-age";

  /** A yes is a danger sign of this urgency; the question is never left blank. */
  static final String DANGER = OWN + "danger";

  /** Where the answer is written besides: {@code observation}. */
  static final String MAP = OWN + "map";

  /** A date or time that may lie ahead, for example when a child is due. */
  static final String MAY_LIE_AHEAD = OWN + "may-lie-ahead";

  static final String APPROVAL = OWN + "approval";
  static final String APPLIES = OWN + "applies";

  public Extension {
    extension = extension == null ? List.of() : List.copyOf(extension);
  }

  /** The first of this name. */
  static Optional<Extension> of(List<Extension> among, String url) {
    return among.stream().filter(one -> url.equals(one.url())).findFirst();
  }

  /** The number of an integer or a decimal. */
  Optional<Double> number() {
    return valueDecimal
        .or(() -> valueInteger.map(Integer::doubleValue))
        .or(() -> valueQuantity.map(Quantity::value));
  }
}
