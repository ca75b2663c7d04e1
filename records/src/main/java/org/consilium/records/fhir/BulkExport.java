package org.consilium.records.fhir;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports of all that an organisation owns (Bulk Data Access 2.0), made away from the request. Each
 * page is a transaction that keeps its file and how far the export has come: a server that takes
 * over, or starts again, goes on there. Tables: {@code records.export}, {@code export_file}.
 */
public final class BulkExport {
  private static final Logger LOG = LoggerFactory.getLogger(BulkExport.class);

  /** One file, held in memory while it is made and while it is sent. */
  private static final int RESOURCES_A_FILE = 500;

  private static final Duration KEPT = Duration.ofHours(24);

  /** A worker that has not made a page for so long is taken for dead. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final int FAILURES_MAX = 5;
  private static final int RUNNING_MAX = 2;

  private static final String ASK =
      """
      INSERT INTO records.export (organisation_id, id, asked_by, asked_name, asked_role, request,
                                  types, since, asked_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;

  private static final String RUNNING =
      """
      SELECT count(*)::int AS running FROM records.export
       WHERE organisation_id = $1 AND state = 'running' AND expires_at > $2
      """;

  private static final String FIND =
      """
      SELECT * FROM records.export WHERE organisation_id = $1 AND id = $2 AND expires_at > $3
      """;

  private static final String LIST =
      """
      SELECT * FROM records.export WHERE organisation_id = $1 AND expires_at > $2
       ORDER BY asked_at DESC, id DESC LIMIT 20
      """;

  private static final String FILES =
      """
      SELECT number, type, resources FROM records.export_file
       WHERE organisation_id = $1 AND export_id = $2 ORDER BY number
      """;

  private static final String DATA =
      """
      SELECT data FROM records.export_file
       WHERE organisation_id = $1 AND export_id = $2 AND number = $3
      """;

  private static final String FORGET =
      "DELETE FROM records.export WHERE organisation_id = $1 AND id = $2";

  private static final String CLAIM =
      """
      UPDATE records.export SET claim = $1, claimed_until = $3
       WHERE (organisation_id, id) = (
         SELECT organisation_id, id FROM records.export
          WHERE state = 'running' AND expires_at > $2
            AND (claimed_until IS NULL OR claimed_until < $2)
          ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING *
      """;

  private static final String STEP =
      """
      SELECT * FROM records.export
       WHERE organisation_id = $1 AND id = $2 AND claim = $3 AND state = 'running' FOR UPDATE
      """;

  private static final String KEEP =
      """
      INSERT INTO records.export_file (organisation_id, export_id, number, type, resources, data)
      SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 FROM records.export_file
       WHERE organisation_id = $1 AND export_id = $2
      """;

  private static final String ADVANCE =
      """
      UPDATE records.export
         SET types_done = $3, page_from = $4, resources = resources + $5, claimed_until = $6,
             failures = 0
       WHERE organisation_id = $1 AND id = $2
      """;

  private static final String FINISH =
      "UPDATE records.export SET state = 'done', ended_at = $3 WHERE organisation_id = $1 AND id ="
          + " $2";

  private static final String FAILED =
      """
      UPDATE records.export
         SET failures = failures + 1, claim = NULL, claimed_until = $3,
             state = CASE WHEN failures + 1 >= $5 THEN 'failed' ELSE state END,
             ended_at = CASE WHEN failures + 1 >= $5 THEN $4::timestamptz END
       WHERE organisation_id = $1 AND id = $2 AND claim = $6 AND state = 'running'
      """;

  private static final String SWEEP = "DELETE FROM records.export WHERE expires_at <= $1";

  private final Platform platform;
  private final FhirPages pages;

  BulkExport(Platform platform, FhirPages pages) {
    this.platform = platform;
    this.pages = pages;
  }

  enum State implements Wire {
    RUNNING,
    DONE,
    FAILED
  }

  /** How an export stands. */
  record Export(
      OrganisationId organisation,
      UUID id,
      Caller asker,
      String request,
      List<String> types,
      Optional<Instant> since,
      Instant askedAt,
      Instant expiresAt,
      State state,
      int typesDone,
      Optional<String> pageFrom,
      long resources) {}

  /** One file of an export. */
  record File(int number, String type, int resources) {}

  FhirPages pages() {
    return pages;
  }

  /** Begins an export of the caller's organisation. */
  UUID ask(Tx tx, String request, List<String> types, Optional<Instant> since) {
    var caller = tx.caller();
    int running =
        tx.one(RUNNING, caller.organisation(), tx.now()).orElseThrow().getInteger("running");
    if (running >= RUNNING_MAX) {
      throw new Refusal(
              429,
              "exports-running",
              "%d exports of this organisation are being made; wait for one, or delete it."
                  .formatted(running))
          .withHeader("Retry-After", "60");
    }
    var id = Uuid7.next();
    tx.run(
        ASK,
        caller.organisation(),
        id,
        caller.account(),
        caller.name(),
        caller.role(),
        request,
        types,
        since,
        tx.now(),
        tx.now().plus(KEPT));
    platform.audit().append(tx, "fhir.export-ask", Subject.none().part("$export", id));
    return id;
  }

