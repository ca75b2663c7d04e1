package org.consilium.platform.http;

import java.util.Optional;

/**
 * What is wrong with one field.
 *
 * @param pointer where in the body (RFC 6901), for example {@code /age/value}
 * @param detail a sentence for the person who typed it
 * @param said the same for other languages, where the sentence has values in it
 */
public record FieldError(String pointer, String detail, Optional<Said> said) {
  public FieldError(String pointer, String detail) {
    this(pointer, detail, Optional.empty());
  }

  public FieldError(String pointer, Sentence sentence) {
    this(pointer, sentence.text(), Optional.of(sentence.said()));
  }
}
