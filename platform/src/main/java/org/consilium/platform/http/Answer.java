package org.consilium.platform.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation answers.
 *
 * @param status below 400; a "no" is thrown as a {@link Refusal}
 * @param body any record, written as JSON; a {@link Raw} as it is; or null for none
 * @param headers further headers, each once; may be empty
 * @param cookies values of {@code Set-Cookie} headers; may be empty
 */
public record Answer(int status, Object body, Map<String, String> headers, List<String> cookies) {
  /** A body that is not JSON. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  public record Raw(String mediaType, byte[] bytes) {}

  public Answer(int status, Object body, Map<String, String> headers) {
    this(status, body, headers, List.of());
  }

  public Answer {
    if (status >= 400) {
      throw new IllegalArgumentException("a refusal is thrown, not answered: " + status);
    }
  }

  public static Answer ok(Object body) {
    return new Answer(200, body, Map.of());
  }

  public static Answer created(Object body) {
    return new Answer(201, body, Map.of());
  }

  public static Answer noContent() {
    return new Answer(204, null, Map.of());
  }

  /** The same with one more header. */
  public Answer withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, more, cookies);
  }

  /** The same with one more cookie; {@code value} with its attributes. */
  public Answer withCookie(String value) {
    var more = new ArrayList<>(cookies);
    more.add(value);
    return new Answer(status, body, headers, List.copyOf(more));
  }
}
