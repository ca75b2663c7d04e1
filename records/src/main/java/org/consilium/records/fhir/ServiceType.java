package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.string;
import static org.consilium.records.fhir.SearchParameter.token;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * HealthcareService, from scheduling's rotas: an organisation answers for a field in a language.
 */
final class ServiceType extends ResourceType {
  private final String select;

  ServiceType(String rotas) {
    this.select = "SELECT e.* FROM (%s) e WHERE true".formatted(rotas);
  }

  @Override
  String name() {
    return "HealthcareService";
  }

  @Override
  Set<Role> readers() {
    return Set.of(Role.SCHEDULER);
  }

  @Override
  String select() {
    return select;
  }

  @Override
  String key() {
    return "e.id";
  }

  @Override
  String scope(Caller caller) {
    return "e.organisation_id = platform.current_organisation()";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        string("name", PersonType.BEGINS.formatted("e.name")),
        token("specialty", "e.specialty = ANY(?)"),
        reference("organization", "Organization", "e.organisation_id = ANY(?::uuid[])"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(ServiceType::service).toList();
  }

  private static Found service(Row row) {
    var service = Fhir.resource("HealthcareService").put("active", true);
    service.set("providedBy", Fhir.reference("Organization", row.getUUID("organisation_id")));
    Fhir.putOne(service, "specialty", Fhir.text(row.getString("specialty")));
    service.put("name", row.getString("name"));
    Fhir.putOne(service, "communication", Fhir.language(row.getString("language")));
    return new Found(
        new ResourceId(row.getUUID("id"), 0),
        Optional.empty(),
        Optional.of(row.getInteger("version").toString()),
        Rows.optionalInstant(row, "saved_at"),
        service);
  }
}
