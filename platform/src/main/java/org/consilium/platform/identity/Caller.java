package org.consilium.platform.identity;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/**
 * Who acts in a transaction: a signed-in person in one role of one organisation, the server itself,
 * or nobody.
 *
 * @param requestId what the log and the audit line name this request; empty for timers
 */
public record Caller(
    AccountId account,
    OrganisationId organisation,
    Role role,
    String name,
    Optional<SiteId> site,
    ZoneId zone,
    String requestId) {
  private static final UUID NIL = new UUID(0, 0);

  public Caller {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(organisation, "organisation");
    Objects.requireNonNull(role, "role");
  }

  public Caller(
      AccountId account,
      OrganisationId organisation,
      Role role,
      String name,
      Optional<SiteId> site,
      ZoneId zone) {
    this(account, organisation, role, name, site, zone, "");
  }

  /** The server itself: timers and listeners. */
  public static Caller worker() {
    return nobody(Role.WORKER, "Consilium", "");
  }

  /** Somebody who has not signed in. */
  public static Caller anonymous(String requestId) {
    return nobody(Role.NOBODY, "", requestId);
  }

  /** Whether a person of flesh and blood is signed in. */
  public boolean isPerson() {
    return !account.value().equals(NIL);
  }

  /** The same one in another role. */
  public Caller as(Role other) {
    return new Caller(account, organisation, other, name, site, zone, requestId);
  }

  private static Caller nobody(Role role, String name, String requestId) {
    return new Caller(
        new AccountId(NIL),
        new OrganisationId(NIL),
        role,
        name,
        Optional.empty(),
        ZoneOffset.UTC,
        requestId);
  }
}
