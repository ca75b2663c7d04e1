package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one of the product's operations is asked for, and of each part of it the element of the
 * resource that it came from: so a "no" names what the sender wrote.
 */
final class Command {
  private final ObjectNode body;
  private final Map<String, String> sources = new TreeMap<>();

  Command() {
    this(Fhir.object());
  }

  /** Begins with what is there already. */
  Command(ObjectNode body) {
    this.body = body;
  }

  ObjectNode body() {
    return body;
  }

  /**
   * @param pointer where it goes, for example {@code /identity/given}
   * @param source the element that it came from
   */
  Command put(String pointer, JsonNode value, Given source) {
    int last = pointer.lastIndexOf('/');
    var into = last == 0 ? body : at(pointer.substring(0, last));
    into.set(pointer.substring(last + 1), value);
    sources.put(pointer, source.path());
    return this;
  }

  /** The object at a pointer, which may lead through lists. */
  private ObjectNode at(String pointer) {
    return body.at(pointer) instanceof ObjectNode there ? there : body.withObject(pointer);
  }

  Command put(String pointer, String value, Given source) {
    return put(pointer, new TextNode(value), source);
  }

  /** What an element says, if it is there. */
  Command put(String pointer, Given source) {
    source.text().ifPresent(text -> put(pointer, text, source));
    return this;
  }

  Command put(String pointer, Optional<String> value, Given source) {
    value.ifPresent(text -> put(pointer, text, source));
    return this;
  }

  /** Adds to a list. */
  Command add(String pointer, JsonNode value, Given source) {
    var list = body.withArray(pointer);
    sources.put(pointer + "/" + list.size(), source.path());
    list.add(value);
    return this;
  }

  /** Says where what is asked for at {@code pointer} would have stood. */
  Command expect(String pointer, String element) {
    sources.putIfAbsent(pointer, element);
    return this;
  }

  /** The same, that also knows where the parts of an earlier one came from. */
  Command and(Command earlier) {
    var both = new Command(body);
    both.sources.putAll(earlier.sources);
    both.sources.putAll(sources);
    return both;
  }

  /** The same as a part of a larger one. */
  Command within(String name) {
    var whole = new Command(Fhir.object().set(name, body));
    sources.forEach((pointer, source) -> whole.sources.put("/" + name + pointer, source));
    return whole;
  }

  /** The element that a pointer into the body is about: its own, or that of what holds it. */
  Optional<String> source(String pointer) {
    for (var at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      if (sources.containsKey(at)) {
        return Optional.of(sources.get(at));
      }
    }
    return Optional.empty();
  }
}
