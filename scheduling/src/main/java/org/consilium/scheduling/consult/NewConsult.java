package org.consilium.scheduling.consult;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;

/**
 * A submitted request, as much of it as placing it needs. Never the patient's name.
 *
 * @param id made by the client, so that sending twice makes one consult
 * @param patientLanguage BCP 47
 * @param clinicLanguage BCP 47, of the text and of the clinician
 * @param genderWish about the specialist, if the patient has one
 */
public record NewConsult(
    ConsultId id,
    OrganisationId organisation,
    SiteId site,
    PatientId patient,
    AccountId requester,
    Age age,
    AgeGroup ageGroup,
    String sex,
    String patientLanguage,
    String clinicLanguage,
    ConsultMode mode,
    Optional<String> specialty,
    String question,
    Urgency computed,
    Urgency requested,
    Optional<GenderWish> genderWish,
    Instant submittedAt) {}
