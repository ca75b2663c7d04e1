package org.consilium.scheduling.consult;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.Gender;

/** All SQL about consults. Table: {@code scheduling.consult}, from V003__consult.sql. */
public final class ConsultStore {
  private static final String COLUMNS =
      """
      SELECT c.id, c.organisation_id, c.site_id, c.patient_id, c.requester_id, c.age_value,
             c.age_unit, c.age_group, c.sex, c.patient_language, c.clinic_language, c.question,
             c.mode_asked, c.specialty_asked, c.mode, c.specialty, c.urgency_computed,
             c.urgency_requested, c.urgency_confirmed, c.gender_wish, c.gender_wish_required,
             c.status, c.waiting_on, c.due_at, c.due_for,
             c.specialist_id, c.submitted_at, c.first_answer_at, c.discussed_at, c.follow_up_on,
             c.result, c.ended_at, c.targets_version, c.changed_at, c.version, c.queue_at, a.start_at, a.end_at
        FROM scheduling.consult c
        LEFT JOIN LATERAL (
          SELECT start_at, end_at FROM scheduling.appointment
           WHERE consult_id = c.id AND is_coming AND end_at > $1
           ORDER BY start_at LIMIT 1) a ON true
      """;
  private static final String FIND = COLUMNS + " WHERE c.id = $2";
  private static final String LOCK = COLUMNS + " WHERE c.id = $2 FOR UPDATE OF c";

  private static final String SINCE =
      COLUMNS + " WHERE c.submitted_at > $3 ORDER BY c.submitted_at DESC LIMIT $2";
  private static final String THESE = COLUMNS + " WHERE c.id = ANY($2::uuid[])";

  private static final String CHANGES =
      """
      SELECT id, status, version, changed_at FROM scheduling.consult WHERE id = ANY($1::uuid[])
      """;

  private static final String NOT_OVER =
      """
      SELECT id FROM scheduling.consult
       WHERE id = ANY($1) AND status NOT IN ('closed', 'withdrawn')
      """;

  private static final String MINE =
      """
       WHERE (c.specialist_id = $3 OR c.id IN (
        SELECT a.consult_id FROM scheduling.booking b
          JOIN scheduling.appointment a ON a.id = b.appointment_id WHERE b.resource_id = $3))
         AND NOT platform.is_kept_home(c.id)
      """;
  private static final String OWN = " WHERE c.organisation_id = $3";
  private static final String OF_PATIENT = " AND c.patient_id = $%d";
  private static final String AFTER_IN_QUEUE = " AND (c.queue_at, c.id) > ($%d, $%d)";
  private static final String BEFORE_IN_TIME = " AND (c.changed_at, c.id) < ($%d, $%d)";
  private static final String BY_TIME_LEFT = " ORDER BY c.queue_at, c.id LIMIT $2";
  private static final String BY_CHANGE = " ORDER BY c.changed_at DESC, c.id DESC LIMIT $2";

  private static final String INSERT =
      """
      INSERT INTO scheduling.consult (id, organisation_id, site_id, patient_id, requester_id,
             age_value, age_unit, age_group, sex, patient_language, clinic_language, question,
             mode_asked, specialty_asked, urgency_computed, urgency_requested, submitted_at,
             targets_version, mode, specialty, status, waiting_on, due_at, due_for, changed_at,
             gender_wish, gender_wish_required, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $13,
              $14, $19, $20, $21, $22, $23, $24, $25, 1)
      ON CONFLICT (id) DO NOTHING
      """;
  private static final String SAVE =
      """
      UPDATE scheduling.consult
         SET mode = $2, specialty = $3, urgency_confirmed = $4, status = $5, waiting_on = $6,
             due_at = $7, due_for = $8, specialist_id = $9, first_answer_at = $10,
             follow_up_on = $11, result = $12, changed_at = $13, discussed_at = $14, ended_at = $15,
             urgency_computed = $16, version = version + 1
       WHERE id = $1
      """;

  /** What a list shows. */
  public enum View implements Wire {
    QUEUE,
    OPEN,
    CLOSED,
    ALL
  }

  /** Whose: an organisation's own, or those that one person works on. */
  public sealed interface Whose {
    record Organisation(OrganisationId id) implements Whose {}

    record Person(AccountId id) implements Whose {}
  }

  /** Where a page begins: after this consult in the order of the view. */
  public record After(Instant at, ConsultId id) {}

  /** A consult as it is kept, and its next appointment. */
  public record Kept(
      Consult consult,
      Instant changedAt,
      int version,
      Instant queueAt,
      Optional<TimeSlot> appointment) {}

  public Optional<Kept> find(Tx tx, ConsultId id) {
    return tx.one(FIND, tx.now(), id).map(ConsultStore::kept);
  }

  /** What was asked lately, of every organisation: for the server itself. */
  public List<Consult> since(Tx tx, Instant since, int limit) {
    return tx.list(SINCE, row -> kept(row).consult(), tx.now(), limit, since);
  }

  public List<Consult> these(Tx tx, Collection<ConsultId> ids) {
    return ids.isEmpty() ? List.of() : tx.list(THESE, row -> kept(row).consult(), tx.now(), ids);
  }

  /** Locks the row until the transaction ends: whoever changes a consult comes through here. */
  public Optional<Consult> lock(Tx tx, ConsultId id) {
    return tx.one(LOCK, tx.now(), id).map(row -> kept(row).consult());
  }

  /** Where each of these, never none, stands; those that the caller may not see are left out. */
  List<ConsultChange> changes(Tx tx, Collection<ConsultId> ids) {
    return tx.list(
        CHANGES,
        row ->
            new ConsultChange(
                new ConsultId(row.getUUID("id")),
                row.getString("status"),
                row.getInteger("version"),
                Rows.instant(row, "changed_at")),
        ids);
  }

