package org.consilium.scheduling.offer;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.identity.SiteRef;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Age;

/** All that an offer may say of the patient: kept with it, as it was said. */
record About(
    Age age,
    String sex,
    String question,
    Urgency urgency,
    String specialty,
    ConsultMode mode,
    String patientLanguage,
    String clinicLanguage,
    SiteRef site,
    Optional<Instant> answerDueAt) {}
