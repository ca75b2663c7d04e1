package org.consilium.scheduling.volunteer;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/**
 * All SQL about how somebody stands with the network and their credentials. Tables from
 * V006__people.sql; writing is the server's own.
 */
final class StandingStore {
  /**
   * How somebody stands.
   *
   * @param reason told by whoever decided; for a pause, what they gave
   * @param backAt when a pause ends by itself
   */
  record Standing(
      AccountId account,
      OrganisationId organisation,
      VolunteerKind kind,
      VolunteerStatus status,
      Optional<String> reason,
      Optional<Instant> since,
      Optional<Instant> backAt,
      int version) {}

  /** A licence and what was done with it. */
  record Credential(
      UUID id,
      AccountId account,
      Volunteer.Licence licence,
      Optional<AccountId> by,
      Optional<Instant> at,
      Optional<String> reason) {}

  /** A licence that ends soon and was not warned of at this distance. */
  record Warning(
      UUID id, AccountId account, OrganisationId organisation, LocalDate last, int days) {}

  private static final String COLUMNS =
      """
      SELECT account_id, organisation_id, kind, status, status_reason, status_at, back_at, version
        FROM scheduling.volunteer
      """;
  private static final String FIND = COLUMNS + " WHERE account_id = $1";
  private static final String LOCK = COLUMNS + " WHERE account_id = $1 FOR UPDATE";
  private static final String OF_NETWORK =
      COLUMNS + " WHERE organisation_id = $1 ORDER BY account_id";
  private static final String BECOME =
      """
      UPDATE scheduling.volunteer
         SET status = $2, status_reason = $3, status_by = $4, status_at = $5, back_at = $6
       WHERE account_id = $1
      """;
  private static final String APPLY_AGAIN =
      """
      UPDATE scheduling.volunteer
         SET kind = $2, country = $3, organisation_id = $4, registered_at = $5
       WHERE account_id = $1
      """;
  private static final String SAVE =
      """
      UPDATE scheduling.volunteer
         SET weekly_cap = $2, red_calls = $3, rest_hours = $4, quiet_from = $5, quiet_until = $6,
             gender = $7, channels = $8, version = version + 1
       WHERE account_id = $1
      """;
  private static final String CREDENTIAL =
      """
      SELECT id, account_id, country, number, valid_from, valid_until, state, state_by, state_at,
             state_reason
        FROM scheduling.volunteer_licence
      """;
  private static final String CREDENTIALS =
      CREDENTIAL + " WHERE account_id = ANY($1::uuid[]) ORDER BY country, valid_until, id";
  private static final String LOCK_CREDENTIAL = CREDENTIAL + " WHERE id = $1 FOR UPDATE";
  private static final String DECIDE =
      """
      UPDATE scheduling.volunteer_licence
         SET state = $2, state_by = $3, state_at = $4, state_reason = $5
       WHERE id = $1
      """;
  private static final String CLAIM_BACK =
      """
      SELECT account_id FROM scheduling.volunteer
       WHERE status = 'paused' AND back_at <= $1 AND NOT account_id = ANY($2::uuid[])
       ORDER BY back_at LIMIT 1 FOR UPDATE SKIP LOCKED
      """;
  private static final String CLAIM_ENDED =
      CREDENTIAL
          + """
           WHERE state = 'verified' AND ended_at IS NULL AND valid_until < $1
             AND NOT account_id = ANY($2::uuid[])
           ORDER BY valid_until, id LIMIT 1 FOR UPDATE SKIP LOCKED
          """;
  private static final String ENDED =
      "UPDATE scheduling.volunteer_licence SET ended_at = $2 WHERE id = $1";

  // Who holds another of that country that lasts longer needs no warning.
  private static final String CLAIM_WARNING =
      """
      SELECT l.id, l.account_id, v.organisation_id, l.valid_until, step.days
        FROM scheduling.volunteer_licence l
        JOIN scheduling.volunteer v ON v.account_id = l.account_id AND v.status <> 'ended'
        CROSS JOIN LATERAL (SELECT CASE WHEN l.valid_until - $1::date <= 7 THEN 7
                                        WHEN l.valid_until - $1::date <= 30 THEN 30
                                        ELSE 60 END AS days) step
       WHERE l.state = 'verified' AND l.ended_at IS NULL
         AND l.valid_until BETWEEN $1::date AND $1::date + 60
         AND (l.warned_days IS NULL OR l.warned_days > step.days)
         AND NOT EXISTS (
           SELECT FROM scheduling.volunteer_licence other
            WHERE other.account_id = l.account_id AND other.country = l.country
              AND other.state = 'verified' AND other.id <> l.id
              AND (other.valid_until IS NULL OR other.valid_until > l.valid_until))
         AND NOT l.account_id = ANY($2::uuid[])
       ORDER BY l.valid_until, l.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED
      """;
  private static final String WARNED =
      "UPDATE scheduling.volunteer_licence SET warned_days = $2 WHERE id = $1";

