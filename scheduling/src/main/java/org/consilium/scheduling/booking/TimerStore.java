package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AppointmentId;
import org.consilium.scheduling.availability.TimeSlot;

/** All SQL about what becomes due of an appointment. Table: {@code appointment_timer}. */
final class TimerStore {
  /** What happens by itself, and when. */
  enum Kind implements Wire {
    REMIND_DAY,
    REMIND_HOURS,
    REMIND_QUARTER,
    ABSENCE,
    END;

    /** The reminder that comes after this one. */
    Optional<Kind> next() {
      return switch (this) {
        case REMIND_DAY -> Optional.of(REMIND_HOURS);
        case REMIND_HOURS -> Optional.of(REMIND_QUARTER);
        case REMIND_QUARTER, ABSENCE, END -> Optional.empty();
      };
    }

    Instant due(TimeSlot slot) {
      return switch (this) {
        case REMIND_DAY -> slot.start().minus(Duration.ofHours(24));
        case REMIND_HOURS -> slot.start().minus(Duration.ofHours(2));
        case REMIND_QUARTER -> slot.start().minus(Duration.ofMinutes(15));
        case ABSENCE -> slot.start().plus(Appointment.ABSENT_AFTER);
        case END -> slot.end().plus(Appointment.EARLY_MAX);
      };
    }
  }

  record Timer(AppointmentId appointment, Kind kind) {}

  private static final String LAY =
      """
      INSERT INTO scheduling.appointment_timer (appointment_id, kind, due) VALUES ($1, $2, $3)
      """;
  private static final String DROP =
      "DELETE FROM scheduling.appointment_timer WHERE appointment_id = $1";
  private static final String CLAIM =
      """
      DELETE FROM scheduling.appointment_timer
       WHERE (appointment_id, kind) IN (
         SELECT appointment_id, kind FROM scheduling.appointment_timer
          WHERE due <= $1 ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING appointment_id, kind
      """;
  private static final String POSTPONE =
      """
      UPDATE scheduling.appointment_timer SET due = $3 WHERE appointment_id = $1 AND kind = $2
      """;

  /** What has passed already when it is booked is left out: nobody is reminded of yesterday. */
  void lay(Tx tx, AppointmentId id, TimeSlot slot) {
    for (var kind : Kind.values()) {
      if (kind.due(slot).isAfter(tx.now())) {
        tx.run(LAY, id, kind, kind.due(slot));
      }
    }
  }

  void drop(Tx tx, AppointmentId id) {
    tx.run(DROP, id);
  }

  /** Takes one that is due and that no other node has; it is gone when the transaction commits. */
  Optional<Timer> claim(Tx tx) {
    return tx.one(CLAIM, tx.now())
        .map(row ->
            new Timer(
                new AppointmentId(row.getUUID("appointment_id")),
                Wire.parse(Kind.class, row.getString("kind"))));
  }

  void postpone(Tx tx, Timer timer, Instant until) {
    tx.run(POSTPONE, timer.appointment(), timer.kind(), until);
  }
}
