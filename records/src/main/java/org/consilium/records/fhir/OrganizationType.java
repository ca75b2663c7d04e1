package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.string;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/** Organization, from {@code platform.organisation}. */
final class OrganizationType extends PlaceType {
  @Override
  String name() {
    return "Organization";
  }

  @Override
  String select() {
    return "SELECT o.id, o.name, o.kind FROM platform.organisation o WHERE true";
  }

  @Override
  String key() {
    return "o.id";
  }

  @Override
  String scope(Caller caller) {
    return ofOrganisations("o.id");
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(SearchParameter.id(this), string("name", PersonType.BEGINS.formatted("o.name")));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(OrganizationType::organisation).toList();
  }

  private static Found organisation(Row row) {
    var organisation = Fhir.resource("Organization");
    Fhir.putOne(organisation, "type", Fhir.text(row.getString("kind").replace('-', ' ')));
    organisation.put("name", row.getString("name"));
    return Found.ofNobody(row, organisation);
  }
}
