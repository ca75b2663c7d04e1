package org.consilium.records.triage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An early-warning score as it was counted.
 *
 * @param parts what gave points, the most first
 * @param missing what belongs to the score and was not measured: the true score may be higher
 * @param urgency what it means by its levels; empty when nothing
 */
public record Score(
    String code,
    String name,
    int total,
    List<Part> parts,
    List<String> missing,
    Optional<Urgency> urgency) {
  public Score {
    parts = List.copyOf(parts);
    missing = List.copyOf(missing);
  }

  /** The points of one thing. */
  public record Part(String label, int points) {}

  /** The sentence for the reasons, when the score means something. */
  @JsonIgnore
  Optional<Triage.Reason> reason() {
    return urgency.map(meant -> new Triage.Reason(code, meant, sentence()));
  }

  private String sentence() {
    var counted =
        parts.stream()
            .map(part -> part.label() + " " + part.points())
            .collect(Collectors.joining(", "));
    var least = missing.isEmpty() ? "" : " or more";
    return "%s is %d%s (%s).".formatted(name, total, least, counted);
  }
}
