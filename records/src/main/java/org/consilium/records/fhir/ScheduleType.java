package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * Schedule, from scheduling's volunteers: one each, seen as the product's list of volunteers is.
 */
final class ScheduleType extends ResourceType {
  /** Who sees which volunteers there are and when they are on call. */
  static final Set<Role> ASKING = Set.of(Role.SCHEDULER, Role.CLINICIAN, Role.SPECIALIST);

  private final String select;

  ScheduleType(String volunteers) {
    this.select = "SELECT e.* FROM (%s) e WHERE true".formatted(volunteers);
  }

  @Override
  String name() {
    return "Schedule";
  }

  @Override
  Set<Role> readers() {
    return ASKING;
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
    return volunteersOf(caller);
  }

  /** Whoever asks volunteers for help sees those of every network; what is exported, one's own. */
  static String volunteersOf(Caller caller) {
    return ASKING.contains(caller.role())
        ? "true"
        : "e.organisation_id = platform.current_organisation()";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("actor", "Practitioner", "e.id = ANY(?::uuid[])"),
        token("specialty", "e.specialties && ?"),
        token("active", "e.active::text = ANY(?)"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(ScheduleType::schedule).toList();
  }

  private static Found schedule(Row row) {
    var schedule = Fhir.resource("Schedule").put("active", row.getBoolean("active"));
    Fhir.putOne(schedule, "serviceCategory", Fhir.text(row.getString("kind")));
    var specialties = row.getArrayOfStrings("specialties");
    if (specialties.length > 0) {
      var list = schedule.putArray("specialty");
      Arrays.stream(specialties).map(Fhir::text).forEach(list::add);
    }
    Fhir.putOne(schedule, "actor", Fhir.reference("Practitioner", row.getUUID("id")));
    return Found.ofNobody(row, schedule);
  }
}
