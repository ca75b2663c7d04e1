package org.consilium.records.followup.loop;

import java.util.Map;

/**
 * The words of the form that is answered by link, and of short messages, in one language. One
 * version of versioned data; {@code catalogue/follow-up-words-*.json} comes with the build.
 *
 * @param name of the language, in itself
 * @param review who has checked the translation; for readers
 */
public record FollowUpWords(String name, String review, Map<String, String> words) {
  public FollowUpWords {
    words = Map.copyOf(words);
  }

  /** A sentence with its holes filled, {@code {code}} by what {@code code} stands for. */
  public String say(String key, Map<String, String> holes) {
    var text = words.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no words for " + key);
    }
    for (var hole : holes.entrySet()) {
      text = text.replace("{" + hole.getKey() + "}", hole.getValue());
    }
    return text;
  }
}
