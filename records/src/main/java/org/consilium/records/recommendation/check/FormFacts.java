package org.consilium.records.recommendation.check;

import java.math.BigDecimal;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.records.capability.CapabilityStore;
import org.consilium.records.patient.PatientService;
import org.consilium.records.request.RequestContent;
import org.consilium.records.request.RequestStore;
import org.consilium.records.triage.Pregnancy;
import org.consilium.records.triage.VitalCode;
import org.consilium.records.triage.VitalSign;

/** The facts of a case from the patient, the case form and what the site has. */
public final class FormFacts implements CaseFacts {
  private final PatientService patients;
  private final RequestStore requests;
  private final CapabilityStore capabilities;

  public FormFacts(PatientService patients, RequestStore requests, CapabilityStore capabilities) {
    this.patients = patients;
    this.requests = requests;
    this.capabilities = capabilities;
  }

  @Override
  public Facts of(Tx tx, Standing standing) {
    var patient = patients.asTheTeamSees(tx, standing);
    var form = requests.content(tx, standing.consult());
    var background = form.flatMap(RequestContent::background);
    return new Facts(
        patient.age(),
        patient.sex(),
        form.flatMap(RequestContent::assessment).flatMap(FormFacts::weight),
        background.flatMap(RequestContent.Background::pregnancy).map(Pregnancy::state),
        patient.allergies(),
        background.flatMap(RequestContent.Background::medicines).orElse(""),
        capabilities.current(tx, standing.owner(), standing.site()),
        tx.now());
  }

  /** The last one that was written down. */
  private static Optional<BigDecimal> weight(RequestContent.Assessment assessment) {
    return assessment.vitals().stream()
        .filter(vital -> vital.code() == VitalCode.WEIGHT)
        .reduce((_, later) -> later)
        .map(VitalSign::value)
        .map(BigDecimal::valueOf);
  }
}
