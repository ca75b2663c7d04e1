package org.consilium.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A sentence with values in it: in English, and by code and values for those who read another
 * language. A sentence without values needs none of this: it is told by its English.
 *
 * <pre>{@code Sentence.of("ladder.remind", "{who} is reminded.").with("who", name)}</pre>
 *
 * @param text the English, holes filled as far as values were given
 */
public record Sentence(String text, Said said) {
  /**
   * @param code as in {@link Said}; with the English it stands in the web client's words too
   * @param english with a hole {@code {name}} for each value
   */
  public static Sentence of(String code, String english) {
    return new Sentence(english, new Said(code, Map.of()));
  }

  /** The same in both: a name, a figure, what somebody wrote. */
  public Sentence with(String name, Object value) {
    return with(name, value, value);
  }

  /**
   * @param value what goes to clients, mostly a code
   * @param english what stands for it in the English
   */
  public Sentence with(String name, Object value, Object english) {
    var values = new LinkedHashMap<>(said.values());
    values.put(name, value.toString());
    return new Sentence(
        text.replace("{" + name + "}", english.toString()), new Said(said.code(), values));
  }
}
