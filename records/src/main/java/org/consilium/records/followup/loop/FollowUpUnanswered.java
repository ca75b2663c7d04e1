package org.consilium.records.followup.loop;

import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.ConsultId;

/**
 * Three reminders of a consult that was open went unanswered: lost to follow-up, until news come.
 */
public record FollowUpUnanswered(ConsultId consult, UUID check, Instant at)
    implements DomainEvent {}
