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
import java.util.stream.Stream;
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
 * moving and cancelling. Seeded, so that a run can be had again.
 */
public final class BookingRace implements AutoCloseable {
  private static final ZoneId ZONE = ZoneId.of("Africa/Nairobi");
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final int STARTS = 480;

  /** Each has four connections of the server's own: 32 writers need not wait for one. */
  private static final int NODES = 11;

  private static final int CONSULTS = 32;

  /** What was tried. */
  public record Tally(
      long attempts, long booked, long refused, long cancelled, long moved, double seconds) {}

  /**
   * What a booking costs.
   *
   * @param perSecond all writers together
   * @param cpuMillis of the database server, for one
   */
  public record Cost(double perSecond, double cpuMillis) {}

  /** Refused: the transaction ends with it. */
  private static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken() {
      super("taken", null, false, false);
    }
  }

  private final Network net;
  private final List<Database> databases;
  private final List<ConsultId> consults;
  private final AppointmentStore appointments = new AppointmentStore();
  private final BookingStore bookings = new BookingStore();
  private final List<UUID> specialists = ids(40);
  private final List<UUID> sites = ids(20);
  private final List<UUID> interpreters = ids(10);

  public BookingRace(Network net) {
    this.net = net;
    this.databases =
        Stream.generate(
                () -> new Database(net.world.vertx(), net.world.address(), net.world.clock()))
            .limit(NODES)
            .toList();
    var specialist = net.specialist("Ada Osei", "dermatology", "en");
    this.consults =
        Stream.generate(() -> net.carried(specialist, net.lodwar)).limit(CONSULTS).toList();
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
    atOnce(
        writers,
        by -> {
          var random = new Random(seed * 1_000 + by.number());
          var mine = new ArrayList<AppointmentId>();
          while (left.getAndDecrement() > 0) {
            int act = random.nextInt(10);
            try {
              if (act == 0 && !mine.isEmpty()) {
                cancel(by, mine.remove(random.nextInt(mine.size())));
                cancelled.incrementAndGet();
              } else if (act == 1 && !mine.isEmpty()) {
                int which = random.nextInt(mine.size());
                mine.set(which, move(by, mine.get(which), random));
                moved.incrementAndGet();
              } else {
                mine.add(take(by, random));
                booked.incrementAndGet();
              }
            } catch (Taken taken) {
              refused.incrementAndGet();
            }
          }
        });
    return new Tally(
        attempts, booked.get(), refused.get(), cancelled.get(), moved.get(), since(began));
  }

  /** Bookings when nobody wants the same: each writer has people of its own. */
  public Cost conflictFree(int writers, int each) throws Exception {
    return cost(
        writers, each, (by, own, slot) -> by.database().asWorker(tx -> taken(tx, by, slot, own)));
  }

  /**
   * The same rows in the same transactions by a plain INSERT.
   *
   * @param keyed into a copy of the table with every key, index and constraint that it has, the
   *     exclusion among them; else into one with none at all
   */
  public Cost bare(int writers, int each, boolean keyed) throws Exception {
    var table = keyed ? "scheduling.bench_keyed" : "scheduling.bench_bare";
    var cost =
        cost(
            writers,
            each,
            (by, own, slot) ->
                by.database()
                    .asWorker(tx -> {
                      var id = insert(tx, by, slot, "bare");
                      return tx.run(
                          """
                          INSERT INTO %s (id, organisation_id, appointment_id, resource_id, role, zone,
                                          local_start, during, held_until, checked_at)
                          SELECT t.id, $3, $4, t.resource, 'specialist', 'UTC', $8::text::timestamp,
                                 tstzrange($5, $6), NULL, $7
                            FROM unnest($1::uuid[], $2::uuid[]) AS t(id, resource)
                          """
                              .formatted(table),
                          own.stream().map(_ -> Uuid7.next()).toArray(UUID[]::new),
                          own.stream().map(Resource::id).toArray(UUID[]::new),
                          net.clinics,
                          id,
                          slot.start(),
                          slot.end(),
                          tx.now(),
                          own.getFirst().localStart(slot).toString());
                    }));
    return cost;
  }

  /** What {@link #bare} writes into. */
  public void makeTables() throws SQLException {
    var address = net.world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE scheduling.bench_bare (LIKE scheduling.booking INCLUDING DEFAULTS);
          CREATE TABLE scheduling.bench_keyed (LIKE scheduling.booking INCLUDING ALL,
            FOREIGN KEY (organisation_id, appointment_id)
              REFERENCES scheduling.appointment (organisation_id, id));
          GRANT INSERT ON scheduling.bench_bare, scheduling.bench_keyed
             TO consilium_worker
          """);
    }
  }

  /** Pairs of live bookings of one resource that overlap, found without any index: must be none. */
  public long doubles() throws SQLException {
    return withoutHaste(
        """
        WITH live AS MATERIALIZED (
          SELECT id, resource_id, during FROM scheduling.booking WHERE NOT cancelled)
        SELECT count(*) FROM live a JOIN live b
            ON a.resource_id = b.resource_id AND a.id < b.id AND a.during && b.during
        """);
  }

  /** Coming appointments that have not all their parts, or others that still have one. */
  public long torn() throws SQLException {
    return withoutHaste(
        """
        SELECT count(*) FROM (
          SELECT a.id FROM scheduling.appointment a
            LEFT JOIN scheduling.booking b ON b.appointment_id = a.id
           WHERE a.zone_data = 'race'
           GROUP BY a.id, a.is_coming
          HAVING a.is_coming AND count(*) FILTER (WHERE NOT b.cancelled) <> 3
              OR NOT a.is_coming AND count(*) FILTER (WHERE NOT b.cancelled) > 0) torn
        """);
  }

  /** As the server, with no index and no time limit. */
  private long withoutHaste(String sql) throws SQLException {
    var address = net.world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "SET ROLE consilium_worker; SET enable_indexscan = off; SET enable_bitmapscan = off;"
              + " SET enable_indexonlyscan = off");
      try (var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private AppointmentId take(Writer by, Random random) {
    var people = people(random);
    var slot = slot(random.nextInt(STARTS));
    return by.database().asWorker(tx -> taken(tx, by, slot, people));
  }

  private AppointmentId taken(Tx tx, Writer by, TimeSlot slot, List<Resource> people) {
    var id = insert(tx, by, slot, "race");
    if (!bookings.take(tx, id, net.clinics, people, slot, Optional.empty())) {
      throw new Taken();
    }
    return id;
  }

  private AppointmentId move(Writer by, AppointmentId old, Random random) {
    var slot = slot(random.nextInt(STARTS));
    var people = people(random);
    return by.database()
        .asWorker(tx -> {
          var was = appointments.lock(tx, old).orElseThrow();
          var had = was.parts().stream().map(Appointment.Part::resource).toList();
          var id = insert(tx, by, slot, "race");
          if (!bookings.takeInstead(
              tx, old, had, id, net.clinics, people, slot, Optional.empty())) {
            throw new Taken();
          }
          appointments.moved(tx, old, Optional.empty());
          return id;
        });
  }

  private void cancel(Writer by, AppointmentId id) {
    by.database()
        .asWorker(tx -> {
          if (appointments.lock(tx, id).isEmpty()) {
            throw new IllegalStateException("the appointment is gone: " + id);
          }
          appointments.cancel(tx, id, "raced");
          bookings.free(tx, id);
          return id;
        });
  }

  private AppointmentId insert(Tx tx, Writer by, TimeSlot slot, String mark) {
    var id = AppointmentId.random();
    appointments.insert(
        tx, id, net.clinics, by.consult(), slot, mark, Optional.empty(), Optional.empty(), false);
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

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Each books for a consult of its own: one consult's bookings come one after the other. */
  private record Writer(int number, Database database, ConsultId consult) {}

  private interface Writing {
    void with(Writer by) throws Exception;
  }

  private interface OneBooking {
    void of(Writer by, List<Resource> own, TimeSlot slot);
  }

  private Cost cost(int writers, int each, OneBooking one) throws Exception {
    double cpu = databaseCpuSeconds();
    long began = System.nanoTime();
    atOnce(
        writers,
        by -> {
          var own =
              List.of(
                  part(UUID.randomUUID(), ResourceRole.SPECIALIST),
                  part(UUID.randomUUID(), ResourceRole.CLINIC),
                  part(UUID.randomUUID(), ResourceRole.INTERPRETER));
          for (int i = 0; i < each; i++) {
            one.of(by, own, slot(i * 2));
          }
        });
    double number = (double) writers * each;
    double seconds = since(began);
    return new Cost(number / seconds, (databaseCpuSeconds() - cpu) / number * 1_000);
  }

  /** Of the whole server; connections stay open meanwhile. */
  private double databaseCpuSeconds() {
    long backend = net.count("SELECT pg_backend_pid()");
    return ProcessHandle.of(backend)
            .flatMap(ProcessHandle::parent)
            .orElseThrow()
            .children()
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }

  private void atOnce(int writers, Writing writing) throws Exception {
    var work = new ArrayList<Callable<Void>>();
    for (int w = 0; w < writers; w++) {
      var writer = new Writer(w, databases.get(w % NODES), consults.get(w % consults.size()));
      work.add(() -> {
        writing.with(writer);
        return null;
      });
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : pool.invokeAll(work)) {
        future.get();
      }
    }
  }

  @Override
  public void close() {
    databases.forEach(Database::close);
  }
}
