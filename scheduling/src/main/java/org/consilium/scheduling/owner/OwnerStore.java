package org.consilium.scheduling.owner;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;

/** All SQL about coordinators on duty; as the server. Tables from V007__ladder.sql. */
final class OwnerStore {
  private static final String BEGIN =
      """
      INSERT INTO scheduling.coordinator_duty (account_id, organisation_id, began_at)
      VALUES ($1, $2, $3) ON CONFLICT (account_id, organisation_id) WHERE ended_at IS NULL DO NOTHING
      """;
  private static final String END =
      """
      UPDATE scheduling.coordinator_duty SET ended_at = $3
       WHERE account_id = $1 AND organisation_id = $2 AND ended_at IS NULL
      """;
  private static final String ON_DUTY =
      """
      SELECT account_id, began_at FROM scheduling.coordinator_duty
       WHERE organisation_id = $1 AND ended_at IS NULL ORDER BY began_at, account_id
      """;
  private static final String CONCERNING =
      """
      SELECT c.id FROM scheduling.placing p JOIN scheduling.consult c ON c.id = p.consult_id
       WHERE p.organisation_id = $1 AND (p.coordinator_id = $2 OR p.handing_to_id = $2)
         AND NOT c.is_over
       ORDER BY c.queue_at, c.id
      """;

  /** Since when somebody is on duty. */
  record OnDuty(AccountId account, Instant since) {}

  /** Changes nothing when they are on duty already. */
  void begin(Tx tx, AccountId account, OrganisationId organisation) {
    tx.run(BEGIN, account, organisation, tx.now());
  }

  void end(Tx tx, AccountId account, OrganisationId organisation) {
    tx.run(END, account, organisation, tx.now());
  }

  List<OnDuty> onDuty(Tx tx, OrganisationId organisation) {
    return tx.list(ON_DUTY, OwnerStore::onDuty, organisation);
  }

  /** What is not over and in this coordinator's name, or is to be; by time left. */
  List<ConsultId> concerning(Tx tx, OrganisationId organisation, AccountId coordinator) {
    return tx.list(CONCERNING, row -> new ConsultId(row.getUUID("id")), organisation, coordinator);
  }

  static Optional<Instant> since(List<OnDuty> group, AccountId account) {
    return group.stream().filter(d -> d.account().equals(account)).map(OnDuty::since).findFirst();
  }

  private static OnDuty onDuty(Row row) {
    return new OnDuty(new AccountId(row.getUUID("account_id")), Rows.instant(row, "began_at"));
  }
}
