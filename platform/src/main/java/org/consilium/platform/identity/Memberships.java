package org.consilium.platform.identity;

import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/**
 * Reads who a person is in which organisation, and keeps the language they chose. Tables from
 * V001__identity.sql.
 */
final class Memberships {
  private static final String COLUMNS =
      """
      SELECT m.id, m.role, m.organisation_id, m.account_id,
             o.name AS organisation_name, o.zone AS organisation_zone,
             m.site_id, s.name AS site_name, s.zone AS site_zone, s.country AS site_country,
             s.emergency_contact, a.name, a.email, a.zone, a.language
        FROM platform.membership m
        JOIN platform.account a ON a.id = m.account_id AND a.active
        JOIN platform.organisation o ON o.id = m.organisation_id
        LEFT JOIN platform.site s ON s.organisation_id = m.organisation_id AND s.id = m.site_id
       WHERE m.active AND
      """;

  private static final String OF_ACCOUNT =
      COLUMNS + " m.account_id = $1 ORDER BY m.created_at, m.id";
  private static final String BY_ID = COLUMNS + " m.id = $1";

  private static final String SPEAK = "UPDATE platform.account SET language = $2 WHERE id = $1";

  /** {@code language}, a BCP 47 tag, is the person's own from now on, in every role. */
  void speak(Tx tx, AccountId account, String language) {
    tx.run(SPEAK, account, language);
  }

  Optional<Caller> caller(Tx tx, MembershipId membership, String requestId) {
    return tx.one(BY_ID, membership).map(row -> caller(row, requestId));
  }

  Optional<Me> me(Tx tx, MembershipId membership) {
    return tx.one(BY_ID, membership)
        .map(row ->
            new Me(
                new Me.AccountView(
                    new AccountId(row.getUUID("account_id")),
                    row.getString("name"),
                    row.getString("email"),
                    ZoneId.of(row.getString("zone")),
                    row.getString("language")),
                view(row),
                ofAccount(tx, new AccountId(row.getUUID("account_id")))));
  }

  List<Me.MembershipView> ofAccount(Tx tx, AccountId account) {
    return tx.list(OF_ACCOUNT, Memberships::view, account);
  }

  static Caller caller(Row row, String requestId) {
    return new Caller(
        new AccountId(row.getUUID("account_id")),
        new OrganisationId(row.getUUID("organisation_id")),
        Wire.parse(Role.class, row.getString("role")),
        row.getString("name"),
        Optional.ofNullable(row.getUUID("site_id")).map(SiteId::new),
        ZoneId.of(row.getString("zone")),
        requestId);
  }

  private static Me.MembershipView view(Row row) {
    var site =
        row.getUUID("site_id") == null
            ? null
            : new SiteRef(
                new SiteId(row.getUUID("site_id")),
                row.getString("site_name"),
                ZoneId.of(row.getString("site_zone")),
                row.getString("site_country"),
                row.getString("emergency_contact"));
    return new Me.MembershipView(
        new MembershipId(row.getUUID("id")),
        Wire.parse(Role.class, row.getString("role")),
        new OrganisationRef(
            new OrganisationId(row.getUUID("organisation_id")),
            row.getString("organisation_name"),
            ZoneId.of(row.getString("organisation_zone"))),
        site);
  }
}
