package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.consilium.platform.http.Wire;

/**
 * What a vital sign is called in LOINC, where that is certain. This material contains content from
 * LOINC (http://loinc.org), copyright Regenstrief Institute, Inc. and the LOINC Committee,
 * available at no cost under the license at http://loinc.org/license.
 */
enum Vital {
  TEMPERATURE("8310-5", "Body temperature", Category.VITAL_SIGNS),
  HEART_RATE("8867-4", "Heart rate", Category.VITAL_SIGNS),
  RESPIRATORY_RATE("9279-1", "Respiratory rate", Category.VITAL_SIGNS),
  SYSTOLIC("8480-6", "Systolic blood pressure", Category.VITAL_SIGNS),
  DIASTOLIC("8462-4", "Diastolic blood pressure", Category.VITAL_SIGNS),
  OXYGEN_SATURATION(
      "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", Category.VITAL_SIGNS),
  OXYGEN_FLOW("3151-8", "Inhaled oxygen flow rate", Category.EXAM),
  CAPILLARY_REFILL("capillary-refill", "Capillary refill time", Category.EXAM),
  WEIGHT("29463-7", "Body weight", Category.VITAL_SIGNS),
  HEIGHT("8302-2", "Body height", Category.VITAL_SIGNS),
  /** LOINC has it for the left and for the right arm only; the form does not say which. */
  MUAC("muac", "Mid upper arm circumference", Category.EXAM),
  GLUCOSE("15074-8", "Glucose [Moles/volume] in Blood", Category.LABORATORY),
  PAIN("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", Category.SURVEY);

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

  /** The namespace of our own words for what is measured. */
  static final String OWN = "urn:consilium:code:observation";

  /** What the panel of both pressures is called in LOINC. */
  static final String PRESSURE_PANEL = "85354-9";

  static final String PRESSURE_UNIT = "mm[Hg]";

  private final String code;
  private final String display;
  private final Category category;

  Vital(String code, String display, Category category) {
    this.code = code;
    this.display = display;
    this.category = category;
  }

  /** The vital sign that the record keeps under this code. */
  static Optional<Vital> kept(String code) {
    return Arrays.stream(values()).filter(vital -> vital.code.equals(code)).findFirst();
  }

  /** The panel that both pressures are part of. */
  static ObjectNode pressure() {
    return Fhir.concept(
        Fhir.LOINC, PRESSURE_PANEL, "Blood pressure panel with all children optional");
  }

  /** The vital sign that a concept of others means. */
  static Optional<Vital> meant(JsonNode concept) {
    return StreamSupport.stream(concept.path("coding").spliterator(), false)
        .flatMap(coding ->
            Arrays.stream(values())
                .filter(vital ->
                    vital.systemOf().equals(coding.path("system").asText())
                        && vital.isCalled(coding.path("code").asText())))
        .findFirst();
  }

  private String systemOf() {
    return isOfLoinc() ? Fhir.LOINC : OWN;
  }

  private boolean isCalled(String other) {
    return code.equals(other) || (this == OXYGEN_SATURATION && other.equals("2708-6"));
  }

  private boolean isOfLoinc() {
    return Character.isDigit(code.charAt(0));
  }

  ObjectNode concept() {
    if (!isOfLoinc()) {
      return Fhir.concept(OWN, code, display);
    }
    var concept = Fhir.concept(Fhir.LOINC, code, display);
    if (this == OXYGEN_SATURATION) {
      // The code that the profile of FHIR asks for; pulse oximetry is said beside it.
      ((ArrayNode) concept.path("coding"))
          .insert(0, Fhir.coding(Fhir.LOINC, "2708-6", "Oxygen saturation in Arterial blood"));
    }
    return concept;
  }

  boolean isPressure() {
    return this == SYSTOLIC || this == DIASTOLIC;
  }

  Category category() {
    return category;
  }
}
