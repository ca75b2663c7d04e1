package org.consilium.records.letter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.consilium.platform.http.Json;

/** The labels of a letter in one language; the catalogue is {@code letter/<language>.json}. */
final class LetterWords {
  /** The languages in which labels are there, BCP 47. */
  static final Set<String> LANGUAGES = Set.of("en", "fr", "es", "pt", "ar", "hi", "sw", "am", "my");

  private static final Map<String, LetterWords> KEPT = load();

  private final Locale language;
  private final Map<String, String> words;

  /**
   * One catalogue.
   *
   * @param review whether somebody who speaks it has read it
   */
  private record Catalogue(String review, Map<String, String> words) {}

  private LetterWords(String language, Map<String, String> words) {
    this.language = Locale.forLanguageTag(language);
    this.words = words;
  }

  /**
   * The labels in {@code asked}; without it in the language of the text, or else in English.
   *
   * @param text BCP 47, of what the letter carries
   */
  static LetterWords in(Optional<String> asked, String text) {
    return KEPT.getOrDefault(
        asked.orElseGet(() -> Locale.forLanguageTag(text).getLanguage()), KEPT.get("en"));
  }

  Locale language() {
    return language;
  }

  /** The word for {@code key}, one of those in the English catalogue. */
  String of(String key) {
    var word = words.get(key);
    if (word == null) {
      throw new IllegalArgumentException("no word for " + key + " in " + language);
    }
    return word;
  }

  private static Map<String, LetterWords> load() {
    var all = new TreeMap<String, LetterWords>();
    for (var language : LANGUAGES) {
      try (var in = LetterWords.class.getResourceAsStream("/letter/" + language + ".json")) {
        var catalogue = Json.MAPPER.readValue(in, Catalogue.class);
        all.put(language, new LetterWords(language, catalogue.words()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Map.copyOf(all);
  }

  /** The keys that this language has a word for. */
  Set<String> keys() {
    return words.keySet();
  }
}
