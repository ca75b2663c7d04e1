package org.consilium.scheduling.report;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.Urgency;

/** All SQL of the reports. View: {@code scheduling.consult_times}, from V011__report.sql. */
final class ReportStore {
  private static final String TIMES =
      """
      WITH asked AS (
        SELECT t.*, %s AS grp, width_bucket(t.submitted_at, $4::text[]::timestamptz[]) AS week
          FROM scheduling.consult_times t
         WHERE %s AND t.submitted_at >= $2 AND t.submitted_at < $3
           AND ($6::text IS NULL OR t.urgency = $6))
      SELECT grouping(grp) AS all_groups, grouping(week) AS all_weeks, grp, week, m.name,
             count(*)::int AS consults,
             count(m.done_at)::int AS done,
             (count(*) FILTER (WHERE m.done_at IS NULL AND NOT is_over))::int AS waiting,
             (count(*) FILTER (WHERE m.done_at IS NOT NULL
                                  OR m.by_at <= least($5::timestamptz, over_at)))::int AS due,
             (count(*) FILTER (WHERE m.done_at <= m.by_at))::int AS on_time,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY took.minutes) AS median,
             percentile_cont(0.9) WITHIN GROUP (ORDER BY took.minutes) AS p90,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY took.minutes / took.target) AS median_of,
             percentile_cont(0.9) WITHIN GROUP (ORDER BY took.minutes / took.target) AS p90_of,
             CASE WHEN min(took.target) = max(took.target) THEN min(took.target)::int END AS target
        FROM asked
       CROSS JOIN LATERAL (VALUES ('allocated', allocated_at, allocate_by),
                                  ('answered', answered_at, answer_by),
                                  ('closed', closed_at, close_by)) m (name, done_at, by_at)
       CROSS JOIN LATERAL (
              SELECT CASE WHEN m.done_at > submitted_at
                          THEN (extract(epoch FROM m.done_at - submitted_at) / 60)::float8
                          WHEN m.done_at IS NOT NULL THEN 0 END AS minutes,
                     (extract(epoch FROM m.by_at - submitted_at) / 60)::float8 AS target
               ) took
       GROUP BY GROUPING SETS ((m.name), (m.name, grp), (m.name, week))
      """;
  private static final String OWN = "t.organisation_id = $1";
  private static final String HELPED =
      """
      t.specialist_id = ANY (ARRAY(
        SELECT v.account_id FROM scheduling.volunteer v WHERE v.organisation_id = $1))\
      """;
  private static final String LATE =
      """
      SELECT t.id, t.urgency, t.specialty, t.site_id, t.waiting_on, t.status, t.submitted_at,
             t.answer_by
        FROM scheduling.consult_times t
       WHERE %s AND NOT t.is_over AND t.answered_at IS NULL AND t.answer_by <= $2
       ORDER BY t.submitted_at, t.id
      """;
  private static final String LAST_REQUESTS =
      """
      SELECT site_id, max(submitted_at) AS last_at FROM scheduling.consult
       WHERE organisation_id = $1 GROUP BY site_id
      """;
  private static final String SPECIALISTS =
      """
      SELECT v.account_id, v.organisation_id, %s AS wanted,
             count(o.id)::int AS offers,
             (count(o.id) FILTER (WHERE o.status = 'accepted'))::int AS accepted,
             (count(o.id) FILTER (WHERE o.status = 'refused'))::int AS refused,
             (count(o.id) FILTER (WHERE o.status = 'expired'))::int AS expired,
             (SELECT max(l.sent_at) FROM scheduling.offer l
               WHERE l.specialist_id = v.account_id AND %s) AS last_at
        FROM scheduling.volunteer v
        LEFT JOIN scheduling.offer o
          ON o.specialist_id = v.account_id AND o.sent_at >= $2 AND o.sent_at < $3 AND %s
       WHERE v.kind = 'specialist' AND v.status = 'active' AND %s
       GROUP BY v.account_id, v.organisation_id
       ORDER BY accepted DESC, offers DESC, v.account_id
      """;
  private static final String OF_A_WANTED_FIELD =
      """
      EXISTS (SELECT FROM scheduling.volunteer_specialty s
               WHERE s.account_id = v.account_id AND s.specialty = ANY (ARRAY(
                 SELECT c.specialty FROM scheduling.consult c
                  WHERE c.organisation_id = $1 AND c.submitted_at >= $2 AND c.submitted_at < $3)))
      """;
  private static final String ANSWERS_TO_OFFERS =
      """
      SELECT o.specialist_id, date_bin('15 minutes', o.sent_at, timestamptz 'epoch') AS sent,
             count(*)::int AS offers,
             (count(*) FILTER (WHERE o.status = 'expired'))::int AS expired
        FROM scheduling.offer o
       WHERE %s AND o.sent_at >= $2 AND o.sent_at < $3
         AND o.status IN ('accepted', 'refused', 'expired')
       GROUP BY o.specialist_id, sent
      """;
  private static final String OF_OWN_VOLUNTEERS =
      """
      o.specialist_id = ANY (ARRAY(
        SELECT v.account_id FROM scheduling.volunteer v WHERE v.organisation_id = $1))\
      """;
  private static final String LANGUAGES = "SELECT code, label FROM scheduling.language";
  private static final String SPECIALTIES = "SELECT code, label FROM scheduling.specialty";

