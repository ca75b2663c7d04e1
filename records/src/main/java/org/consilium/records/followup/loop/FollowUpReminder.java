package org.consilium.records.followup.loop;

import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.ConsultId;

/**
 * The clinic is to be asked how the patient fares; {@link FollowUpLoop#ask} says whom, and makes
 * the link.
 *
 * @param number 1 to 3
 */
public record FollowUpReminder(ConsultId consult, UUID check, int number, Instant at)
    implements DomainEvent {}
