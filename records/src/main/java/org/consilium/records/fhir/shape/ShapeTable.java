package org.consilium.records.fhir.shape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consilium.platform.http.Json;

/**
 * The elements of R4's types, their bounds and their required codes, from {@code r4-shapes.json}
 * beside this class. {@code ShapeTableIT} generates that file from HL7's definitions and holds it
 * against them.
 *
 * @param primitives of each primitive type the pattern of its values
 * @param codes of each required list its codes, {@code system|code} where a Coding is bound
 * @param types of each type, and of each group within one, its elements in JSON's names
 */
record ShapeTable(
    Map<String, Pattern> primitives,
    Map<String, Set<String>> codes,
    Map<String, Map<String, Element>> types) {
  static final String FILE = "r4-shapes.json";

  /** The table of this build. */
  static final ShapeTable R4 = read();

  /**
   * What may stand under one name.
   *
   * @param names all the names of which one may be there; one name unless the type is a choice
   * @param targets what a reference may refer to; empty means anything
   */
  record Element(
      Set<String> names,
      boolean required,
      boolean list,
      String type,
      Set<String> targets,
      Optional<Set<String>> codes) {
    /** The element as a person would call it. */
    String name() {
      return names.iterator().next();
    }
  }

  /** As it is written: bounds, then the types, then the list of codes, with spaces between. */
  private record Written(
      Map<String, String> primitives,
      Map<String, String> codes,
      Map<String, Map<String, String>> types) {}

  private static ShapeTable read() {
    try (var in = ShapeTable.class.getResourceAsStream(FILE)) {
      var written = Json.read(in.readAllBytes(), Written.class);
      var codes = new TreeMap<String, Set<String>>();
      written.codes().forEach((list, all) -> codes.put(list, Set.of(all.split(" "))));
      var primitives = new TreeMap<String, Pattern>();
      written.primitives().forEach((type, rule) -> primitives.put(type, Pattern.compile(rule)));
      var types = new TreeMap<String, Map<String, Element>>();
      written.types().forEach((type, elements) -> types.put(type, elements(elements, codes)));
      return new ShapeTable(primitives, codes, types);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  private static Map<String, Element> elements(
      Map<String, String> written, Map<String, Set<String>> codes) {
    var elements = new LinkedHashMap<String, Element>();
    written.forEach((name, text) -> add(elements, name, text.split(" "), codes));
    return elements;
  }

  /**
   * @param parts for example {@code 0* Reference:Patient,Group} or {@code 01 code @gender}
   */
  private static void add(
      Map<String, Element> elements, String name, String[] parts, Map<String, Set<String>> codes) {
    var bound =
        Arrays.stream(parts).filter(part -> part.startsWith("@")).map(part -> part.substring(1));
    var list = bound.findFirst().map(codes::get);
    var types = Arrays.stream(parts).skip(1).filter(part -> !part.startsWith("@")).toList();
    var names =
        types.stream()
            .map(type -> called(name, type))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (var type : types) {
      var target = type.split(":", 2);
      elements.put(
          called(name, type),
          new Element(
              names,
              parts[0].charAt(0) != '0',
              parts[0].charAt(1) == '*',
              target[0],
              target.length > 1 ? Set.of(target[1].split(",")) : Set.of(),
              list));
    }
  }

  /** {@code value[x]} of the type Quantity is {@code valueQuantity}. */
  private static String called(String name, String type) {
    if (!name.endsWith("[x]")) {
      return name;
    }
    var plain = type.split(":", 2)[0].replaceFirst("^Simple", "");
    return name.substring(0, name.length() - 3)
        + Character.toUpperCase(plain.charAt(0))
        + plain.substring(1);
  }
}
