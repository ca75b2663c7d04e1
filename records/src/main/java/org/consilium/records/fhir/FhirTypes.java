package org.consilium.records.fhir;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.records.attachment.Attachments;
import org.consilium.records.letter.LetterService;
import org.consilium.records.request.ConsultIntake;

/** The table of types: what is here is routed, searched and told of in the CapabilityStatement. */
public final class FhirTypes {
  private FhirTypes() {}

  /**
   * The facade of this build.
   *
   * @param publicUrl where people reach the product, when a proxy stands before it
   */
  public static FhirFacade facade(
      Platform platform,
      ConsultIntake intake,
      Attachments attachments,
      LetterService letters,
      KeptElsewhere elsewhere,
      Optional<URI> publicUrl) {
    var documents = new DocumentReferenceType(attachments.uploads());
    var types =
        List.of(
            new PatientType(),
            new AllergyType(),
            new ConditionType(),
            new MedicationStatementType(),
            new ImmunizationType(),
            new ServiceRequestType(intake, platform.directory()),
            new ObservationType(),
            new CommunicationType(platform.directory()),
            new CompositionType(),
            documents,
            new MedicationRequestType(),
            new CarePlanType(),
            new ProvenanceType(),
            new QuestionnaireType(),
            new QuestionnaireResponseType(),
            new ConsentType(),
            new PersonType(),
            new RoleType(),
            new OrganizationType(),
            new LocationType(),
            new TaskType(elsewhere.consults()),
            new AppointmentType(elsewhere.appointments()),
            new EncounterType(elsewhere.calls()),
            new ScheduleType(elsewhere.volunteers()),
            new SlotType(elsewhere.onCall()),
            new ServiceType(elsewhere.rotas()),
            new AuditType(platform));
    return new FhirFacade(
        platform,
        types,
        List.of(
            new DocumentOperation(platform, types),
            new SummaryOperation(platform, types),
            new BinaryOperation(documents, attachments.files(), letters, publicUrl)));
  }
}
