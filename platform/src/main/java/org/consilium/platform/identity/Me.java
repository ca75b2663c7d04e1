package org.consilium.platform.identity;

import java.time.ZoneId;
import java.util.List;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;

/** Who is signed in, in which role, and which roles they could take instead. */
public record Me(AccountView account, MembershipView membership, List<MembershipView> memberships) {
  public record AccountView(
      AccountId id, String name, String email, ZoneId zone, String language) {}

  public record MembershipView(
      MembershipId id, Role role, OrganisationRef organisation, SiteRef site) {}
}
