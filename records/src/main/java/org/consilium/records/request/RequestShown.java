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
import org.consilium.records.triage.VitalLimits;

/**
 * A case form as the contract shows it.
 *
 * @param reachesPatient whether the specialist will see or speak to the patient, which may need a
 *     licence of the patient's country
 * @param triage after the newest supplement
 * @param vitalLimits what is usual in this patient, and what dangerous by the rules of today
 * @param dropped a sentence for each answer that the last save left out, since it is not asked
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
    List<Consent> consents,
    List<Supplement.Shown> supplements,
    List<VitalLimits> vitalLimits,
    List<String> dropped) {

  static RequestShown draft(
      Request request,
      Patient.Shared patient,
      PersonRef requester,
      Triage triage,
      List<VitalLimits> vitalLimits,
      List<String> dropped) {
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
        List.of(),
        List.of(),
        vitalLimits,
        dropped);
  }

  static RequestShown sent(
      Request request,
      Request.Sent sent,
      Patient.Shared patient,
      PersonRef requester,
      List<Consent> consents,
      List<Supplement.Shown> supplements,
      List<VitalLimits> vitalLimits) {
    return new RequestShown(
        request.consult(),
        request.status(),
        request.revision(),
        patient,
        requester,
        request.content(),
        supplements.isEmpty() ? sent.triage() : supplements.getLast().triage(),
        request.content().mode().reachesPatient(),
        Optional.of(sent.urgencyRequested()),
        sent.urgencyReason(),
        request.savedAt(),
        Optional.of(sent.submittedAt()),
        consents,
        supplements,
        vitalLimits,
        List.of());
  }
}
