package org.consilium.records.letter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a printed letter says, before any thought of fonts and pages.
 *
 * @param language of the labels, BCP 47; its script's direction is the page's
 * @param title what it is, for example "Advice of a specialist"
 * @param from who sends it: one line each
 * @param facts short labelled lines at the top
 * @param sections the letter itself
 * @param seal what proves it
 */
public record Letter(
    Locale language,
    String title,
    List<String> from,
    List<Fact> facts,
    List<Section> sections,
    Seal seal) {

  /** A label and what it says. */
  public record Fact(String label, String value) {}

  /** A heading and its paragraphs; struck when a later note replaced it. */
  public record Section(String heading, List<String> paragraphs) {}

  /**
   * How a reader makes sure that the paper says what was signed.
   *
   * @param link opened by scanning the square code; shows what is known of the hash
   * @param lines in words, the hash and who signed among them
   * @param warning in red over the page: replaced or withdrawn since
   */
  public record Seal(String link, List<String> lines, Optional<String> warning) {}
}