  /** Counts of one measure in one group; weeks by their place in the period. */
  record Counted(
      Optional<String> group,
      Optional<Integer> week,
      String name,
      int consults,
      Report.Measure measure) {}

  record LateRow(
      UUID consult,
      String urgency,
      String specialty,
      UUID site,
      String waitingOn,
      String status,
      Instant submittedAt,
      Instant answerBy) {}

  record SpecialistRow(
      AccountId id,
      OrganisationId organisation,
      boolean wanted,
      int offers,
      int accepted,
      int refused,
      int expired,
      Optional<Instant> lastAt) {}

  record Answers(AccountId specialist, Instant sent, int offers, int expired) {}

  List<Counted> times(
      Tx tx,
      Scope scope,
      OrganisationId organisation,
      Period period,
      Grouping by,
      Optional<Urgency> urgency) {
    var sql = TIMES.formatted(key(scope, by), scope == Scope.OWN ? OWN : HELPED);
    return tx.list(
        sql,
        ReportStore::counted,
        organisation,
        period.start(),
        period.end(),
        period.weekStarts(),
        tx.now(),
        urgency);
  }

  private static String key(Scope scope, Grouping by) {
    return switch (by) {
      case URGENCY -> "t.urgency";
      case SPECIALTY -> "t.specialty";
      case LANGUAGE -> "t.language";
      case SITE -> "t.site_id::text";
      case ORGANISATION ->
          scope == Scope.HELPED
              ? "t.organisation_id::text"
              : """
              coalesce((SELECT v.organisation_id::text FROM scheduling.volunteer v
                         WHERE v.account_id = t.specialist_id), '')\
              """;
    };
  }

  List<LateRow> late(Tx tx, Scope scope, OrganisationId organisation) {
    return tx.list(
        LATE.formatted(scope == Scope.OWN ? OWN : HELPED),
        row ->
            new LateRow(
                row.getUUID("id"),
                row.getString("urgency"),
                row.getString("specialty"),
                row.getUUID("site_id"),
                row.getString("waiting_on"),
                row.getString("status"),
                Rows.instant(row, "submitted_at"),
                Rows.instant(row, "answer_by")),
        organisation,
        tx.now());
  }

  Map<UUID, Instant> lastRequests(Tx tx, OrganisationId organisation) {
    return tx.rows(LAST_REQUESTS, organisation).stream()
        .collect(Collectors.toMap(r -> r.getUUID("site_id"), r -> Rows.instant(r, "last_at")));
  }

  /** Active specialists, who carries most first, with what {@code scope} asked of them. */
  List<SpecialistRow> specialists(Tx tx, Scope scope, OrganisationId organisation, Period period) {
    var sql =
        scope == Scope.OWN
            ? SPECIALISTS.formatted(
                OF_A_WANTED_FIELD, "l.organisation_id = $1", "o.organisation_id = $1", "true")
            : SPECIALISTS.formatted("true", "true", "true", "v.organisation_id = $1");
    return tx.list(
        sql,
        row ->
            new SpecialistRow(
                new AccountId(row.getUUID("account_id")),
                new OrganisationId(row.getUUID("organisation_id")),
                row.getBoolean("wanted"),
                row.getInteger("offers"),
                row.getInteger("accepted"),
                row.getInteger("refused"),
                row.getInteger("expired"),
                Rows.optionalInstant(row, "last_at")),
        organisation,
        period.start(),
        period.end());
  }

  /** Offers that came to an end by themselves or by an answer, in quarters of an hour. */
  List<Answers> answers(Tx tx, Scope scope, OrganisationId organisation, Period period) {
    var whose = scope == Scope.OWN ? "o.organisation_id = $1" : OF_OWN_VOLUNTEERS;
    return tx.list(
        ANSWERS_TO_OFFERS.formatted(whose),
        row ->
            new Answers(
                new AccountId(row.getUUID("specialist_id")),
                Rows.instant(row, "sent"),
                row.getInteger("offers"),
                row.getInteger("expired")),
        organisation,
        period.start(),
        period.end());
  }

  Map<String, String> languages(Tx tx) {
    return labels(tx, LANGUAGES);
  }

  Map<String, String> specialties(Tx tx) {
    return labels(tx, SPECIALTIES);
  }

  private static Map<String, String> labels(Tx tx, String sql) {
    var labels = new HashMap<String, String>();
    tx.rows(sql).forEach(row -> labels.put(row.getString("code"), row.getString("label")));
    return labels;
  }

  private static Counted counted(Row row) {
    int due = row.getInteger("due");
    int onTime = row.getInteger("on_time");
    return new Counted(
        row.getInteger("all_groups") == 0 ? Optional.of(row.getString("grp")) : Optional.empty(),
        row.getInteger("all_weeks") == 0 ? Optional.of(row.getInteger("week")) : Optional.empty(),
        row.getString("name"),
        row.getInteger("consults"),
        new Report.Measure(
            row.getInteger("done"),
            row.getInteger("waiting"),
            due,
            onTime,
            Proportions.share(onTime, due),
            row.getDouble("median"),
            row.getDouble("p90"),
            row.getDouble("median_of"),
            row.getDouble("p90_of"),
            row.getInteger("target")));
  }
}
