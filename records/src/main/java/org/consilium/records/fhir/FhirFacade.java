package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Facade;
import org.consilium.platform.http.FacadeCall;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;

/**
 * FHIR R4 over HTTP: {@code metadata}, read and search of the types in its table, and the writing
 * of those that take it. It decides nothing about the record: scopes are in the types, the rest in
 * the services.
 */
public final class FhirFacade implements Facade {
  static final String BASE = "/fhir/R4";

  private static final String METADATA = "metadata";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> JSON =
      Set.of(Fhir.MEDIA_TYPE, "application/json", "application/*", "*/*", "json", "text/json");

  static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Platform platform;
  private final Map<String, ResourceType> types = new LinkedHashMap<>();
  private final List<Operation> operations;
  private final Writing writing;
  private final FhirPages pages;
  private final BulkExport exports;

  FhirFacade(Platform platform, List<ResourceType> types, List<Operation> operations) {
    this.platform = platform;
    this.writing = new Writing(platform);
    types.forEach(type -> this.types.put(type.name(), type));
    this.pages = new FhirPages(types);
    this.exports = new BulkExport(platform, pages);
    this.operations =
        Stream.concat(operations.stream(), ExportOperations.of(exports).stream()).toList();
  }

  /** The same types by the page, for exports. */
  public FhirPages pages() {
    return pages;
  }

  /** Exports that are being made; its {@code runDue} is to be run every second. */
  public BulkExport exports() {
    return exports;
  }

  @Override
  public String base() {
    return BASE;
  }

  @Override
  public Set<String> mediaTypes() {
    return Set.of(Fhir.MEDIA_TYPE, "application/json");
  }

  @Override
  public boolean isOpen(String method, String path) {
    return path.equals(METADATA) || path.equals(String.join("/", SmartConfiguration.PATH));
  }

  @Override
  public Answer.Raw refusal(Refusal refusal, String requestId) {
    return Fhir.raw(Outcome.of(refusal, requestId));
  }

  @Override
  public Answer answer(FacadeCall call) {
    var path = call.path();
    var operation = operations.stream().filter(one -> one.isAt(path)).findFirst();
    if (operation.isEmpty() || operation.get().isJsonOnly()) {
      requireJson(call);
    }
    if (operation.isPresent()) {
      requireMethod(call, operation.get().methods());
      Admission.admit(call, operation.get());
      return operation.get().answer(call);
    }
    if (path.isEmpty()) {
      throw Refusal.notFound("no-such-page", "Begin at " + base() + "/" + METADATA + ".");
    }
    if (path.equals(List.of(METADATA))) {
      requireReading(call);
      return ok(Capability.statement(types.values(), operations, call.url()));
    }
    if (path.equals(SmartConfiguration.PATH)) {
      requireReading(call);
      return Answer.ok(
          new Answer.Raw(
              "application/json", Json.write(SmartConfiguration.of(types.values(), call.url()))));
    }
    var type = Optional.ofNullable(types.get(path.getFirst())).orElseThrow(() -> unknown(path));
    Admission.admit(call, type);
    return switch (path.size()) {
      case 1 -> ofType(call, type);
      case 2 -> ofInstance(call, type, path.get(1));
      default -> throw unknown(path);
    };
  }

  private Answer ofType(FacadeCall call, ResourceType type) {
    if (call.method().equals("POST")) {
      return writing.create(call, type);
    }
    requireReading(call);
    return search(call, type);
  }

  private Answer ofInstance(FacadeCall call, ResourceType type, String id) {
    if (call.method().equals("PUT")) {
      return writing.update(call, type, id);
    }
    requireReading(call);
    return read(call, type, id);
  }

  private Answer search(FacadeCall call, ResourceType type) {
    var page = new Search(type, call.query()).run(call.tx(), call.url());
    auditSearch(call, type, page.found());
    return ok(page.bundle());
  }

  private Answer read(FacadeCall call, ResourceType type, String id) {
    var found = type.require(call.tx(), id);
    auditRead(call, type, found);
    boolean same = found.version().filter(version -> isKnown(call, version)).isPresent();
    return versioned(same ? new Answer(304, null, Map.of()) : ok(found.json()), found);
  }

  /** The answer with what tells this version of a resource from others. */
  static Answer versioned(Answer plain, Found found) {
    var tag = found.version().map("W/\"%s\""::formatted);
    var answer = plain;
    if (tag.isPresent()) {
      answer = answer.withHeader("ETag", tag.get());
    }
    return found.updated().isPresent()
        ? answer.withHeader("Last-Modified", HTTP_DATE.format(found.updated().get()))
        : answer;
  }

  private static boolean isKnown(FacadeCall call, String version) {
    return call.header("If-None-Match").stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals("\"" + version + "\""));
  }

  private static Answer ok(ObjectNode resource) {
    return Answer.ok(Fhir.raw(resource));
  }

  private void auditRead(FacadeCall call, ResourceType type, Found found) {
    found
        .subject()
        .ifPresent(subject ->
            platform.audit().append(call.tx(), "fhir.read", subject.part(type.name(), found.id())));
  }

  /** One line a patient and consult, so that "who saw this patient" has an answer. */
  private void auditSearch(FacadeCall call, ResourceType type, List<Found> found) {
    found.stream()
        .filter(one -> one.subject().isPresent())
        .collect(
            Collectors.groupingBy(
                one -> one.subject().orElseThrow(),
                LinkedHashMap::new,
                Collectors.mapping(one -> one.id().toString(), Collectors.joining(","))))
        .forEach((subject, ids) ->
            platform.audit().append(call.tx(), "fhir.search", subject.part(type.name(), ids)));
  }

  private static void requireReading(FacadeCall call) {
    requireMethod(call, READING);
  }

  private static void requireMethod(FacadeCall call, Set<String> methods) {
    if (!methods.contains(call.method())) {
      var allowed = String.join(", ", new TreeSet<>(methods));
      throw new Refusal(405, "method-not-allowed", "Here it is only " + allowed + ".")
          .withHeader("Allow", allowed);
    }
  }

  private static void requireJson(FacadeCall call) {
    var format =
        call.query().stream().filter(given -> given.getKey().equals("_format")).findFirst();
    var wanted = format.map(Map.Entry::getValue).or(() -> call.header("Accept")).orElse("*/*");
    boolean possible =
        Arrays.stream(wanted.split(","))
            .map(one -> one.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .map(one -> one.replace("fhir json", "fhir+json"))
            .anyMatch(JSON::contains);
    if (!possible) {
      throw new Refusal(406, "json-only", "The answer would be " + Fhir.MEDIA_TYPE + ".");
    }
  }

  private static Refusal unknown(List<String> path) {
    return Refusal.notFound(
        "no-such-type", "There is no %s here; metadata lists what is.".formatted(path.getFirst()));
  }
}
