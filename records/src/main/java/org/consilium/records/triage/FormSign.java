package org.consilium.records.triage;

import java.util.Objects;

/**
 * A danger sign that was found in an answer to a form.
 *
 * @param code of the question, for example {@code eye.chemical}
 */
public record FormSign(String code, Urgency urgency, String sentence) {
  public FormSign {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(urgency, "urgency");
    Objects.requireNonNull(sentence, "sentence");
  }
}
