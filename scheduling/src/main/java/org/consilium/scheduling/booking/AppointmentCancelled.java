package org.consilium.scheduling.booking;

import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;

/** An appointment was cancelled and everybody's time is free again. */
public record AppointmentCancelled(AppointmentId appointment, ConsultId consult)
    implements DomainEvent {}
