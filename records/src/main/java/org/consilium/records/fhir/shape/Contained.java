package org.consilium.records.fhir.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Resources within a resource: dom-2 to dom-5 and ref-1 of R4. */
final class Contained {
  private Contained() {}

  static void check(JsonNode resource, BiConsumer<String, String> fault) {
    var ids = new HashSet<String>();
    resource.path("contained").forEach(one -> ids.add("#" + one.path("id").asText()));
    var referred = new LinkedHashMap<String, String>();
    var mentioned = new HashSet<String>();
    var type = resource.path("resourceType").asText();
    collect(resource, type, referred, mentioned);
    referred.forEach((reference, path) -> {
      if (reference.length() > 1 && !ids.contains(reference)) {
        fault.accept(path, "Nothing contained is called %s (ref-1).".formatted(reference));
      }
    });
    for (int i = 0; i < resource.path("contained").size(); i++) {
      var one = resource.path("contained").get(i);
      var path = type + ".contained[" + i + "]";
      if (one.has("contained")) {
        fault.accept(path + ".contained", "What is contained contains nothing (dom-2).");
      }
      if (!mentioned.contains("#" + one.path("id").asText()) && !refersToContainer(one)) {
        fault.accept(path, "What is contained is referred to (dom-3).");
      }
      var meta = one.path("meta");
      if (meta.has("versionId") || meta.has("lastUpdated") || meta.has("security")) {
        fault.accept(path + ".meta", "What is contained has no version of its own (dom-4, dom-5).");
      }
    }
  }

  private static boolean refersToContainer(JsonNode contained) {
    var referred = new LinkedHashMap<String, String>();
    collect(contained, "", referred, new HashSet<>());
    return referred.containsKey("#");
  }

  /** References within the resource; and every text that may be one, for example a canonical. */
  private static void collect(
      JsonNode node, String path, Map<String, String> referred, Set<String> mentioned) {
    if (node.isTextual() && node.asText().startsWith("#")) {
      mentioned.add(node.asText());
    }
    var reference = node.path("reference").asText();
    if (reference.startsWith("#")) {
      referred.putIfAbsent(reference, path);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.get(i), path + "[" + i + "]", referred, mentioned);
    }
    node.properties()
        .forEach(member ->
            collect(member.getValue(), path + "." + member.getKey(), referred, mentioned));
  }
}
