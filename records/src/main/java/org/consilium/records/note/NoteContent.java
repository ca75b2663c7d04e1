package org.consilium.records.note;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Wire;

/** A specialist's answer as written. */
public record NoteContent(
    String language,
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

  public NoteContent {
    Objects.requireNonNull(language, "language");
    recommendations = recommendations == null ? List.of() : List.copyOf(recommendations);
  }

  /** What is missing before this may be signed; pointers into the note. */
  List<FieldError> checkComplete() {
    var errors = new ArrayList<FieldError>();
    if (answer.filter(text -> !text.isBlank()).isEmpty()) {
      errors.add(new FieldError("/answer", "Answer the clinic's question in a line."));
    }
    if (recommendations.isEmpty()) {
      errors.add(
          new FieldError(
              "/recommendations", "Recommend at least one thing, if only to change nothing."));
    }
    for (int i = 0; i < recommendations.size(); i++) {
      if (recommendations.get(i).text().isBlank()) {
        errors.add(new FieldError("/recommendations/" + i + "/text", "Say what to do."));
      }
    }
    return errors;
  }
}
