package org.consilium.records.note;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Wire;
import org.consilium.records.recommendation.RecommendationContent;

/**
 * A specialist's answer as written.
 *
 * @param template by which it was asked for
 */
public record NoteContent(
    String language,
    Optional<Template> template,
    Optional<String> answer,
    Optional<String> impression,
    Optional<Certainty> certainty,
    Optional<String> avoid,
    Optional<String> watchFor,
    Optional<String> limits,
    Optional<String> learningPoint,
    List<RecommendationContent> recommendations,
    Optional<Integer> followUpInDays) {
  /** How sure the specialist is. */
  public enum Certainty implements Wire {
    CERTAIN,
    LIKELY,
    UNCERTAIN
  }

  /** Which template, and which edition of it. */
  public record Template(String id, String version) {}

  public NoteContent {
    Objects.requireNonNull(language, "language");
    recommendations = recommendations == null ? List.of() : List.copyOf(recommendations);
  }

  /** Nothing but the language: what is left of a note that was taken back. */
  public static NoteContent nothing(String language) {
    return new NoteContent(
        language,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** What is missing before this may be signed as such; pointers into the note. */
  public List<FieldError> checkComplete(NoteKind kind) {
    var errors = new ArrayList<FieldError>();
    if (kind == NoteKind.ADDENDUM) {
      if (isEmpty(answer) && isEmpty(impression) && recommendations.isEmpty()) {
        errors.add(new FieldError("/answer", "Say what is to be added."));
      }
    } else {
      if (isEmpty(answer)) {
        errors.add(new FieldError("/answer", "Answer the clinic's question in a line."));
      }
      if (recommendations.isEmpty()) {
        errors.add(
            new FieldError(
                "/recommendations", "Recommend at least one thing, if only to change nothing."));
      }
    }
    for (int i = 0; i < recommendations.size(); i++) {
      if (recommendations.get(i).text().isBlank()) {
        errors.add(new FieldError("/recommendations/" + i + "/text", "Say what to do."));
      }
    }
    return errors;
  }

  private static boolean isEmpty(Optional<String> text) {
    return text.filter(words -> !words.isBlank()).isEmpty();
  }
}
