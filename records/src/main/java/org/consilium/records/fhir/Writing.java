package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.FacadeCall;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.records.fhir.shape.Shape;

/**
 * The writing side of the facade, by ADR 17: what comes in is held against the shapes of R4, then a
 * type puts it into the product's own operations. An element that is valid and not kept is told.
 */
final class Writing {
  private static final String NOT_KEPT = "Consilium-Not-Kept";
  private static final int HEADER_CHARS_MAX = 1000;
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"?(\\d{1,9})\"?");

  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  private final Platform platform;

  Writing(Platform platform) {
    this.platform = platform;
  }

  /**
   * What came of a write; kept for its repetition.
   *
   * @param made whether it is new
   * @param notKept elements that were sent and are not in the record
   */
  private record Receipt(
      String id, boolean made, List<String> notKept, List<Write.Told> warnings) {}

  Answer create(FacadeCall call, ResourceType type) {
    if (!(type instanceof Creates creates)) {
      throw notAllowed(type, "made");
    }
    var resource = resource(call, type);
    var kept =
        call.operations()
            .once(() ->
                Json.text(
                    existing(call, type).orElseGet(() -> created(call, type, creates, resource))));
    var receipt = Json.read(kept.getBytes(StandardCharsets.UTF_8), Receipt.class);
    var answer =
        creates.isLate() && !isReadable(call, type, receipt)
            ? late(receipt)
            : answer(call, type, receipt, receipt.made() ? 201 : 200);
    return answer.withHeader("Location", call.url() + "/" + type.name() + "/" + receipt.id());
  }

  Answer update(FacadeCall call, ResourceType type, String name) {
    if (!(type instanceof Updates updates)) {
      throw notAllowed(type, "changed");
    }
    int version = ifMatch(call);
    var resource = resource(call, type);
    if (!resource.path("id").asText().equals(name)) {
      throw new Refusal(
          400,
          "id-differs",
          "The resource bears another id than its address.",
          List.of(new FieldError(type.name() + ".id", "Write %s.".formatted(name))));
    }
    var id = type.require(call.tx(), name).id();
    var given = Given.resource(resource);
    var write = new Write(call, platform.careTeam(), type.name());
    updates.update(write, id, version, given);
    return answer(call, type, receipt(call, write, given, id), 200);
  }

  private static boolean isReadable(FacadeCall call, ResourceType type, Receipt receipt) {
    return ResourceId.parse(receipt.id()).flatMap(id -> type.read(call.tx(), id)).isPresent();
  }

  /** It is here, and will be readable at its address when it was looked at. */
  private static Answer late(Receipt receipt) {
    return told(
        new Answer(202, Fhir.raw(Outcome.told(receipt.notKept(), receipt.warnings())), Map.of()),
        receipt);
  }

  private Receipt created(
      FacadeCall call, ResourceType type, Creates creates, ObjectNode resource) {
    var given = Given.resource(resource);
    var write = new Write(call, platform.careTeam(), type.name());
    var id = creates.create(write, given);
    return receipt(call, write, given, id);
  }

  private static Receipt receipt(FacadeCall call, Write write, Given given, ResourceId id) {
    var notKept = given.notKept();
    if (Preference.of(call).strict() && !(notKept.isEmpty() && write.warnings().isEmpty())) {
      throw refusedWhole(notKept, write.warnings());
    }
    return new Receipt(id.toString(), true, notKept, write.warnings());
  }

  /** The resource that If-None-Exist finds; more than one cannot be meant. */
  private static Optional<Receipt> existing(FacadeCall call, ResourceType type) {
    var condition = call.header("If-None-Exist");
    if (condition.isEmpty()) {
      return Optional.empty();
    }
    Admission.admitCondition(call, type);
    var text = condition.get().strip();
    var caller = call.tx().caller();
    call.tx().rows(ONE_AT_A_TIME, caller.organisation() + "|" + type.name() + "|" + text);
    var found = new Search(type, criteria(type, text)).run(call.tx(), call.url()).found();
    if (found.size() > 1) {
      throw new Refusal(
          412, "several-match", "More than one %s is meant by this.".formatted(type.name()));
    }
    return found.stream()
        .findFirst()
        .map(one -> new Receipt(one.id().toString(), false, List.of(), List.of()));
  }

  private static List<Map.Entry<String, String>> criteria(ResourceType type, String text) {
    var query = new ArrayList<Map.Entry<String, String>>();
    new QueryStringDecoder(text.startsWith("?") ? text : "?" + text)
        .parameters()
        .forEach((name, values) -> values.forEach(value -> query.add(Map.entry(name, value))));
    boolean known =
        !query.isEmpty()
            && query.stream()
                .allMatch(
                    one -> type.parameters().stream().anyMatch(p -> p.name().equals(one.getKey())));
    if (!known) {
      throw Refusal.malformed("If-None-Exist", "Write a search, for example identifier=a|b.");
    }
    query.add(Map.entry("_count", "2"));
    return query;
  }

  private static ObjectNode resource(FacadeCall call, ResourceType type) {
    if (call.body().length == 0
        || !(Json.read(call.body(), JsonNode.class) instanceof ObjectNode resource)) {
      throw new Refusal(400, "malformed", "Send a %s resource.".formatted(type.name()));
    }
    if (!resource.path("resourceType").asText().equals(type.name())) {
      throw new Refusal(
          400,
          "type-differs",
          "A %s is written at this address.".formatted(type.name()),
          List.of(new FieldError("resourceType", "Write %s.".formatted(type.name()))));
    }
    var faults = Shape.faults(resource);
    if (!faults.isEmpty()) {
      throw new Refusal(
          400,
          "not-fhir",
          "This is no %s of R4.".formatted(type.name()),
          faults.stream().map(fault -> new FieldError(fault.path(), fault.detail())).toList());
    }
    Understood.require(resource);
    return resource;
  }

  private Answer answer(FacadeCall call, ResourceType type, Receipt receipt, int status) {
    var found = type.require(call.tx(), receipt.id());
    found
        .subject()
        .ifPresent(subject ->
            platform
                .audit()
                .append(call.tx(), "fhir.write", subject.part(type.name(), found.id())));
    boolean toTell = !(receipt.notKept().isEmpty() && receipt.warnings().isEmpty());
    var body =
        switch (Preference.of(call).answer(toTell)) {
          case MINIMAL -> null;
          case REPRESENTATION -> Fhir.raw(found.json());
          case OUTCOME -> Fhir.raw(Outcome.told(receipt.notKept(), receipt.warnings()));
        };
    return told(FhirFacade.versioned(new Answer(status, body, Map.of()), found), receipt);
  }

  private static Answer told(Answer answer, Receipt receipt) {
    return receipt.notKept().isEmpty()
        ? answer
        : answer.withHeader(NOT_KEPT, header(receipt.notKept()));
  }

  private static String header(List<String> notKept) {
    var all = String.join(", ", notKept);
    return all.length() <= HEADER_CHARS_MAX ? all : all.substring(0, HEADER_CHARS_MAX) + "...";
  }

  private static int ifMatch(FacadeCall call) {
    var header =
        call.header("If-Match")
            .orElseThrow(() ->
                new Refusal(
                    428, "if-match-missing", "Send If-Match with the version that was edited."));
    var tag = TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw new Refusal(400, "if-match-malformed", "If-Match carries an ETag, W/\"3\".");
    }
    return Integer.parseInt(tag.group(1));
  }

  private static Refusal refusedWhole(List<String> notKept, List<Write.Told> warnings) {
    var errors = new ArrayList<FieldError>();
    notKept.forEach(path -> errors.add(new FieldError(path, "This element is not kept here.")));
    warnings.forEach(
        told -> errors.add(new FieldError(String.join(", ", told.expression()), told.text())));
    return new Refusal(
        422, "not-supported", "With handling=strict nothing was stored.", List.copyOf(errors));
  }

  private static Refusal notAllowed(ResourceType type, String how) {
    return new Refusal(
            405,
            "method-not-allowed",
            "A %s cannot be %s here; metadata lists what can.".formatted(type.name(), how))
        .withHeader("Allow", "GET, HEAD");
  }

  /** The ways in which a type may be written, in the words of the CapabilityStatement. */
  static List<String> interactions(ResourceType type) {
    return Stream.of(
            type instanceof Creates ? "create" : "", type instanceof Updates ? "update" : "")
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