  private static final String UNFIT =
      """
      SELECT v.account_id FROM scheduling.volunteer v
       WHERE v.account_id = ANY($1::uuid[]) AND v.kind = 'specialist'
         AND (v.status IN ('suspended', 'ended')
              OR NOT EXISTS (SELECT FROM scheduling.volunteer_licence l
                              WHERE l.account_id = v.account_id AND l.state = 'verified'
                                AND (l.valid_from IS NULL OR l.valid_from <= $2::date)
                                AND (l.valid_until IS NULL OR l.valid_until >= $2::date)))
      """;

  Optional<Standing> find(Tx tx, AccountId account) {
    return tx.one(FIND, account).map(StandingStore::standing);
  }

  Optional<Standing> lock(Tx tx, AccountId account) {
    return tx.one(LOCK, account).map(StandingStore::standing);
  }

  List<Standing> ofNetwork(Tx tx, OrganisationId organisation) {
    return tx.list(OF_NETWORK, StandingStore::standing, organisation);
  }

  void become(
      Tx tx,
      AccountId account,
      VolunteerStatus status,
      Optional<String> reason,
      Optional<Instant> backAt) {
    var by = Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
    tx.run(BECOME, account, status, reason, by, tx.now(), backAt);
  }

  void applyAgain(Tx tx, Volunteer v) {
    tx.run(APPLY_AGAIN, v.account(), v.kind(), v.country(), v.organisation(), tx.now());
  }

  void save(Tx tx, AccountId account, int weeklyCap, boolean redCalls, Wishes wishes) {
    tx.run(
        SAVE,
        account,
        weeklyCap,
        redCalls,
        (int) wishes.rest().toHours(),
        wishes.quiet().map(q -> q.from().toString()),
        wishes.quiet().map(q -> q.until().toString()),
        wishes.gender(),
        wishes.channels().stream().map(Wire::of).toArray(String[]::new));
  }

  /** Who of these specialists is suspended, ended, or has no licence for that day. */
  Set<AccountId> unfit(Tx tx, LocalDate day, Collection<AccountId> accounts) {
    return Set.copyOf(
        tx.list(UNFIT, row -> new AccountId(row.getUUID("account_id")), accounts, day));
  }

  List<Credential> credentials(Tx tx, Collection<AccountId> accounts) {
    return accounts.isEmpty()
        ? List.of()
        : tx.list(CREDENTIALS, StandingStore::credential, accounts);
  }

  Optional<Credential> lockCredential(Tx tx, UUID id) {
    return tx.one(LOCK_CREDENTIAL, id).map(StandingStore::credential);
  }

  void decide(Tx tx, UUID credential, LicenceState state, Optional<String> reason) {
    tx.run(DECIDE, credential, state, tx.caller().account(), tx.now(), reason);
  }

  /** Whose pause is over, held until the transaction ends. */
  Optional<AccountId> claimBack(Tx tx, Collection<UUID> but) {
    return tx.one(CLAIM_BACK, tx.now(), but.toArray(UUID[]::new))
        .map(row -> new AccountId(row.getUUID("account_id")));
  }

  /** A licence whose last day is over and that nobody has acted upon, held likewise. */
  Optional<Credential> claimEnded(Tx tx, LocalDate today, Collection<UUID> but) {
    return tx.one(CLAIM_ENDED, today, but.toArray(UUID[]::new)).map(StandingStore::credential);
  }

  void ended(Tx tx, UUID credential) {
    tx.run(ENDED, credential, tx.now());
  }

  Optional<Warning> claimWarning(Tx tx, LocalDate today, Collection<UUID> but) {
    return tx.one(CLAIM_WARNING, today, but.toArray(UUID[]::new))
        .map(row ->
            new Warning(
                row.getUUID("id"),
                new AccountId(row.getUUID("account_id")),
                new OrganisationId(row.getUUID("organisation_id")),
                row.getLocalDate("valid_until"),
                row.getInteger("days")));
  }

  void warned(Tx tx, Warning warning) {
    tx.run(WARNED, warning.id(), warning.days());
  }

  private static Standing standing(Row row) {
    return new Standing(
        new AccountId(row.getUUID("account_id")),
        new OrganisationId(row.getUUID("organisation_id")),
        Wire.parse(VolunteerKind.class, row.getString("kind")),
        Wire.parse(VolunteerStatus.class, row.getString("status")),
        Optional.ofNullable(row.getString("status_reason")),
        Rows.optionalInstant(row, "status_at"),
        Rows.optionalInstant(row, "back_at"),
        row.getInteger("version"));
  }

  private static Credential credential(Row row) {
    return new Credential(
        row.getUUID("id"),
        new AccountId(row.getUUID("account_id")),
        new Volunteer.Licence(
            row.getString("country"),
            row.getString("number"),
            Optional.ofNullable(row.getLocalDate("valid_from")),
            Optional.ofNullable(row.getLocalDate("valid_until")),
            Wire.parse(LicenceState.class, row.getString("state"))),
        Optional.ofNullable(row.getUUID("state_by")).map(AccountId::new),
        Rows.optionalInstant(row, "state_at"),
        Optional.ofNullable(row.getString("state_reason")));
  }
}
