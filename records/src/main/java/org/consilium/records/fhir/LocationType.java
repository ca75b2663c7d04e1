package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.string;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/** Location, from {@code platform.site}. */
final class LocationType extends PlaceType {
  private static final String SELECT =
      """
      SELECT s.id, s.organisation_id, s.name, s.country, s.emergency_contact
        FROM platform.site s WHERE true
      """;

  @Override
  String name() {
    return "Location";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "s.id";
  }

  @Override
  String scope(Caller caller) {
    return ofOrganisations("s.organisation_id");
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        string("name", PersonType.BEGINS.formatted("s.name")),
        reference("organization", "Organization", "s.organisation_id = ANY(?::uuid[])"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(LocationType::site).toList();
  }

  private static Found site(Row row) {
    var site = Fhir.resource("Location");
    site.put("name", row.getString("name"));
    if (row.getString("emergency_contact") != null) {
      // Often a sentence, not a number alone: whoever needs it reads it.
      site.put("description", "In an emergency: " + row.getString("emergency_contact"));
    }
    site.putObject("address").put("country", row.getString("country"));
    site.set(
        "managingOrganization", Fhir.reference("Organization", row.getUUID("organisation_id")));
    return Found.ofNobody(row, site);
  }
}
