package org.consilium.scheduling.booking;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * Many writers after the same people, sites and interpreters, on the statements that book: taking,
 * holding for a moment, moving and cancelling. Seeded, so that a run can be had again.
 */
public final class BookingRace {
  private static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final int STARTS = 480;

  /** What was tried. */
  public record Tally(
      long attempts, long booked, long refused, long cancelled, long moved, double seconds) {}

  /** Refused: the transaction ends with it. */
  private static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken() {
      super("taken", null, false, false);
    }
  }

  private final Network net;
  private final Database database;
  private final ConsultId consult;
  private final AppointmentStore appointments = new AppointmentStore();
  private final BookingStore bookings = new BookingStore();
  private final List<UUID> specialists = ids(40);
  private final List<UUID> sites = ids(20);
  private final List<UUID> interpreters = ids(10);

  public BookingRace(Network net) {
    this.net = net;
    this.database = net.world.platform().database();
    this.consult = net.carried(net.specialist("Ada Osei", "dermatology", "en"), net.lodwar);
  }

  private static List<UUID> ids(int count) {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < count; i++) {
      ids.add(UUID.randomUUID());
    }
    return ids;
  }

  /** Races {@code attempts} acts over {@code writers}; one in ten cancels, one in ten moves. */
  public Tally run(int writers, long attempts, long seed) throws Exception {
    var booked = new AtomicLong();
    var refused = new AtomicLong();
    var cancelled = new AtomicLong();
    var moved = new AtomicLong();
    var left = new AtomicLong(attempts);
    long began = System.nanoTime();
    var work = new ArrayList<Callable<Void>>();
    for (int w = 0; w < writers; w++) {
      var random = new Random(seed * 1_000 + w);
      work.add(() -> {
        var mine = new ArrayList<AppointmentId>();
        while (left.getAndDecrement() > 0) {
          int act = random.nextInt(10);
          try {
            if (act == 0 && !mine.isEmpty()) {
              cancel(mine.remove(random.nextInt(mine.size())));
              cancelled.incrementAndGet();
            } else if (act == 1 && !mine.isEmpty()) {
              int which = random.nextInt(mine.size());
              mine.set(which, move(mine.get(which), random));
              moved.incrementAndGet();
            } else {
              mine.add(take(random));
              booked.incrementAndGet();
            }
          } catch (Taken taken) {
            refused.incrementAndGet();
          }
        }
        return null;
      });
    }
    atOnce(work);
    return new Tally(
        attempts, booked.get(), refused.get(), cancelled.get(), moved.get(), since(began));
  }

  /** Bookings a second when nobody wants the same: each writer has people of its own. */
  public double conflictFree(int writers, int each) throws Exception {
    var work = new ArrayList<Callable<Void>>();
    for (int w = 0; w < writers; w++) {
      work.add(() -> {
        var own =
            List.of(
                part(UUID.randomUUID(), ResourceRole.SPECIALIST),
                part(UUID.randomUUID(), ResourceRole.CLINIC),
                part(UUID.randomUUID(), ResourceRole.INTERPRETER));
        for (int i = 0; i < each; i++) {
          var slot = slot(i * 2);
          database.asWorker(tx -> taken(tx, slot, own));
        }
        return null;
      });
    }
    long began = System.nanoTime();
    atOnce(work);
    return (double) writers * each / since(began);
  }

  /** The same rows in the same transactions, in a table without any constraint. */
  public double bare(int writers, int each) throws Exception {
    bareTable();
    var work = new ArrayList<Callable<Void>>();
    for (int w = 0; w < writers; w++) {
      work.add(() -> {
        var own = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        for (int i = 0; i < each; i++) {
          var slot = slot(i * 2);
          database.asWorker(tx -> {
            var id = insert(tx, slot, "bare");
            return tx.run(
                """
                INSERT INTO scheduling.bench_bare (id, organisation_id, appointment_id, resource_id,
                                                   role, zone, during, checked_at)
                SELECT t.id, $3, $4, t.resource, 'specialist', 'UTC', tstzrange($5, $6), $7
                  FROM unnest($1::uuid[], $2::uuid[]) AS t(id, resource)
                """,
                own.stream().map(_ -> Uuid7.next()).toArray(UUID[]::new),
                own.toArray(UUID[]::new),
                net.clinics,
                id,
                slot.start(),
                slot.end(),
                tx.now());
          });
        }
        return null;
      });
    }
    long began = System.nanoTime();
    atOnce(work);
    double rate = writers * each / since(began);
    // These have no parts, and are not to be taken for torn ones.
    net.asServer(tx -> tx.run("DELETE FROM scheduling.appointment WHERE zone_data = 'bare'"));
    return rate;
  }

  /** Pairs of live bookings of one resource that overlap: there must be none. */
  public long doubles() {
    return net.count(
        """
        SELECT count(*) FROM scheduling.booking a JOIN scheduling.booking b
            ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
         WHERE NOT a.cancelled AND NOT b.cancelled
        """);
  }

  /** Coming appointments that have not all their parts, or others that still have one. */
  public long torn() {
    return net.count(
        """
        SELECT count(*) FROM (
          SELECT a.id FROM scheduling.appointment a
            LEFT JOIN scheduling.booking b ON b.appointment_id = a.id
           GROUP BY a.id, a.is_coming
          HAVING a.is_coming AND count(*) FILTER (WHERE NOT b.cancelled) <> 3
              OR NOT a.is_coming AND count(*) FILTER (WHERE NOT b.cancelled) > 0) torn
        """);
  }

  private AppointmentId take(Random random) {
    var people = people(random);
    var slot = slot(random.nextInt(STARTS));
    return database.asWorker(tx -> taken(tx, slot, people));
  }

  private AppointmentId taken(Tx tx, TimeSlot slot, List<Resource> people) {
    var id = insert(tx, slot, "race");
    if (!bookings.take(tx, id, net.clinics, people, slot, Optional.empty())) {
      throw new Taken();
    }
    return id;
  }

  private AppointmentId move(AppointmentId old, Random random) {
    var slot = slot(random.nextInt(STARTS));
    var people = people(random);
    return database.asWorker(tx -> {
      var was = appointments.lock(tx, old).orElseThrow();
      var had = was.parts().stream().map(Appointment.Part::resource).toList();
      var id = insert(tx, slot, "race");
      if (!bookings.takeInstead(tx, old, had, id, net.clinics, people, slot, Optional.empty())) {
        throw new Taken();
      }
      appointments.moved(tx, old, Optional.empty());
      return id;
    });
  }

  private void cancel(AppointmentId id) {
    database.asWorker(tx -> {
      if (appointments.lock(tx, id).isEmpty()) {
        throw new IllegalStateException("the appointment is gone: " + id);
      }
      appointments.cancel(tx, id, "raced");
      bookings.free(tx, id);
      return id;
    });
  }

  private AppointmentId insert(Tx tx, TimeSlot slot, String mark) {
    var id = AppointmentId.random();
    appointments.insert(
        tx, id, net.clinics, consult, slot, mark, Optional.empty(), Optional.empty(), false);
    return id;
  }

  private List<Resource> people(Random random) {
    return List.of(
        part(any(specialists, random), ResourceRole.SPECIALIST),
        part(any(sites, random), ResourceRole.CLINIC),
        part(any(interpreters, random), ResourceRole.INTERPRETER));
  }

  private static UUID any(List<UUID> ids, Random random) {
    return ids.get(random.nextInt(ids.size()));
  }

  private static Resource part(UUID id, ResourceRole role) {
    return new Resource(id, role, "", ZONE, List.of(), List.of());
  }

  private static TimeSlot slot(int number) {
    Instant first = TestPlatform.START.plus(Duration.ofDays(1));
    return TimeSlot.of(first.plus(Duration.ofMinutes(15L * number)), LENGTH);
  }

  private void bareTable() throws SQLException {
    var address = net.world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE scheduling.bench_bare (LIKE scheduling.booking INCLUDING DEFAULTS)");
      statement.execute("GRANT INSERT ON scheduling.bench_bare TO consilium_worker");
    }
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void atOnce(List<Callable<Void>> work) throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : pool.invokeAll(work)) {
        future.get();
      }
    }
  }
}
