package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An element of a resource that came in, which its type reads once. What nobody read is not kept;
 * {@link #notKept()} names it, so nothing that was sent is lost in silence. Its shape has been
 * checked.
 */
final class Given {
  /** Said anew by the server, or said already. */
  private static final Set<String> SERVERS_OWN =
      Set.of("resourceType", "id", "meta.versionId", "meta.lastUpdated");

  private final JsonNode node;
  private final String path;
  private final Given root;
  private final Set<String> read;

  private Given(JsonNode node, String path, Given root) {
    this.node = node;
    this.path = path;
    this.root = root == null ? this : root;
    this.read = root == null ? new HashSet<>() : root.read;
  }

  /** A whole resource. */
  static Given resource(ObjectNode resource) {
    var type = resource.path("resourceType").asText();
    var whole = new Given(resource, type, null);
    SERVERS_OWN.forEach(own -> whole.read.add(type + "." + own));
    return whole;
  }

  /** Where it stands, as FHIRPath has it, for example {@code Patient.name[0].given}. */
  String path() {
    return path;
  }

  boolean isThere() {
    return !node.isMissingNode();
  }

  /** A part; missing when it is not there. Of a list the first. */
  Given at(String name) {
    return all(name).findFirst().orElseGet(() -> child(name, MissingNode.getInstance(), -1));
  }

  /** All parts of this name, in order. */
  Stream<Given> all(String name) {
    var part = node.path(name);
    if (!part.isArray()) {
      return part.isMissingNode() ? Stream.empty() : Stream.of(child(name, part, -1));
    }
    var parts = new ArrayList<Given>();
    for (int i = 0; i < part.size(); i++) {
      parts.add(child(name, part.get(i), i));
    }
    return parts.stream();
  }

  private Given child(String name, JsonNode part, int at) {
    return new Given(part, path + "." + name + (at < 0 ? "" : "[" + at + "]"), root);
  }

  /** What this says, which is kept from now on. */
  Optional<String> text() {
    return isThere() ? Optional.of(keep().node.asText()) : Optional.empty();
  }

  /** What a part says, which is kept from now on. */
  Optional<String> text(String name) {
    return at(name).text();
  }

  /** Says that this is kept, with all its parts. */
  Given keep() {
    read.add(path);
    return this;
  }

  /** Whether a part says just this; then it is kept. */
  boolean says(String name, String value) {
    var part = at(name);
    boolean same = part.isThere() && part.node.asText().equals(value);
    if (same) {
      part.keep();
    }
    return same;
  }

  /** As it came, which is kept from now on. */
  JsonNode json() {
    return keep().node;
  }

  /** As it came, only to be looked at. */
  JsonNode peek() {
    return node;
  }

  /** The words of a concept: its text, else those of its first coding, else the code. */
  Optional<String> concept() {
    var coding = at("coding");
    return text("text").or(() -> coding.text("display")).or(() -> coding.text("code"));
  }

  /** The code that a concept has in a system, which is kept from now on. */
  Optional<String> code(String system) {
    return all("coding")
        .filter(coding -> coding.peek().path("system").asText().equals(system))
        .findFirst()
        .map(coding -> coding.keep().peek().path("code").asText());
  }

  /**
   * The contained resource that a reference of this one's root means; kept as far as it is read.
   */
  Optional<Given> contained(String reference) {
    return reference.startsWith("#")
        ? root.all("contained")
            .filter(one -> one.node.path("id").asText().equals(reference.substring(1)))
            .findFirst()
            .map(Given::known)
        : Optional.empty();
  }

  private Given known() {
    read.add(path + ".resourceType");
    read.add(path + ".id");
    return this;
  }

  /** What nobody read, the largest whole parts of it. */
  List<String> notKept() {
    var left = new ArrayList<String>();
    collect(left);
    return left;
  }

  private void collect(List<String> left) {
    if (read.contains(path)) {
      return;
    }
    if (read.stream().noneMatch(this::isAbove)) {
      left.add(path);
      return;
    }
    for (var member : node.properties()) {
      all(member.getKey()).forEach(part -> part.collect(left));
    }
  }

  private boolean isAbove(String other) {
    return other.startsWith(path)
        && other.length() > path.length()
        && ".[".indexOf(other.charAt(path.length())) >= 0;
  }
}
