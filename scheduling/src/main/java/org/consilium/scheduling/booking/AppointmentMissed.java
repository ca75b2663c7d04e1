package org.consilium.scheduling.booking;

import java.util.List;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;

/** An appointment did not take place because somebody did not come. */
public record AppointmentMissed(
    AppointmentId appointment, ConsultId consult, List<ResourceRole> absent)
    implements DomainEvent {}
