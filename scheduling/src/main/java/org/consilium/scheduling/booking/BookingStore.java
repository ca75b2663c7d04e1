package org.consilium.scheduling.booking;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * All SQL about whose time is taken. Table: {@code scheduling.booking}. Every statement goes
 * through the resources in the order of their ids, frees one only just before it takes the same,
 * and waits for another transaction only then: so no two ever wait for each other. Only behind a
 * hold that has just run out they may; then PostgreSQL ends one of them, which is tried again.
 */
public final class BookingStore {
  private static final String BOOKED =
      """
      SELECT resource_id, lower(during) AS start_at, upper(during) AS end_at
        FROM scheduling.booking
       WHERE resource_id = ANY($1::uuid[]) AND during && tstzrange($2, $3) AND NOT cancelled
         AND (held_until IS NULL OR held_until > $4)
       ORDER BY lower(during)
      """;
  // A plain INSERT would be as right, but many writers after one slot would wait each other to
  // death.
  private static final String TAKE =
      """
      INSERT INTO scheduling.booking (id, organisation_id, appointment_id, resource_id, role, zone,
                                      local_start, during, held_until, checked_at)
      SELECT t.id, $6, $7, t.resource, t.role, t.zone, t.local::timestamp, tstzrange($8, $9), $10, $11
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
             WITH ORDINALITY AS t(id, resource, role, zone, local, place)
       ORDER BY t.place
      ON CONFLICT ON CONSTRAINT never_twice DO NOTHING
      """;
  // The exclusion constraint knows no clock: a hold that has run out may still be in the way.
  private static final String SWEEP =
      """
      DELETE FROM scheduling.booking WHERE id IN (
        SELECT id FROM scheduling.booking
         WHERE resource_id = ANY($1::uuid[]) AND held_until <= $2 AND during && tstzrange($3, $4)
         ORDER BY resource_id FOR UPDATE)
      """;
  private static final String FREE =
      """
      UPDATE scheduling.booking SET cancelled = true, held_until = NULL
       WHERE appointment_id = $1 AND resource_id = ANY($2::uuid[]) AND NOT cancelled
      """;
  private static final String FREE_ALL =
      """
      UPDATE scheduling.booking SET cancelled = true, held_until = NULL
       WHERE appointment_id = $1 AND NOT cancelled
      """;
  private static final String FORGET = "DELETE FROM scheduling.booking WHERE appointment_id = $1";
  private static final String KEEP =
      """
      UPDATE scheduling.booking SET held_until = NULL, checked_at = $2
       WHERE id IN (SELECT id FROM scheduling.booking
                     WHERE appointment_id = $1 AND held_until > $2 AND NOT cancelled
                     ORDER BY resource_id FOR UPDATE)
      """;
  private static final String EXTEND =
      """
      UPDATE scheduling.booking SET held_until = $2
       WHERE appointment_id = $1 AND held_until > $3 AND NOT cancelled
      """;

  static final Comparator<Resource> IN_ORDER = Comparator.comparing(one -> one.id().toString());

  /** What is taken of everybody's time in a window, whoever took it; a run-out hold is nothing. */
  public Map<UUID, List<TimeSlot>> booked(Tx tx, Collection<UUID> resources, TimeSlot window) {
    return tx
        .rows(BOOKED, resources.toArray(UUID[]::new), window.start(), window.end(), tx.now())
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getUUID("resource_id"),
                Collectors.mapping(BookingStore::slot, Collectors.toList())));
  }

  /** False when that time of any of them is taken already; the transaction must then end. */
  boolean take(
      Tx tx,
      AppointmentId id,
      OrganisationId organisation,
      Collection<Resource> resources,
      TimeSlot slot,
      Optional<Instant> heldUntil) {
    var sorted = resources.stream().sorted(IN_ORDER).toList();
    int taken = takeFree(tx, id, organisation, sorted, slot, heldUntil);
    if (taken == sorted.size()) {
      return true;
    }
    var ids = sorted.stream().map(Resource::id).toArray(UUID[]::new);
    boolean swept = tx.run(SWEEP, ids, tx.now(), slot.start(), slot.end()) > 0;
    return swept
        && taken + takeFree(tx, id, organisation, sorted, slot, heldUntil) == sorted.size();
  }

  /** How many of them; what this transaction has taken already is not free. */
  private static int takeFree(
      Tx tx,
      AppointmentId id,
      OrganisationId organisation,
      List<Resource> sorted,
      TimeSlot slot,
      Optional<Instant> heldUntil) {
    return tx.run(
        TAKE,
        sorted.stream().map(_ -> Uuid7.next()).toArray(UUID[]::new),
        sorted.stream().map(Resource::id).toArray(UUID[]::new),
        sorted.stream().map(one -> Wire.of(one.role())).toArray(String[]::new),
        sorted.stream().map(one -> one.zone().getId()).toArray(String[]::new),
        sorted.stream().map(one -> one.localStart(slot).toString()).toArray(String[]::new),
        organisation,
        id,
        slot.start(),
        slot.end(),
        heldUntil,
        tx.now());
  }

  /**
   * Frees what {@code instead} has and takes the new time, resource by resource. False when any of
   * it is taken; the transaction must then end.
   */
  boolean takeInstead(
      Tx tx,
      AppointmentId instead,
      Collection<UUID> had,
      AppointmentId id,
      OrganisationId organisation,
      Collection<Resource> resources,
      TimeSlot slot,
      Optional<Instant> heldUntil) {
    var wanted = resources.stream().collect(Collectors.toMap(Resource::id, one -> one));
    var all = Stream.concat(had.stream(), wanted.keySet().stream()).distinct();
    for (UUID resource : all.sorted(Comparator.comparing(UUID::toString)).toList()) {
      if (had.contains(resource)) {
        tx.send(FREE, instead, new UUID[] {resource});
      }
      var next = wanted.get(resource);
      if (next != null && !take(tx, id, organisation, List.of(next), slot, heldUntil)) {
        return false;
      }
    }
    return true;
  }

  void free(Tx tx, AppointmentId id) {
    tx.run(FREE_ALL, id);
  }

  /** A hold that is let go leaves nothing behind. */
  void forget(Tx tx, AppointmentId id) {
    tx.run(FORGET, id);
  }

  /** Makes what is held booked; how many parts still were held. */
  int keep(Tx tx, AppointmentId id) {
    return tx.run(KEEP, id, tx.now());
  }

  int extend(Tx tx, AppointmentId id, Instant until) {
    return tx.run(EXTEND, id, until, tx.now());
  }

  static TimeSlot slot(Row row) {
    return new TimeSlot(Rows.instant(row, "start_at"), Rows.instant(row, "end_at"));
  }
}
