package org.consilium.records.followup.loop;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.SiteRef;
import org.consilium.records.triage.Urgency;

/** Whom a coordinator telephones: what is due, and what nobody answered. */
public final class ChaseList {
  private static final Duration UNANSWERED_SHOWN = Duration.ofDays(60);
  private static final int SHOWN_MAX = 200;

  private static final String LIST =
      """
      SELECT c.consult_id, c.id, c.due_on, c.state, c.urgency, p.site_id,
             t.due_at AS next_at, coalesce(t.step, 4) - 1 AS tries,
             (SELECT max(r.sent_at) FROM records.follow_up_reminder r
               WHERE r.organisation_id = c.organisation_id AND r.check_id = c.id) AS asked_at,
             array(SELECT a.account_id FROM records.follow_up_ask a
                    WHERE a.organisation_id = c.organisation_id AND a.check_id = c.id) AS asked
        FROM records.follow_up_check c
        JOIN platform.consult p ON p.id = c.consult_id
        LEFT JOIN records.follow_up_timer t
          ON t.organisation_id = c.organisation_id AND t.check_id = c.id
       WHERE c.organisation_id = $1
         AND ((c.state = 'waiting' AND c.due_at <= $2)
           OR (c.state = 'unanswered' AND c.ended_at > $3
               AND NOT EXISTS (SELECT FROM records.outcome o
                                WHERE o.organisation_id = c.organisation_id
                                  AND o.consult_id = c.consult_id AND o.recorded_at > c.due_at)
               AND NOT EXISTS (SELECT FROM records.follow_up_check n
                                WHERE n.organisation_id = c.organisation_id
                                  AND n.consult_id = c.consult_id
                                  AND (n.due_at, n.id) > (c.due_at, c.id)
                                  AND n.state IN ('waiting', 'unanswered') AND n.due_at <= $2)))
       ORDER BY (c.state = 'unanswered') DESC, c.due_at LIMIT $4
      """;

  private final Platform platform;

  public ChaseList(Platform platform) {
    this.platform = platform;
  }

  /** One who was asked; their telephone where they have given it. */
  public record Person(AccountId id, String name, Optional<String> phone) {}

  /**
   * @param tries reminders that went out
   * @param nextAt of the next reminder, or of giving up
   */
  public record Chase(
      ConsultId consultId,
      String reference,
      Check.State state,
      LocalDate dueOn,
      Urgency urgency,
      SiteRef site,
      int tries,
      Optional<Instant> askedAt,
      Optional<Instant> nextAt,
      List<Person> asked) {}

  /** Of the caller's organisation: first what nobody answered, then by the date. */
  List<Chase> list(Tx tx) {
    var own = tx.caller().organisation();
    platform.audit().append(tx, "follow-up.list", Subject.none());
    return tx.asServer(() -> {
      var rows = tx.rows(LIST, own, tx.now(), tx.now().minus(UNANSWERED_SHOWN), SHOWN_MAX);
      var accounts =
          rows.stream()
              .flatMap(row -> asked(row).stream())
              .distinct()
              .collect(Collectors.toMap(id -> id, id -> person(tx, id)));
      var sites =
          platform
              .directory()
              .sites(tx, rows.stream().map(ChaseList::site).collect(Collectors.toSet()));
      return rows.stream()
          .map(row -> chase(row, SiteRef.of(sites.get(site(row))), accounts))
          .toList();
    });
  }

  private Person person(Tx tx, AccountId id) {
    return new Person(
        id, platform.directory().person(tx, id).name(), platform.phoneNumbers().number(tx, id));
  }

  private static Chase chase(Row row, SiteRef site, Map<AccountId, Person> accounts) {
    var consult = new ConsultId(row.getUUID("consult_id"));
    return new Chase(
        consult,
        ConsultReference.of(consult),
        Wire.parse(Check.State.class, row.getString("state")),
        row.getLocalDate("due_on"),
        Wire.parse(Urgency.class, row.getString("urgency")),
        site,
        row.getInteger("tries"),
        Rows.optionalInstant(row, "asked_at"),
        Rows.optionalInstant(row, "next_at"),
        asked(row).stream().map(accounts::get).toList());
  }

  private static SiteId site(Row row) {
    return new SiteId(row.getUUID("site_id"));
  }

  private static List<AccountId> asked(Row row) {
    return List.of(row.getArrayOfUUIDs("asked")).stream().map(AccountId::new).toList();
  }
}
