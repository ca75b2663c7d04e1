package org.consilium.records.fhir;

import java.util.List;
import org.consilium.platform.Platform;
import org.consilium.records.request.ConsultIntake;

/** The table of types: what is here is routed, searched and told of in the CapabilityStatement. */
public final class FhirTypes {
  private FhirTypes() {}

  /** The facade of this build. */
  public static FhirFacade facade(Platform platform, ConsultIntake intake) {
    return new FhirFacade(
        platform,
        List.of(
            new PatientType(),
            new AllergyType(),
            new ServiceRequestType(intake),
            new ObservationType(),
            new CommunicationType(),
            new ConsentType(),
            new PersonType(),
            new RoleType(),
            new OrganizationType(),
            new LocationType()));
  }
}
