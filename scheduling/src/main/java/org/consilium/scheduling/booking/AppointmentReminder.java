package org.consilium.scheduling.booking;

import java.time.Instant;
import java.util.List;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;

/** An appointment draws near: a day, two hours or a quarter of an hour before it. */
public record AppointmentReminder(
    AppointmentId appointment,
    ConsultId consult,
    NoticeKind kind,
    Instant start,
    List<AccountId> to)
    implements DomainEvent {}
