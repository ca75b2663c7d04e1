package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.Catalogue;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;

/** What matching must know of a consult: nothing that names the patient. */
public record Case(
    AccountId requester,
    Optional<String> specialty,
    AgeGroup ageGroup,
    String patientLanguage,
    String clinicLanguage,
    String patientCountry,
    ConsultMode mode,
    Urgency urgency,
    ZoneId clinicZone,
    Catalogue catalogue,
    Weights weights,
    Instant now) {}
