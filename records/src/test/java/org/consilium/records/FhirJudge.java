package org.consilium.records;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * HL7's own validator: what it calls an error in our FHIR is one. Slow to start: one for all tests.
 */
public final class FhirJudge {
  /** Bound as preferred in R4, to a list that lacks Amharic, Burmese and others. */
  private static final Set<String> ONLY_PREFERRED =
      Set.of("http://hl7.org/fhir/ValueSet/languages");

  private static final FhirContext CONTEXT = FhirContext.forR4();
  private static final IValidationSupport DEFINITIONS = definitions(CONTEXT);
  private static final FhirValidator VALIDATOR = validator();

  private FhirJudge() {}

  private static IValidationSupport definitions(FhirContext context) {
    return new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        new IpsProfiles(context),
        new SnapshotGeneratingValidationSupport(context),
        new InMemoryTerminologyServerValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context));
  }

  private static FhirValidator validator() {
    var instances = new FhirInstanceValidator(DEFINITIONS);
    instances.setErrorForUnknownProfiles(true);
    // LOINC and the like are not at hand.
    instances.setNoTerminologyChecks(false);
    return CONTEXT.newValidator().registerValidatorModule(instances);
  }

  /** HL7's definitions of R4. */
  public static IValidationSupport definitions() {
    return DEFINITIONS;
  }

  /** What is wrong with a resource; empty when nothing is. */
  public static List<String> errors(byte[] json) {
    return VALIDATOR
        .validateWithResult(new String(json, java.nio.charset.StandardCharsets.UTF_8))
        .getMessages()
        .stream()
        .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .filter(message -> ONLY_PREFERRED.stream().noneMatch(message.getMessage()::contains))
        .map(FhirJudge::words)
        .toList();
  }

  private static String words(SingleValidationMessage message) {
    return message.getLocationString() + ": " + message.getMessage();
  }
}