  /** Which of these, never none, are not over. */
  Set<ConsultId> notOver(Tx tx, Collection<ConsultId> ids) {
    return Set.copyOf(tx.list(NOT_OVER, row -> new ConsultId(row.getUUID("id")), ids));
  }

  /** One statement a page, whatever is in it. */
  List<Kept> list(
      Tx tx,
      View view,
      Whose whose,
      Optional<PatientId> patient,
      Optional<After> after,
      int limit) {
    var parameters = new ArrayList<Object>(List.of(tx.now(), limit));
    var sql = new StringBuilder(COLUMNS);
    switch (whose) {
      case Whose.Organisation(var organisation) -> add(sql, OWN, parameters, organisation);
      case Whose.Person(var person) -> add(sql, MINE, parameters, person);
    }
    sql.append(
        switch (view) {
          case QUEUE, OPEN -> " AND NOT c.is_over";
          case CLOSED -> " AND c.is_over";
          case ALL -> "";
        });
    patient.ifPresent(id -> add(sql, OF_PATIENT, parameters, id));
    boolean byTimeLeft = view == View.QUEUE;
    after.ifPresent(mark ->
        add(sql, byTimeLeft ? AFTER_IN_QUEUE : BEFORE_IN_TIME, parameters, mark.at(), mark.id()));
    sql.append(byTimeLeft ? BY_TIME_LEFT : BY_CHANGE);
    return tx.list(sql.toString(), ConsultStore::kept, parameters.toArray());
  }

  /** Only what is asked for stands in the statement, so that the planner can use its index. */
  private static void add(
      StringBuilder sql, String condition, List<Object> parameters, Object... values) {
    int next = parameters.size() + 1;
    sql.append(condition.formatted(next, next + 1));
    parameters.addAll(List.of(values));
  }

  /** False when there is one of that id already. */
  boolean insert(Tx tx, Consult consult) {
    var r = consult.request();
    return tx.run(
            INSERT,
            r.id(),
            r.organisation(),
            r.site(),
            r.patient(),
            r.requester(),
            r.age().value(),
            r.age().unit(),
            r.ageGroup(),
            r.sex(),
            r.patientLanguage(),
            r.clinicLanguage(),
            r.question(),
            r.mode(),
            r.specialty(),
            r.computed(),
            r.requested(),
            r.submittedAt(),
            consult.targetsVersion(),
            consult.status(),
            consult.waitingOn(),
            consult.due().map(Due::at),
            consult.due().map(Due::what),
            tx.now(),
            r.genderWish().map(GenderWish::gender),
            r.genderWish().map(GenderWish::required))
        == 1;
  }

  public void save(Tx tx, Consult c) {
    tx.run(
        SAVE,
        c.id(),
        c.mode(),
        c.specialty(),
        c.urgency().confirmed(),
        c.status(),
        c.waitingOn(),
        c.due().map(Due::at),
        c.due().map(Due::what),
        c.specialist(),
        c.firstAnswerAt(),
        c.followUpOn(),
        c.result(),
        tx.now(),
        c.discussedAt(),
        c.endedAt(),
        c.urgency().computed());
  }

  private static Kept kept(Row row) {
    var start = Rows.optionalInstant(row, "start_at");
    return new Kept(
        consult(row),
        Rows.instant(row, "changed_at"),
        row.getInteger("version"),
        Rows.instant(row, "queue_at"),
        start.map(from -> new TimeSlot(from, Rows.instant(row, "end_at"))));
  }

  private static Consult consult(Row row) {
    return new Consult(
        request(row),
        Wire.parse(ConsultMode.class, row.getString("mode")),
        Optional.ofNullable(row.getString("specialty")),
        new UrgencyHistory(
            Wire.parse(Urgency.class, row.getString("urgency_computed")),
            Wire.parse(Urgency.class, row.getString("urgency_requested")),
            Optional.ofNullable(row.getString("urgency_confirmed"))
                .map(code -> Wire.parse(Urgency.class, code))),
        Wire.parse(Status.class, row.getString("status")),
        Wire.parse(WaitingOn.class, row.getString("waiting_on")),
        Rows.optionalInstant(row, "due_at")
            .map(at -> new Due(at, Wire.parse(Due.For.class, row.getString("due_for")))),
        Optional.ofNullable(row.getUUID("specialist_id")).map(AccountId::new),
        Rows.optionalInstant(row, "first_answer_at"),
        Rows.optionalInstant(row, "discussed_at"),
        Optional.ofNullable(row.getLocalDate("follow_up_on")),
        Optional.ofNullable(row.getString("result")),
        Rows.optionalInstant(row, "ended_at"),
        row.getInteger("targets_version"));
  }

  private static NewConsult request(Row row) {
    return new NewConsult(
        new ConsultId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        new SiteId(row.getUUID("site_id")),
        new PatientId(row.getUUID("patient_id")),
        new AccountId(row.getUUID("requester_id")),
        new Age(row.getInteger("age_value"), row.getString("age_unit")),
        Wire.parse(AgeGroup.class, row.getString("age_group")),
        row.getString("sex"),
        row.getString("patient_language"),
        row.getString("clinic_language"),
        Wire.parse(ConsultMode.class, row.getString("mode_asked")),
        Optional.ofNullable(row.getString("specialty_asked")),
        row.getString("question"),
        Wire.parse(Urgency.class, row.getString("urgency_computed")),
        Wire.parse(Urgency.class, row.getString("urgency_requested")),
        Optional.ofNullable(row.getString("gender_wish"))
            .map(code ->
                new GenderWish(
                    Wire.parse(Gender.class, code), row.getBoolean("gender_wish_required"))),
        Rows.instant(row, "submitted_at"));
  }
}
