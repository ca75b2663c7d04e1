package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.consilium.platform.http.Wire;
import org.consilium.records.triage.VitalCode;

/**
 * What a vital sign is called in LOINC, and its unit in UCUM. This material contains content from
 * LOINC (http://loinc.org), copyright Regenstrief Institute, Inc. and the LOINC Committee,
 * available at no cost under the license at http://loinc.org/license.
 */
enum Vital {
  TEMPERATURE("8310-5", "Body temperature", "Cel", Category.VITAL_SIGNS),
  HEART_RATE("8867-4", "Heart rate", "/min", Category.VITAL_SIGNS),
  RESPIRATORY_RATE("9279-1", "Respiratory rate", "/min", Category.VITAL_SIGNS),
  SYSTOLIC("8480-6", "Systolic blood pressure", "mm[Hg]", Category.VITAL_SIGNS),
  DIASTOLIC("8462-4", "Diastolic blood pressure", "mm[Hg]", Category.VITAL_SIGNS),
  OXYGEN_SATURATION("2708-6", "Oxygen saturation in Arterial blood", "%", Category.VITAL_SIGNS),
  OXYGEN_FLOW("3151-8", "Inhaled oxygen flow rate", "L/min", Category.EXAM),
  CAPILLARY_REFILL("44963-7", "Capillary refill [Time]", "s", Category.EXAM),
  WEIGHT("29463-7", "Body weight", "kg", Category.VITAL_SIGNS),
  HEIGHT("8302-2", "Body height", "cm", Category.VITAL_SIGNS),
  /** LOINC has it for the left and for the right arm only; the form does not say which. */
  MUAC("", "Mid upper arm circumference", "mm", Category.EXAM),
  GLUCOSE("15074-8", "Glucose [Moles/volume] in Blood", "mmol/L", Category.LABORATORY),
  PAIN(
      "72514-3",
      "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
      "{score}",
      Category.SURVEY);

  /** What kind of observation, in HL7's words. */
  enum Category {
    VITAL_SIGNS("Vital Signs"),
    EXAM("Exam"),
    LABORATORY("Laboratory"),
    SURVEY("Survey");

    private final String display;

    Category(String display) {
      this.display = display;
    }

    String code() {
      return Wire.of(this);
    }

    String display() {
      return display;
    }
  }

  /** What {@link #named} calls the two pressures together. */
  static final String PRESSURE_NAME = "pressure";

  private static final String PRESSURE = "85354-9";

  private final String code;
  private final String display;
  private final String unit;
  private final Category category;

  Vital(String code, String display, String unit, Category category) {
    this.code = code;
    this.display = display;
    this.unit = unit;
    this.category = category;
  }

  static Vital of(VitalCode code) {
    return valueOf(code.name());
  }

  /** Our name of what LOINC calls {@code code}; something that matches nothing for other codes. */
  static String named(String code) {
    return code.equals(PRESSURE)
        ? PRESSURE_NAME
        : Arrays.stream(values())
            .filter(vital -> !vital.isPressure() && vital.code.equals(code))
            .map(Wire::of)
            .findFirst()
            .orElse("");
  }

  /** The panel that both pressures are part of. */
  static ObjectNode pressure() {
    return Fhir.concept(Fhir.LOINC, PRESSURE, "Blood pressure panel with all children optional");
  }

  ObjectNode concept() {
    return code.isEmpty() ? Fhir.text(display) : Fhir.concept(Fhir.LOINC, code, display);
  }

  boolean isPressure() {
    return this == SYSTOLIC || this == DIASTOLIC;
  }

  String unit() {
    return unit;
  }

  Category category() {
    return category;
  }
}
