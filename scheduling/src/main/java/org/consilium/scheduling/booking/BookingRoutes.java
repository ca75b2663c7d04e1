package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.availability.TimeSlot;

/** HTTP for slots and appointments. */
public final class BookingRoutes {
  private static final int COMING_MAX = 200;

  record Book(Instant start, int minutes, Optional<AccountId> interpreterId) {}

  record Cancel(String reason) {}

  record Free(List<TimeSlot> items, List<BookingViews.Participant> people) {}

  record Listed(List<BookingViews.View> items) {}

  private final Platform platform;
  private final BookingService service;
  private final BookingStore bookings;
  private final BookingViews views;

  public BookingRoutes(
      Platform platform, BookingService service, BookingStore bookings, BookingViews views) {
    this.platform = platform;
    this.service = service;
    this.bookings = bookings;
    this.views = views;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listSlots", this::slots)
        .operation("bookAppointment", this::book)
        .operation("listAppointments", this::list)
        .operation("cancelAppointment", this::cancel);
  }

  private Answer slots(Call call) {
    var length =
        call.queryNumber("minutes").map(Duration::ofMinutes).orElse(BookingService.LENGTH_USUAL);
    int days = call.queryNumber("days").orElse(BookingService.DAYS_USUAL);
    var interpreter = call.query("interpreterId").map(UUID::fromString).map(AccountId::new);
    var free = service.slots(call.tx(), consult(call), length, days, interpreter);
    return Answer.ok(
        new Free(free.slots(), free.people().stream().map(BookingViews.Participant::of).toList()));
  }

  private Answer book(Call call) {
    var body = call.body(Book.class);
    var length = Duration.ofMinutes(body.minutes());
    var id = service.book(call.tx(), consult(call), body.start(), length, body.interpreterId());
    return Answer.created(view(call.tx(), id));
  }

  private Answer list(Call call) {
    var tx = call.tx();
    var me = call.caller();
    var coming =
        switch (me.role()) {
          case CLINICIAN, SCHEDULER, SUPERVISOR ->
              bookings.coming(tx, me.organisation(), COMING_MAX);
          case SPECIALIST, INTERPRETER, OBSERVER, ADMINISTRATOR, DATA_OFFICER, WORKER, NOBODY ->
              bookings.coming(tx, me.account(), COMING_MAX);
        };
    var shown = coming.stream().map(a -> a.consult().toString()).collect(Collectors.joining(","));
    platform.audit().append(tx, "appointment.list", Subject.none().part("consults", shown));
    return Answer.ok(new Listed(views.views(tx, coming)));
  }

  private Answer cancel(Call call) {
    var id = new AppointmentId(call.pathId("appointmentId"));
    service.cancel(call.tx(), id, call.body(Cancel.class).reason());
    return Answer.ok(view(call.tx(), id));
  }

  private BookingViews.View view(Tx tx, AppointmentId id) {
    var appointment = bookings.find(tx, id).orElseThrow(BookingService::notFound);
    return views.views(tx, List.of(appointment)).getFirst();
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
