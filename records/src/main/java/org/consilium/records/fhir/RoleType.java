package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/** PractitionerRole, from {@code platform.membership}: what people are in an organisation. */
final class RoleType extends PlaceType {
  private static final String SELECT =
      """
      SELECT m.id, m.account_id, m.organisation_id, m.role, m.site_id, m.active
        FROM platform.membership m WHERE m.role <> 'program'
      """;

  @Override
  String name() {
    return "PractitionerRole";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "m.id";
  }

  @Override
  String scope(Caller caller) {
    return "m.organisation_id = platform.current_organisation()";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("practitioner", "Practitioner", "m.account_id = ANY(?::uuid[])"),
        reference("organization", "Organization", "m.organisation_id = ANY(?::uuid[])"),
        token("role", "m.role = ANY(?)"),
        token("active", "m.active::text = ANY(?)"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(RoleType::role).toList();
  }

  private static Found role(Row row) {
    var role = Fhir.resource("PractitionerRole").put("active", row.getBoolean("active"));
    role.set("practitioner", Fhir.reference("Practitioner", row.getUUID("account_id")));
    role.set("organization", Fhir.reference("Organization", row.getUUID("organisation_id")));
    Fhir.putOne(role, "code", Fhir.text(row.getString("role")));
    if (row.getUUID("site_id") != null) {
      Fhir.putOne(role, "location", Fhir.reference("Location", row.getUUID("site_id")));
    }
    return Found.ofNobody(row, role);
  }
}
