package org.consilium.records.request;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.AgeGroup;
import org.consilium.records.patient.Sex;
import org.consilium.records.triage.Urgency;

/**
 * What finding a specialist needs of a request.
 *
 * @param specialty empty when the coordinator shall decide
 * @param computed what the findings mean
 * @param requested what the clinician asks for
 * @param genderWish about the specialist, if the patient has one
 */
public record SubmittedRequest(
    ConsultId consult,
    OrganisationId organisation,
    SiteId site,
    PatientId patient,
    AccountId requester,
    Age age,
    AgeGroup ageGroup,
    Sex sex,
    String patientLanguage,
    String clinicLanguage,
    ConsultMode mode,
    Optional<String> specialty,
    String question,
    Urgency computed,
    Urgency requested,
    Optional<GenderWish> genderWish,
    Instant submittedAt) {}