  /** Empty when there is none, or not any more; a program sees its own. */
  Optional<Export> find(Tx tx, UUID id) {
    var caller = tx.caller();
    return tx.one(FIND, caller.organisation(), id, tx.now())
        .map(BulkExport::export)
        .filter(export ->
            caller.role() != Role.PROGRAM || export.asker().account().equals(caller.account()));
  }

  /** Those of the caller's organisation, newest first. */
  List<Export> list(Tx tx) {
    return tx.list(LIST, BulkExport::export, tx.caller().organisation(), tx.now());
  }

  List<File> files(Tx tx, Export export) {
    return tx.list(
        FILES,
        row ->
            new File(row.getInteger("number"), row.getString("type"), row.getInteger("resources")),
        export.organisation(),
        export.id());
  }

  /** A file that the caller carries off, which is written down; none before all are made. */
  Optional<byte[]> taken(Tx tx, Export export, int number) {
    if (export.state() != State.DONE) {
      return Optional.empty();
    }
    var data =
        tx.one(DATA, export.organisation(), export.id(), number)
            .map(row -> row.getBuffer("data").getBytes());
    if (data.isPresent()) {
      var file = export.id() + "/" + number;
      platform.audit().append(tx, "fhir.export-take", Subject.none().part("$export", file));
    }
    return data;
  }

  /** Ends and throws away an export, wherever it is. */
  void forget(Tx tx, Export export) {
    tx.run(FORGET, export.organisation(), export.id());
    platform.audit().append(tx, "fhir.export-delete", Subject.none().part("$export", export.id()));
  }

  /**
   * Makes one export that nobody else is making, to its end; answers how many pages it made. To be
   * run every second.
   */
  public int runDue() {
    var claim = Uuid7.next();
    var due =
        platform
            .database()
            .asWorker(
                tx -> tx.one(CLAIM, claim, tx.now(), tx.now().plus(LEASE)).map(BulkExport::export));
    if (due.isEmpty()) {
      return 0;
    }
    var export = due.get();
    int made = 0;
    try {
      var reader = FhirPages.reader(export.organisation());
      while (platform.database().inTransaction(reader, tx -> step(tx, export, claim))) {
        made++;
      }
    } catch (RuntimeException failure) {
      LOG.warn("A page of export {} could not be made: {}", export.id(), failure.toString());
      platform
          .database()
          .asWorker(tx ->
              tx.run(
                  FAILED,
                  export.organisation(),
                  export.id(),
                  tx.now().plus(AFTER_FAILURE),
                  tx.now(),
                  FAILURES_MAX,
                  claim));
    }
    return made;
  }

  /** Throws away what is a day old; answers how many. */
  public int sweep() {
    return platform.database().asWorker(tx -> tx.run(SWEEP, tx.now()));
  }

  /** Makes the next page; false when there is nothing more to do here. */
  private boolean step(Tx tx, Export claimed, UUID claim) {
    var now = tx.one(STEP, claimed.organisation(), claimed.id(), claim).map(BulkExport::export);
    if (now.isEmpty()) {
      return false;
    }
    var export = now.get();
    if (export.typesDone() == export.types().size()) {
      tx.run(FINISH, export.organisation(), export.id(), tx.now());
      tx.actAs(export.asker());
      platform
          .audit()
          .append(tx, "fhir.export", Subject.none().part("$export", counted(tx, export)));
      return false;
    }
    var type = export.types().get(export.typesDone());
    var page = pages.page(tx, type, export.pageFrom(), export.since(), RESOURCES_A_FILE);
    if (page.count() > 0) {
      tx.run(KEEP, export.organisation(), export.id(), type, page.count(), page.lines());
    }
    tx.run(
        ADVANCE,
        export.organisation(),
        export.id(),
        page.next().isPresent() ? export.typesDone() : export.typesDone() + 1,
        page.next(),
        (long) page.count(),
        tx.now().plus(LEASE));
    return true;
  }

  /** Its id, and how many resources of each type it has. */
  private String counted(Tx tx, Export export) {
    var counts = new java.util.TreeMap<String, Integer>();
    files(tx, export).forEach(file -> counts.merge(file.type(), file.resources(), Integer::sum));
    return export.id() + " " + counts.toString().replaceAll("[{} ]", "");
  }

  private static Export export(Row row) {
    var organisation = new OrganisationId(row.getUUID("organisation_id"));
    return new Export(
        organisation,
        row.getUUID("id"),
        new Caller(
            new AccountId(row.getUUID("asked_by")),
            organisation,
            Wire.parse(Role.class, row.getString("asked_role")),
            row.getString("asked_name"),
            Optional.empty(),
            ZoneOffset.UTC),
        row.getString("request"),
        Arrays.asList(row.getArrayOfStrings("types")),
        Rows.optionalInstant(row, "since"),
        Rows.instant(row, "asked_at"),
        Rows.instant(row, "expires_at"),
        Wire.parse(State.class, row.getString("state")),
        row.getInteger("types_done"),
        Optional.ofNullable(row.getString("page_from")),
        row.getLong("resources"));
  }
}
