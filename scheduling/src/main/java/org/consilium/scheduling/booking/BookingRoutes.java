package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.availability.TimeSlot;

/** HTTP for free times, holds and appointments. */
final class BookingRoutes {
  private static final int SHOWN_MAX = 200;

  record Book(
      Instant start,
      int minutes,
      Optional<AccountId> interpreterId,
      Optional<AccountId> navigatorId,
      List<UUID> deviceIds,
      boolean withoutInterpreter) {
    TimeSlot slot() {
      return TimeSlot.of(start, Duration.ofMinutes(minutes));
    }

    Needs needs() {
      return new Needs(interpreterId, navigatorId, deviceIds, withoutInterpreter);
    }
  }

  record Move(Instant start, int minutes, Optional<String> reason) {}

  record Reason(String reason) {}

  record NoShow(List<ResourceRole> absent, Optional<String> reason) {}

  record Outcome(String outcome, Optional<String> reason) {}

  record Free(List<TimeSlot> items, List<BookingViews.Participant> people) {}

  record Listed(List<BookingViews.View> items) {}

  private final Platform platform;
  private final BookingService service;
  private final Attendance attendance;
  private final AppointmentStore appointments;
  private final BookingViews views;

  BookingRoutes(
      Platform platform,
      BookingService service,
      Attendance attendance,
      AppointmentStore appointments,
      BookingViews views) {
    this.platform = platform;
    this.service = service;
    this.attendance = attendance;
    this.appointments = appointments;
    this.views = views;
  }

  Routes addTo(Routes routes) {
    return routes
        .operation("listSlots", this::slots)
        .operation("bookAppointment", this::book)
        .operation("holdSlot", this::hold)
        .operation("confirmHold", this::confirmHold)
        .operation("releaseHold", this::releaseHold)
        .operation("listAppointments", this::list)
        .operation("cancelAppointment", this::cancel)
        .operation("rescheduleAppointment", this::reschedule)
        .operation("confirmAppointment", this::confirm)
        .operation("arriveAtAppointment", this::arrive)
        .operation("missAppointment", this::noShow)
        .operation("closeAppointment", this::outcome);
  }

  private Answer slots(Call call) {
    var length =
        call.queryNumber("minutes").map(Duration::ofMinutes).orElse(BookingService.LENGTH_USUAL);
    int days = call.queryNumber("days").orElse(BookingService.DAYS_USUAL);
    var free = service.slots(call.tx(), consult(call), length, days, needs(call));
    return Answer.ok(
        new Free(free.slots(), free.people().stream().map(BookingViews.Participant::of).toList()));
  }

  private static Needs needs(Call call) {
    var devices =
        call.query(
                "deviceIds",
                ids -> Arrays.stream(ids.split(",")).map(UUID::fromString).toList(),
                "Write ids with commas between.")
            .orElse(List.of());
    return new Needs(
        call.queryId("interpreterId").map(AccountId::new),
        call.queryId("navigatorId").map(AccountId::new),
        devices,
        // Looking at times is not yet booking without one.
        true);
  }

  private Answer book(Call call) {
    var body = call.body(Book.class);
    var id = service.book(call.tx(), consult(call), body.slot(), body.needs());
    return Answer.created(views.of(call.tx(), id));
  }

  private Answer hold(Call call) {
    var body = call.body(Book.class);
    var id = service.hold(call.tx(), consult(call), body.slot(), body.needs());
    return Answer.created(views.of(call.tx(), id));
  }

  private Answer confirmHold(Call call) {
    var id = new AppointmentId(call.pathId("holdId"));
    return Answer.ok(views.of(call.tx(), service.confirmHold(call.tx(), id)));
  }

  private Answer releaseHold(Call call) {
    service.release(call.tx(), new AppointmentId(call.pathId("holdId")));
    return Answer.noContent();
  }

  private Answer list(Call call) {
    var tx = call.tx();
    var me = call.caller();
    var shown =
        switch (me.role()) {
          case CLINICIAN, SCHEDULER, SUPERVISOR ->
              appointments.shown(tx, me.organisation(), SHOWN_MAX);
          case SPECIALIST,
              INTERPRETER,
              OBSERVER,
              ADMINISTRATOR,
              DATA_OFFICER,
              PROGRAM,
              WORKER,
              NOBODY ->
              appointments.shown(tx, me.account(), SHOWN_MAX);
        };
    var consults = shown.stream().map(a -> a.consult().toString()).collect(Collectors.joining(","));
    platform.audit().append(tx, "appointment.list", Subject.none().part("consults", consults));
    return Answer.ok(new Listed(views.views(tx, shown)));
  }

  private Answer cancel(Call call) {
    service.cancel(call.tx(), appointment(call), call.body(Reason.class).reason());
    return shown(call);
  }

  private Answer reschedule(Call call) {
    var body = call.body(Move.class);
    var slot = TimeSlot.of(body.start(), Duration.ofMinutes(body.minutes()));
    var next =
        service.reschedule(call.tx(), appointment(call), slot, Optional.empty(), body.reason());
    return Answer.created(views.of(call.tx(), next));
  }

  private Answer confirm(Call call) {
    attendance.confirm(call.tx(), appointment(call));
    return shown(call);
  }

  private Answer arrive(Call call) {
    attendance.arrive(call.tx(), appointment(call));
    return shown(call);
  }

  private Answer noShow(Call call) {
    var body = call.body(NoShow.class);
    attendance.noShow(call.tx(), appointment(call), body.absent(), body.reason());
    return shown(call);
  }

  private Answer outcome(Call call) {
    var body = call.body(Outcome.class);
    boolean wholly = body.outcome().equals("done");
    attendance.outcome(call.tx(), appointment(call), wholly, body.reason());
    return shown(call);
  }

  private Answer shown(Call call) {
    return Answer.ok(views.of(call.tx(), appointment(call)));
  }

  private static AppointmentId appointment(Call call) {
    return new AppointmentId(call.pathId("appointmentId"));
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
