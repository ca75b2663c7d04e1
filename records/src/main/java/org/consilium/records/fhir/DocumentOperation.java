package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.FacadeCall;

/**
 * {@code Composition/[id]/$document}: a signed version with whatever it refers to and the caller
 * may read, as one Bundle of type document.
 */
final class DocumentOperation implements Operation {
  private static final Set<String> NOT_PART_OF_IT = Set.of("relatesTo");

  private final Platform platform;
  private final Map<String, ResourceType> types = new LinkedHashMap<>();

  DocumentOperation(Platform platform, List<ResourceType> types) {
    this.platform = platform;
    types.forEach(type -> this.types.put(type.name(), type));
  }

  @Override
  public List<String> address() {
    return List.of("Composition", ID, "$document");
  }

  @Override
  public Optional<String> definition() {
    return Optional.of("http://hl7.org/fhir/OperationDefinition/Composition-document");
  }

  @Override
  public Answer answer(FacadeCall call) {
    var compositions = types.get("Composition");
    compositions.admit(call.tx().caller());
    var composition = compositions.require(call.tx(), call.path().get(1));
    composition
        .subject()
        .ifPresent(subject ->
            platform
                .audit()
                .append(call.tx(), "fhir.read", subject.part("$document", composition.id())));
    var whole = new ArrayList<Found>(List.of(composition));
    for (var reference : references(composition.body())) {
      read(call.tx(), reference).ifPresent(whole::add);
    }
    return Answer.ok(Fhir.raw(bundle(whole, call.tx().now(), call.url())));
  }

  /**
   * @param whole the Composition first
   */
  static ObjectNode bundle(List<Found> whole, Instant now, String url) {
    var bundle = Fhir.resource("Bundle");
    bundle
        .putObject("identifier")
        .put("system", Fhir.URIS)
        .put("value", "urn:uuid:" + identifier(whole));
    bundle.put("type", "document").put("timestamp", now.toString());
    var entries = bundle.putArray("entry");
    for (var found : whole) {
      entries.addObject().put("fullUrl", Search.fullUrl(url, found)).set("resource", found.json());
    }
    return bundle;
  }

  /** The same as long as nothing in it has changed. */
  private static UUID identifier(List<Found> whole) {
    var versions = new StringBuilder();
    whole.forEach(found ->
        versions.append(found.id()).append('/').append(found.version().orElse("")).append(' '));
    return UUID.nameUUIDFromBytes(versions.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** In the order in which they stand, each once. */
  static Set<String> references(ObjectNode composition) {
    var found = new LinkedHashSet<String>();
    composition.properties().stream()
        .filter(member -> !NOT_PART_OF_IT.contains(member.getKey()))
        .forEach(member -> collect(member.getValue(), found));
    return found;
  }

  private static void collect(JsonNode node, Set<String> into) {
    switch (node) {
      case ObjectNode object -> {
        if (object.path("reference").isTextual()) {
          into.add(object.path("reference").asText());
        }
        object.forEach(child -> collect(child, into));
      }
      case ArrayNode array -> array.forEach(child -> collect(child, into));
      default -> {}
    }
  }

  private Optional<Found> read(Tx tx, String reference) {
    var parts = reference.split("/", 2);
    return Stream.ofNullable(types.get(parts[0]))
        .filter(type -> type.isFor(tx.caller()))
        .flatMap(type -> ResourceId.parse(parts[1]).flatMap(id -> type.read(tx, id)).stream())
        .findFirst();
  }
}
