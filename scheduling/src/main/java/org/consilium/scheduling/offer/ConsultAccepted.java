package org.consilium.scheduling.offer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.PatientId;

/** A specialist took a consult. */
public record ConsultAccepted(
    OfferId offer, ConsultId consult, PatientId patient, AccountId by, Instant at)
    implements DomainEvent {}
