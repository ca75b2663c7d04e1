package org.consilium.platform.identity;

import java.time.ZoneId;
import java.util.Optional;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/** Enters organisations, sites, people and their roles. Only the server's own role may. */
public final class Accounts {
  private static final String ORGANISATION =
      "INSERT INTO platform.organisation (id, name, kind, zone, created_at) VALUES ($1,$2,$3,$4,$5)";

  private static final String SITE =
      """
      INSERT INTO platform.site (organisation_id, id, name, zone, country, emergency_contact)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String ACCOUNT =
      """
      INSERT INTO platform.account (id, name, email, zone, language, password_hash, registration,
                                    country, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  private static final String MEMBERSHIP =
      """
      INSERT INTO platform.membership (id, account_id, organisation_id, role, site_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  /**
   * @param email what the person types to sign in; unique regardless of case
   * @param language the person's own, a BCP 47 tag
   * @param registration the register's number of a doctor, or null
   * @param country where the registration holds, ISO 3166-1 alpha-2, or null
   */
  public record NewAccount(
      AccountId id,
      String name,
      String email,
      ZoneId zone,
      String language,
      String password,
      String registration,
      String country) {}

  public void organisation(Tx tx, Organisation organisation) {
    tx.run(
        ORGANISATION,
        organisation.id(),
        organisation.name(),
        organisation.kind(),
        organisation.zone().getId(),
        tx.now());
  }

  public void site(Tx tx, Site site) {
    tx.run(
        SITE,
        site.organisation(),
        site.id(),
        site.name(),
        site.zone().getId(),
        site.country(),
        site.emergencyContact());
  }

  public void account(Tx tx, NewAccount account) {
    account(tx, account, PasswordHash.of(account.password()));
  }

  /** The same with a hash that was made before, for many accounts at once. */
  public void account(Tx tx, NewAccount account, String passwordHash) {
    tx.run(
        ACCOUNT,
        account.id(),
        account.name(),
        account.email(),
        account.zone().getId(),
        account.language(),
        passwordHash,
        account.registration(),
        account.country(),
        tx.now());
  }

  public MembershipId membership(
      Tx tx, AccountId account, OrganisationId organisation, Role role, Optional<SiteId> site) {
    var id = MembershipId.random();
    tx.run(MEMBERSHIP, id, account, organisation, role, site, tx.now());
    return id;
  }
}
