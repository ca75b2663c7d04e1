package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.consilium.platform.http.Wire;
import org.consilium.records.request.ObservationStore;
import org.consilium.records.triage.Consciousness;

/** Observations of FHIR as the findings that the product's forms ask for. */
final class Findings {
  /** How awake somebody is (AVPU), under our own word. */
  private static final String AVPU = "avpu";

  private final Write write;
  private final Command command;

  /**
   * @param command gets {@code vitals}, {@code consciousness} and {@code dangerSigns}
   */
  Findings(Write write, Command command) {
    this.write = write;
    this.command = command;
  }

  /**
   * @param base where the findings are in the command's body, for example {@code /assessment}
   */
  void add(Given observation, String base) {
    finished(observation);
    var code = observation.at("code");
    var vital = Vital.meant(code.peek());
    if (isPanel(code)) {
      code.keep();
      pressures(observation, base);
    } else if (vital.isPresent()) {
      code.keep();
      measured(vital.get(), observation, observation, base);
    } else if (code.code(Vital.OWN).filter(AVPU::equals).isPresent()) {
      awake(observation, base);
    } else if (code.code(ObservationStore.DANGER_SIGNS).isPresent()) {
      danger(observation, code.code(ObservationStore.DANGER_SIGNS).get(), base);
    } else {
      write.fault(
          code,
          "This is not kept here. What is: LOINC %s; %s|%s; %s."
              .formatted(loinc(), Vital.OWN, AVPU, ObservationStore.DANGER_SIGNS));
    }
    observation.all("category").forEach(Findings::known);
  }

  private static String loinc() {
    return Arrays.stream(Vital.values())
        .map(vital -> vital.concept().at("/coding/0/code").asText())
        .collect(Collectors.joining(", "));
  }

  private void finished(Given observation) {
    if (!observation.says("status", "final")) {
      write.fault(
          observation.at("status"), "Only what is final is kept; a correction is a new one.");
    }
  }

  /** Which category it is follows from the code. */
  private static void known(Given category) {
    category.keep();
  }

  private static boolean isPanel(Given code) {
    return code.all("coding")
        .anyMatch(coding ->
            coding.peek().path("system").asText().equals(Fhir.LOINC)
                && coding.peek().path("code").asText().equals(Vital.PRESSURE_PANEL));
  }

  private void pressures(Given panel, String base) {
    for (var component : panel.all("component").toList()) {
      Vital.meant(component.at("code").peek())
          .filter(Vital::isPressure)
          .ifPresentOrElse(
              vital -> {
                component.at("code").keep();
                measured(vital, component, panel, base);
              },
              () -> write.fault(component.at("code"), "A pressure is systolic or diastolic."));
    }
    if (!panel.at("component").isThere()) {
      write.fault(panel, "Write both pressures as components.");
    }
  }

  private void measured(Vital vital, Given holder, Given observation, String base) {
    var quantity = holder.at("valueQuantity");
    if (!quantity.peek().has("value") || !quantity.peek().has("code")) {
      write.fault(quantity, "Write a number with its unit as a code of UCUM.");
      return;
    }
    if (!quantity.says("system", Fhir.UCUM)) {
      write.fault(quantity.at("system"), "Write the unit in UCUM (%s).".formatted(Fhir.UCUM));
    }
    if (quantity.peek().has("comparator")) {
      write.fault(quantity.at("comparator"), "Only a measured number is kept.");
    }
    quantity.at("unit").keep();
    var sign = Fhir.object().put("code", Wire.of(vital));
    sign.set("value", quantity.at("value").json());
    quantity.text("code").ifPresent(unit -> sign.put("unit", unit));
    taken(observation, sign);
    observation.at("method").concept().ifPresent(method -> sign.put("method", method));
    command.add(base + "/vitals", sign, holder == observation ? quantity : holder);
  }

  private static void taken(Given observation, ObjectNode sign) {
    Moment.of(observation.at("effectiveDateTime"))
        .or(() -> Moment.of(observation.at("effectiveInstant")))
        .ifPresent(at -> sign.put("takenAt", at.toString()));
  }

  private void awake(Given observation, String base) {
    var value = observation.at("valueCodeableConcept");
    var level =
        value
            .concept()
            .filter(
                said -> Arrays.stream(Consciousness.values()).map(Wire::of).anyMatch(said::equals));
    if (level.isEmpty()) {
      write.fault(value, "Write alert, voice, pain or unresponsive.");
    }
    command.put(base + "/consciousness", level, value);
  }

  private void danger(Given observation, String code, String base) {
    var value = observation.at("valueBoolean");
    if (!value.isThere()) {
      write.fault(value, "Say whether it is there.");
      return;
    }
    var answer = Fhir.object().put("code", code);
    answer.set("present", value.json());
    command.add(base + "/dangerSigns", answer, observation);
  }
}
