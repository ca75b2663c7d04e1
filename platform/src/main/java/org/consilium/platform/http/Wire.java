package org.consilium.platform.http;

import java.util.Locale;

/** An enum whose name on the wire and in the database is its own in lower case with hyphens. */
public interface Wire {
  String name();

  /** For example {@code data-officer} for {@code DATA_OFFICER}. */
  default String wire() {
    return of(name());
  }

  /** The wire name of any enum constant. */
  static String of(Enum<?> value) {
    return of(value.name());
  }

  private static String of(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
  static <E extends Enum<E>> E parse(Class<E> type, String wire) {
    return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
