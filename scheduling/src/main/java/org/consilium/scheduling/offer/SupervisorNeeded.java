package org.consilium.scheduling.offer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.Urgency;

/** Nobody took a consult in time: the supervisor of its organisation is to be telephoned. */
public record SupervisorNeeded(
    ConsultId consult, OrganisationId organisation, Urgency urgency, Instant at)
    implements DomainEvent {}
