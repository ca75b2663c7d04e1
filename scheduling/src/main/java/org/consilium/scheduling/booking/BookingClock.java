package org.consilium.scheduling.booking;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.scheduling.booking.TimerStore.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what is due of appointments: reminders, who is missed, holds that run out, freed
 * time for those who wait, appointments that a change has broken. Each is a row, claimed and
 * carried out in one transaction, so several nodes may run this at once. Not on an event loop.
 */
public final class BookingClock {
  private static final Logger LOG = LoggerFactory.getLogger(BookingClock.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  /** More than that in one go and the next second takes the rest. */
  private static final int STEPS_MAX = 1_000;

  private final Platform platform;
  private final Database database;
  private final AppointmentStore appointments;
  private final TimerStore timers;
  private final Attendance attendance;
  private final Aftermath aftermath;
  private final WaitingList waiting;
  private final Mending mending;
  private final ZoneRelay zones;

  BookingClock(
      Platform platform,
      AppointmentStore appointments,
      TimerStore timers,
      Attendance attendance,
      Aftermath aftermath,
      WaitingList waiting,
      Mending mending,
      ZoneRelay zones) {
    this.platform = platform;
    this.database = platform.database();
    this.appointments = appointments;
    this.timers = timers;
    this.attendance = attendance;
    this.aftermath = aftermath;
    this.waiting = waiting;
    this.mending = mending;
    this.zones = zones;
  }

  /** Does everything that is due now and says how many steps it were. */
  public int runDue() {
    int steps = repeat(this::fireOne);
    steps += repeat(() -> database.asWorker(waiting::sweepOne));
    steps += mending.check();
    steps += repeat(zones::runOne);
    steps += repeat(this::fillOne);
    return steps + database.asWorker(waiting::lapse);
  }

  private static int repeat(BooleanSupplier step) {
    int steps = 0;
    while (steps < STEPS_MAX && step.getAsBoolean()) {
      steps++;
    }
    return steps;
  }

  /** Somebody else may have taken the time meanwhile: then it is looked at again next time. */
  private boolean fillOne() {
    try {
      return database.asWorker(waiting::fillOne);
    } catch (Refusal taken) {
      LOG.debug("freed time was taken before it could be kept: {}", taken.code());
      return false;
    }
  }

  private boolean fireOne() {
    var claimed = new AtomicReference<Timer>();
    try {
      return database.asWorker(tx -> fire(tx, claimed));
    } catch (RuntimeException failure) {
      var timer = claimed.get();
      if (timer == null) {
        throw failure;
      }
      LOG.error("timer {} of appointment {} failed", timer.kind(), timer.appointment(), failure);
      database.asWorker(tx -> {
        timers.postpone(tx, timer, tx.now().plus(RETRY_AFTER));
        return timer;
      });
      return true;
    }
  }

  private boolean fire(Tx tx, AtomicReference<Timer> claimed) {
    var due = timers.claim(tx);
    due.ifPresent(timer -> {
      claimed.set(timer);
      switch (timer.kind()) {
        case REMIND_DAY -> remind(tx, timer, NoticeKind.REMIND_DAY);
        case REMIND_HOURS -> remind(tx, timer, NoticeKind.REMIND_HOURS);
        case REMIND_QUARTER -> remind(tx, timer, NoticeKind.REMIND_QUARTER);
        case ABSENCE -> attendance.absence(tx, timer.appointment());
        case END -> attendance.ended(tx, timer.appointment());
      }
    });
    return due.isPresent();
  }

  /** After a time away only the reminder that still makes sense is sent, and none of the past. */
  private void remind(Tx tx, Timer timer, NoticeKind kind) {
    var consult = attendance.lockOf(tx, timer.appointment());
    var appointment = appointments.lock(tx, timer.appointment()).orElseThrow();
    boolean late =
        timer
            .kind()
            .next()
            .map(next -> !next.due(appointment.slot()).isAfter(tx.now()))
            .orElse(false);
    if (late || !appointment.status().isAhead() || !appointment.slot().start().isAfter(tx.now())) {
      return;
    }
    var people = Aftermath.people(consult, appointment);
    aftermath.tell(tx, consult, appointment, kind, Optional.empty(), people);
    platform
        .outbox()
        .publish(
            tx,
            new AppointmentReminder(
                appointment.id(), consult.id(), kind, appointment.slot().start(), people));
  }
}
