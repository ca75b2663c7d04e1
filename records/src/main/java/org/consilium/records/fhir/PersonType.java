package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.string;
import static org.consilium.records.fhir.SearchParameter.token;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/**
 * Practitioner, from {@code platform.account}: the people of the caller's organisation, and whoever
 * is or was on a care team that the caller may see.
 */
final class PersonType extends PlaceType {
  /** A name that has a word beginning so; the searched words come folded to lower case. */
  static final String BEGINS = "' ' || lower(%s) LIKE '%% ' || ? || '%%'";

  private static final String SELECT =
      """
      SELECT a.id, a.name, a.language, a.registration, a.country, a.active
        FROM platform.account a WHERE true
      """;

  private static final String KNOWN =
      """
      EXISTS (SELECT FROM platform.membership m
               WHERE m.account_id = a.id AND m.organisation_id = platform.current_organisation()
                 AND m.role <> 'program')
      OR EXISTS (SELECT FROM platform.care_team t WHERE t.account_id = a.id)\
      """;

  @Override
  String name() {
    return "Practitioner";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "a.id";
  }

  @Override
  String scope(Caller caller) {
    return KNOWN;
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        string("name", BEGINS.formatted("a.name")),
        token("identifier", "a.registration = ANY(?)"),
        token("active", "a.active::text = ANY(?)"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(PersonType::person).toList();
  }

  private static Found person(Row row) {
    var person = Fhir.resource("Practitioner");
    if (row.getString("registration") != null) {
      var identifier = person.putArray("identifier").addObject();
      identifier.set("type", Fhir.text("Medical registration"));
      identifier.put("value", row.getString("registration"));
      if (row.getString("country") != null) {
        identifier.putObject("assigner").put("display", row.getString("country"));
      }
    }
    person.put("active", row.getBoolean("active"));
    person.putArray("name").add(Fhir.text(row.getString("name")));
    Fhir.putOne(person, "communication", Fhir.language(row.getString("language")));
    return Found.ofNobody(row, person);
  }
}
