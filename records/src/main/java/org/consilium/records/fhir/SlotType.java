package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
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
 * Slot, from scheduling's shifts: when a volunteer is on call. What is booked is an Appointment.
 */
final class SlotType extends ResourceType {
  private final String select;

  SlotType(String onCall) {
    this.select = "SELECT e.* FROM (%s) e WHERE true".formatted(onCall);
  }

  @Override
  String name() {
    return "Slot";
  }

  @Override
  Set<Role> readers() {
    return ScheduleType.ASKING;
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
    return ScheduleType.volunteersOf(caller);
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("schedule", "Schedule", "e.account_id = ANY(?::uuid[])"),
        token("status", "'free' = ANY(?)"),
        date("start", "e.start_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(SlotType::slot).toList();
  }

  private static Found slot(Row row) {
    var slot = Fhir.resource("Slot");
    Fhir.putOne(slot, "serviceType", Fhir.text("On call"));
    slot.set("schedule", Fhir.reference("Schedule", row.getUUID("account_id")));
    slot.put("status", "free");
    slot.put("start", Rows.instant(row, "start_at").toString());
    slot.put("end", Rows.instant(row, "end_at").toString());
    return new Found(
        new ResourceId(row.getUUID("id"), 0),
        Optional.empty(),
        Optional.empty(),
        Rows.optionalInstant(row, "changed_at"),
        slot);
  }
}
