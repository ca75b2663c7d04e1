package org.consilium.records.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.consent.Consent;
import org.consilium.records.patient.Patient;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.Urgency;

/**
 * A case form as the contract shows it.
 *
 * @param reachesPatient whether the specialist will see or speak to the patient, which may need a
 *     licence of the patient's country
 */
public record RequestShown(
    ConsultId consultId,
    Request.Status status,
    int revision,
    Patient.Shared patient,
    PersonRef requester,
    RequestContent content,
    Triage triage,
    boolean reachesPatient,
    Optional<Urgency> urgencyRequested,
    Optional<String> urgencyReason,
    Instant savedAt,
    Optional<Instant> submittedAt,
    List<Consent> consents) {

  static RequestShown draft(
      Request request, Patient.Shared patient, PersonRef requester, Triage triage) {
    return new RequestShown(
        request.consult(),
        request.status(),
        request.revision(),
        patient,
        requester,
        request.content(),
        triage,
        request.content().mode().reachesPatient(),
        Optional.empty(),
        Optional.empty(),
        request.savedAt(),
        Optional.empty(),
        List.of());
  }

  static RequestShown sent(
      Request request,
      Request.Sent sent,
      Patient.Shared patient,
      PersonRef requester,
      List<Consent> consents) {
    return new RequestShown(
        request.consult(),
        request.status(),
        request.revision(),
        patient,
        requester,
        request.content(),
        sent.triage(),
        request.content().mode().reachesPatient(),
        Optional.of(sent.urgencyRequested()),
        sent.urgencyReason(),
        request.savedAt(),
        Optional.of(sent.submittedAt()),
        consents);
  }
}
