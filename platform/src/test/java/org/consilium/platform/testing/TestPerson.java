package org.consilium.platform.testing;

import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Caller;

/** Somebody who can sign in to a test's server. */
public record TestPerson(Caller caller, String email, String password) {
  public AccountId id() {
    return caller.account();
  }

  public OrganisationId organisation() {
    return caller.organisation();
  }
}
