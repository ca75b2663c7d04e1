package org.consilium.records;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.consilium.platform.http.Json;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/** HL7's profiles of the International Patient Summary 2.0.0, for the validator. */
final class IpsProfiles extends PrePopulatedValidationSupport {
  IpsProfiles(FhirContext context) {
    super(context);
    var parser = context.newJsonParser();
    try (var file = IpsProfiles.class.getResourceAsStream("/ips/profiles.json")) {
      for (var definition : Json.MAPPER.readTree(file)) {
        switch (parser.parseResource(definition.toString())) {
          case StructureDefinition profile -> addStructureDefinition(profile);
          case ValueSet codes -> addValueSet(codes);
          default -> throw new IllegalStateException("Neither a profile nor a set of codes");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
