package org.consilium.records.fhir;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A logical id: a row's UUID, and behind a hyphen the number of the part where one row holds
 * several, for example the vital signs of a request.
 */
record ResourceId(UUID key, int part) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:-(\\d{1,3}))?");

  /** Empty for what no resource here is called. */
  static Optional<ResourceId> parse(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    int part = shape.group(2) == null ? 0 : Integer.parseInt(shape.group(2));
    return Optional.of(new ResourceId(UUID.fromString(shape.group(1)), part));
  }

  @Override
  public String toString() {
    return part == 0 ? key.toString() : key + "-" + part;
  }
}
