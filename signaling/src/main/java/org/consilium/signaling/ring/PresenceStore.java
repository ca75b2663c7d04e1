package org.consilium.signaling.ring;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.identity.SignIn;

/** All SQL about presence and its tickets, from V005__ring.sql. */
final class PresenceStore {
  /** A node that has not said so for this long is gone, and its people with it. */
  static final Duration PRESENT_FOR = Duration.ofSeconds(50);

  private static final String TICKET =
      """
      INSERT INTO signaling.presence_ticket (ticket_sha256, account_id, membership_id, sign_in,
                                             expires_at)
      VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String REDEEM =
      """
      UPDATE signaling.presence_ticket SET used_at = $2
       WHERE ticket_sha256 = $1 AND used_at IS NULL AND expires_at > $2
      RETURNING sign_in, membership_id
      """;
  private static final String FORGET_TICKETS =
      "DELETE FROM signaling.presence_ticket WHERE expires_at < $1";

  private static final String HERE =
      """
      INSERT INTO signaling.presence (account_id, node, seen_at)
      SELECT account, $2, $3 FROM unnest($1::uuid[]) AS account
      ON CONFLICT (account_id, node) DO UPDATE SET seen_at = $3
      """;
  private static final String GONE =
      "DELETE FROM signaling.presence WHERE node = $2 AND account_id = ANY($1::uuid[])";
  private static final String NODE_GONE = "DELETE FROM signaling.presence WHERE node = $1";
  private static final String FORGET = "DELETE FROM signaling.presence WHERE seen_at < $1";

  private static final String REACHABLE =
      """
      SELECT DISTINCT p.account_id FROM signaling.presence p
       WHERE p.account_id = ANY($1::uuid[]) AND p.seen_at > $2
      """;

  /** Whether a stranger has a page open is nobody's business. */
  private static final String ASKED_FOR =
      REACHABLE
          + """
           AND EXISTS (SELECT FROM platform.membership m
                        WHERE m.account_id = p.account_id AND m.active
                          AND (m.role IN ('specialist', 'interpreter')
                            OR m.organisation_id = platform.current_organisation()))
          """;

  void keepTicket(Tx tx, String ticket, AccountId account, SignIn signIn, Instant expiresAt) {
    tx.run(TICKET, Secrets.sha256(ticket), account, signIn.membership(), signIn.id(), expiresAt);
  }

  /** Uses the ticket up; empty when it is not good. */
  Optional<SignIn> redeem(Tx tx, String ticket) {
    return tx.one(REDEEM, Secrets.sha256(ticket), tx.now())
        .map(row ->
            new SignIn(row.getUUID("sign_in"), new MembershipId(row.getUUID("membership_id"))));
  }

  /** These people have a device at this node. */
  void here(Tx tx, UUID node, Collection<AccountId> accounts) {
    if (!accounts.isEmpty()) {
      tx.run(HERE, accounts, node, tx.now());
    }
  }

  void gone(Tx tx, UUID node, Collection<AccountId> accounts) {
    if (!accounts.isEmpty()) {
      tx.run(GONE, accounts, node);
    }
  }

  void nodeGone(Tx tx, UUID node) {
    tx.run(NODE_GONE, node);
  }

  /** Throws away what has served. */
  void forgetOld(Tx tx) {
    tx.run(FORGET, tx.now().minus(PRESENT_FOR));
    tx.run(FORGET_TICKETS, tx.now().minus(Duration.ofHours(1)));
  }

  /** Who of these has a device at any node. */
  Set<AccountId> reachable(Tx tx, Collection<AccountId> accounts) {
    return reachable(tx, REACHABLE, accounts);
  }

  /** The same, as far as the caller may know. */
  Set<AccountId> reachableFor(Tx tx, Collection<AccountId> accounts) {
    return reachable(tx, ASKED_FOR, accounts);
  }

  private static Set<AccountId> reachable(Tx tx, String sql, Collection<AccountId> accounts) {
    return accounts.isEmpty()
        ? Set.of()
        : tx.rows(sql, accounts, tx.now().minus(PRESENT_FOR)).stream()
            .map(row -> new AccountId(row.getUUID("account_id")))
            .collect(Collectors.toUnmodifiableSet());
  }
}
