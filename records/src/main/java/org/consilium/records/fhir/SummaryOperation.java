package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.FacadeCall;

/**
 * {@code Patient/[id]/$summary}: what the caller may know of a patient as one document, by HL7's
 * International Patient Summary 2.0.0. It is made anew each time and kept nowhere. Records that
 * were merged are one person in it.
 */
final class SummaryOperation implements Operation {
  private static final Set<String> PEOPLE_AND_PLACES = Set.of("Practitioner", "Organization");

  private final Platform platform;
  private final Map<String, ResourceType> types = new LinkedHashMap<>();

  SummaryOperation(Platform platform, List<ResourceType> types) {
    this.platform = platform;
    types.forEach(type -> this.types.put(type.name(), type));
  }

  @Override
  public List<String> address() {
    return List.of("Patient", ID, "$summary");
  }

  @Override
  public Optional<String> definition() {
    return Optional.of("http://hl7.org/fhir/uv/ips/OperationDefinition/summary");
  }

  @Override
  public Answer answer(FacadeCall call) {
    var tx = call.tx();
    types.get("Condition").admit(tx.caller());
    var patient = person(tx, call.path().get(1));
    patient
        .subject()
        .ifPresent(subject ->
            platform
                .audit()
                .append(tx, "fhir.read", subject.part("Patient", patient.id() + "/$summary")));
    var summary = new SummaryDocument(patient);
    var problems = all(call, "Condition", patient);
    summary.problems(those(problems, SummaryOperation::holds));
    summary.allergies(all(call, "AllergyIntolerance", patient));
    summary.medications(
        those(all(call, "MedicationStatement", patient), SummaryOperation::isTaken));
    summary.immunizations(those(all(call, "Immunization", patient), SummaryOperation::isNoError));
    summary.pastProblems(those(problems, SummaryOperation::isOver));
    var measured = newest(all(call, "Observation", patient));
    summary.vitalSigns(those(measured, body -> isOf(body, "vital-signs")));
    summary.results(those(measured, body -> isOf(body, "laboratory")));
    summary.plan(those(all(call, "CarePlan", patient), SummaryOperation::isStanding));
    var whole = summary.whole(tx.now());
    whole.addAll(mentioned(tx, whole));
    return Answer.ok(
        Fhir.raw(SummaryDocument.bundle(DocumentOperation.bundle(whole, tx.now(), call.url()))));
  }

  /** The patient; of a merged record the one that it was merged into. */
  private Found person(Tx tx, String id) {
    var patients = types.get("Patient");
    var found = patients.require(tx, id);
    for (var link : found.body().path("link")) {
      if (link.path("type").asText().equals("replaced-by")) {
        return person(tx, link.at("/other/reference").asText().substring("Patient/".length()));
      }
    }
    return found;
  }

  /** All of a type that the caller may see of the patient, page by page. */
  private List<Found> all(FacadeCall call, String type, Found patient) {
    var found = new ArrayList<Found>();
    var query = new LinkedHashMap<String, String>();
    query.put("patient", patient.id().toString());
    query.put("_count", Integer.toString(Search.COUNT_MAX));
    List<Found> page;
    do {
      page =
          new Search(types.get(type), List.copyOf(query.entrySet()))
              .run(call.tx(), call.url())
              .found();
      found.addAll(page);
      if (!page.isEmpty()) {
        var last = page.getLast().id();
        query.put("_cursor", new Cursor(last.key(), last.part()).text());
      }
    } while (page.size() == Search.COUNT_MAX);
    return found;
  }

  private static List<Found> those(Collection<Found> all, Predicate<ObjectNode> wanted) {
    return all.stream().filter(one -> wanted.test(one.body())).toList();
  }

  private static boolean holds(ObjectNode condition) {
    return condition.at("/clinicalStatus/coding/0/code").asText().equals("active");
  }

  private static boolean isOver(ObjectNode condition) {
    return condition.at("/clinicalStatus/coding/0/code").asText().equals("resolved");
  }

  private static boolean isTaken(ObjectNode statement) {
    return Set.of("active", "unknown").contains(statement.path("status").asText());
  }

  private static boolean isNoError(ObjectNode resource) {
    return !resource.path("status").asText().equals("entered-in-error");
  }

  private static boolean isStanding(ObjectNode plan) {
    return plan.path("status").asText().equals("active");
  }

  private static boolean isOf(ObjectNode observation, String category) {
    return observation.at("/category/0/coding/0/code").asText().equals(category);
  }

  /** The latest of each kind of measurement, the kinds in the order of their first one. */
  private static Collection<Found> newest(List<Found> observations) {
    var newest = new LinkedHashMap<String, Found>();
    for (var one : observations) {
      newest.merge(
          one.body().at("/code/text").asText(),
          one,
          (before, after) -> taken(after).compareTo(taken(before)) >= 0 ? after : before);
    }
    return newest.values();
  }

  private static String taken(Found observation) {
    return observation.body().path("effectiveDateTime").asText();
  }

  /** Who has said or measured it, and where, as far as the caller may know of them. */
  private List<Found> mentioned(Tx tx, List<Found> whole) {
    var references = new LinkedHashSet<String>();
    whole.forEach(one -> references.addAll(DocumentOperation.references(one.body())));
    return references.stream()
        .map(reference -> reference.split("/", 2))
        .filter(parts -> PEOPLE_AND_PLACES.contains(parts[0]))
        .flatMap(parts ->
            ResourceId.parse(parts[1]).flatMap(id -> types.get(parts[0]).read(tx, id)).stream())
        .toList();
  }
}
