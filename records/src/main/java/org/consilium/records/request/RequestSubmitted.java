package org.consilium.records.request;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.triage.Urgency;

/** A clinic has asked. */
public record RequestSubmitted(
    ConsultId consult,
    OrganisationId organisation,
    SiteId site,
    PatientId patient,
    AccountId requester,
    Urgency computed,
    Urgency requested,
    Instant at)
    implements DomainEvent {}
