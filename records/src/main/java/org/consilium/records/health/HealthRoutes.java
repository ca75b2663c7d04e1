package org.consilium.records.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.health.HealthItem.Kind;
import org.consilium.records.patient.Allergies;

/** Health summaries over HTTP. */
public final class HealthRoutes {
  /** The operations on health summaries. */
  public static final String CONTRACT = "openapi/health-summary.yaml";

  private final Platform platform;
  private final HealthService health;

  public HealthRoutes(Platform platform, HealthService health) {
    this.platform = platform;
    this.health = health;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getHealthSummary", this::get)
        .operation("getConsultHealthSummary", this::getOfConsult)
        .operation("addHealthItem", this::add)
        .operation("sayNoneKnown", this::sayNone)
        .operation("changeHealthItem", this::change)
        .operation("endHealthItem", this::end)
        .operation("markHealthItemError", this::markError)
        .operation("listHealthItemVersions", this::versions);
  }

  private record ItemShown(
      HealthItemId id,
      PatientId patientId,
      Kind kind,
      int version,
      boolean noneKnown,
      Optional<String> text,
      Optional<HealthItem.Code> code,
      HealthItem.Status status,
      HealthItem.Verification verification,
      Optional<PartialDate> onset,
      Optional<PartialDate> ended,
      Optional<String> dose,
      Optional<Integer> doseNumber,
      Optional<String> lot,
      Optional<ConsultId> consultId,
      Optional<String> reason,
      PersonRef assertedBy,
      Instant assertedAt) {}

  private record ListShown(
      HealthSummary.State state, Optional<ItemShown> noneKnown, List<ItemShown> items) {}

  private record SummaryShown(
      PatientId patientId,
      Allergies allergies,
      ListShown problems,
      ListShown medications,
      ListShown immunizations) {}

  private record Versions(List<ItemShown> items) {}

  private Answer get(Call call) {
    boolean withErrors = call.query("errors").filter("true"::equals).isPresent();
    return shown(call.tx(), health.read(call.tx(), patient(call), withErrors));
  }

  private Answer getOfConsult(Call call) {
    var consult = new ConsultId(call.pathId("consultId"));
    return shown(call.tx(), health.read(call.tx(), consult));
  }

  private Answer add(Call call) {
    var given = call.body(HealthService.NewItem.class);
    return Answer.created(shown(call.tx(), health.add(call.tx(), patient(call), given)));
  }

  private Answer sayNone(Call call) {
    var given = call.body(HealthService.None.class);
    return Answer.created(shown(call.tx(), health.sayNone(call.tx(), patient(call), given)));
  }

  private Answer change(Call call) {
    var entry = call.body(HealthEntry.class);
    return versioned(
        call, health.change(call.tx(), patient(call), item(call), call.ifMatch(), entry));
  }

  private Answer end(Call call) {
    var end = call.body(HealthService.End.class);
    return versioned(call, health.end(call.tx(), patient(call), item(call), end));
  }

  private Answer markError(Call call) {
    var error = call.body(HealthService.Error.class);
    return versioned(call, health.markError(call.tx(), patient(call), item(call), error));
  }

  private Answer versions(Call call) {
    var versions = health.versions(call.tx(), patient(call), item(call));
    var people = people(call.tx(), versions.stream());
    return Answer.ok(new Versions(versions.stream().map(one -> shown(one, people)).toList()));
  }

  private Answer versioned(Call call, HealthItem item) {
    return Answer.ok(shown(call.tx(), item)).withHeader("ETag", "\"" + item.version() + "\"");
  }

  private Answer shown(Tx tx, HealthSummary summary) {
    var people = people(tx, summary.items().stream());
    return Answer.ok(
        new SummaryShown(
            summary.patient(),
            summary.allergies(),
            list(summary, Kind.PROBLEM, people),
            list(summary, Kind.MEDICATION, people),
            list(summary, Kind.IMMUNIZATION, people)));
  }

  private static ListShown list(HealthSummary summary, Kind kind, Map<AccountId, Person> people) {
    return new ListShown(
        summary.state(kind),
        summary.noneKnown(kind).map(none -> shown(none, people)),
        summary.listed(kind).stream().map(item -> shown(item, people)).toList());
  }

  private ItemShown shown(Tx tx, HealthItem item) {
    return shown(item, people(tx, Stream.of(item)));
  }

  private Map<AccountId, Person> people(Tx tx, Stream<HealthItem> items) {
    var ids = items.map(HealthItem::assertedBy).collect(Collectors.toSet());
    return ids.isEmpty() ? Map.of() : platform.directory().people(tx, ids);
  }

  private static ItemShown shown(HealthItem item, Map<AccountId, Person> people) {
    return new ItemShown(
        item.id(),
        item.patient(),
        item.kind(),
        item.version(),
        item.noneKnown(),
        item.text(),
        item.code(),
        item.status(),
        item.verification(),
        item.onset(),
        item.ended(),
        item.dose(),
        item.doseNumber(),
        item.lot(),
        item.consult(),
        item.reason(),
        new PersonRef(item.assertedBy(), people.get(item.assertedBy()).name()),
        item.assertedAt());
  }

  private static PatientId patient(Call call) {
    return new PatientId(call.pathId("patientId"));
  }

  private static HealthItemId item(Call call) {
    return new HealthItemId(call.pathId("itemId"));
  }
}
