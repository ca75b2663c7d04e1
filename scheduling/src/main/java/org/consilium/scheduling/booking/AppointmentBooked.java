package org.consilium.scheduling.booking;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;

/** Everybody's time for a consult is booked. */
public record AppointmentBooked(
    AppointmentId appointment, ConsultId consult, Instant start, Instant end)
    implements DomainEvent {}
