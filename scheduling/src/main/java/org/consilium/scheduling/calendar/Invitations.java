package org.consilium.scheduling.calendar;

import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.booking.ResourceRole;
import org.consilium.scheduling.calendar.Invitation.Guest;

/** Looks up what calendars are to be told of an appointment. Only as the server itself. */
public final class Invitations {
  private static final String FIND =
      """
      WITH RECURSIVE line AS (
        SELECT id, replaces, 0 AS moves FROM scheduling.appointment WHERE id = $1
        UNION ALL
        SELECT a.id, a.replaces, l.moves + 1
          FROM line l JOIN scheduling.appointment a ON a.id = l.replaces)
      SELECT a.start_at, a.end_at, a.status = 'cancelled' AS cancelled,
             coalesce(a.cancelled_at, a.booked_at) AS changed_at, l.id AS uid, l.moves
        FROM scheduling.appointment a, line l
       WHERE a.id = $1 AND l.replaces IS NULL AND a.status <> 'held'
      """;
  private static final String GUESTS =
      """
      SELECT CASE b.role WHEN 'clinic' THEN c.requester_id ELSE b.resource_id END AS account,
             b.role, b.zone
        FROM scheduling.booking b
        JOIN scheduling.appointment a ON a.id = b.appointment_id
        JOIN scheduling.consult c ON c.id = a.consult_id
       WHERE b.appointment_id = $1 AND b.role <> 'device' ORDER BY b.role, account
      """;

  /** The appointment as it is now; empty when there is none or it is only held. */
  public Optional<Invitation> find(Tx tx, AppointmentId id) {
    return tx.one(FIND, id)
        .map(row -> invitation(id, row, tx.list(GUESTS, Invitations::guest, id)));
  }

  private static Invitation invitation(AppointmentId id, Row row, List<Guest> guests) {
    return new Invitation(
        id,
        row.getUUID("uid"),
        row.getInteger("moves"),
        new TimeSlot(Rows.instant(row, "start_at"), Rows.instant(row, "end_at")),
        row.getBoolean("cancelled"),
        Rows.instant(row, "changed_at"),
        guests);
  }

  private static Guest guest(Row row) {
    return new Guest(
        new AccountId(row.getUUID("account")),
        Wire.parse(ResourceRole.class, row.getString("role")),
        ZoneId.of(row.getString("zone")));
  }
}
