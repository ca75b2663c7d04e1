package org.consilium.records.patient;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.consilium.records.text.SearchText;

/**
 * How alike two names are, in any script and whatever the order of their words: the share of
 * trigrams that they have in common. Trigrams are of characters, two blanks before each word and
 * one after it, so the beginnings of words count more.
 */
final class NameLikeness {
  private static final int GRAM = 3;
  private static final int WORD_WITH_KEYS_MAX = 20;
  private static final int ONE_LETTER_MAY_MISS_FROM = 4;

  private NameLikeness() {}

  /** From 0 (nothing in common) to 1 (the same words). */
  static double of(String one, String other) {
    var ours = grams(one);
    var theirs = grams(other);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return 0;
    }
    var common = new HashSet<>(ours);
    common.retainAll(theirs);
    return (double) common.size() / (ours.size() + theirs.size() - common.size());
  }

  /**
   * What words of a name are looked up by: each word, and each without one of its letters, so that
   * two that differ in a letter meet.
   */
  static Set<String> keys(String name) {
    var keys = new LinkedHashSet<String>();
    for (var word : words(name)) {
      var letters = word.codePoints().limit(WORD_WITH_KEYS_MAX).toArray();
      keys.add(new String(letters, 0, letters.length));
      for (int i = 0; letters.length >= ONE_LETTER_MAY_MISS_FROM && i < letters.length; i++) {
        keys.add(new String(letters, 0, i) + new String(letters, i + 1, letters.length - i - 1));
      }
    }
    return keys;
  }

  private static Set<String> grams(String name) {
    var grams = new HashSet<String>();
    for (var word : words(name)) {
      var letters = ("  " + word + " ").codePoints().toArray();
      for (int i = 0; i + GRAM <= letters.length; i++) {
        grams.add(new String(letters, i, GRAM));
      }
    }
    return grams;
  }

  private static String[] words(String name) {
    var text = SearchText.of(name).replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ").strip();
    return text.isEmpty() ? new String[0] : text.split(" ");
  }
}
