package org.consilium.scheduling.booking;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;

/**
 * Everybody's time was moved at once: {@code appointment} stands in the place of {@code replaces}.
 */
public record AppointmentRescheduled(
    AppointmentId appointment,
    AppointmentId replaces,
    ConsultId consult,
    Instant start,
    Instant end)
    implements DomainEvent {}
