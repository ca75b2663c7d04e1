package org.consilium.records.followup;

import java.time.LocalDate;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.ConsultId;

/** News of the patient is due on this day, by the calendar of the clinic's site. */
public record FollowUpSet(ConsultId consult, LocalDate dueOn) implements DomainEvent {}
