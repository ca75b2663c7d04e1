package org.consilium.records.fhir;

import java.util.Set;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * People and places: everybody who is signed in sees those of their own organisation and of the
 * consults that they may see. Tables of the platform; no patient data.
 */
abstract class PlaceType extends ResourceType {
  private static final String ORGANISATIONS =
      """
      %1$s = platform.current_organisation() OR %1$s IN (
        SELECT t.organisation_id FROM platform.care_team t
         WHERE t.account_id = platform.current_account() AND t.until IS NULL)\
      """;

  @Override
  final Set<Role> readers() {
    return EVERYBODY;
  }

  /** Rows of an organisation that the caller has to do with. */
  static String ofOrganisations(String column) {
    return ORGANISATIONS.formatted(column);
  }

  @Override
  abstract String scope(Caller caller);
}
