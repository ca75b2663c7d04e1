package org.consilium.records.followup.loop;

import java.util.Optional;
import java.util.regex.Pattern;
import org.consilium.records.followup.FollowUp.AdviceFollowed;
import org.consilium.records.followup.FollowUp.Diagnosis;
import org.consilium.records.followup.FollowUp.NewOutcome;
import org.consilium.records.followup.Result;

/**
 * What a short message such as {@code 4821 1 2} says: four digits that stand for a consult, how the
 * patient is (1 better, 2 same, 3 worse, 4 died, 5 transferred, 6 left, 7 unknown), whether the
 * advice was followed (1 fully, 2 partly, 3 no), and, if one wants, the diagnosis (1 confirmed, 2
 * changed) and words. Words that begin with a question mark are a question. Digits of any script,
 * with or without spaces. Pure.
 *
 * @param asks whether something is asked, though the words may be missing
 */
record TextAnswer(String code, NewOutcome outcome, boolean asks) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\s*(?<code>\\d{4})[\\s.,;:/-]*(?<result>[1-7])[\\s.,;:/-]*(?<advice>[1-3])"
              + "([\\s.,;:/-]*(?<diagnosis>[12])(?=\\s|\\?|$))?\\s*[.,;]?(\\s+(?<words>\\D.*)|(?<ask>\\?.*))?",
          Pattern.DOTALL);

  /** As long as the form takes them. */
  private static final int WORDS_MAX = 1000;

  /** Empty when it cannot be read as such an answer. */
  static Optional<TextAnswer> read(String message) {
    var shape = SHAPE.matcher(plainDigits(message).strip());
    if (!shape.matches()) {
      return Optional.empty();
    }
    var words =
        Optional.ofNullable(shape.group("words"))
            .or(() -> Optional.ofNullable(shape.group("ask")))
            .map(String::strip);
    boolean asks = words.filter(text -> text.startsWith("?")).isPresent();
    var question = words.filter(_ -> asks).map(text -> text.substring(1).strip());
    var said = words.filter(_ -> !asks);
    if (words.filter(text -> text.length() > WORDS_MAX).isPresent()) {
      return Optional.empty();
    }
    var outcome =
        new NewOutcome(
            Result.values()[Integer.parseInt(shape.group("result")) - 1],
            AdviceFollowed.values()[Integer.parseInt(shape.group("advice")) - 1],
            Optional.empty(),
            Optional.ofNullable(shape.group("diagnosis"))
                .map(digit -> digit.equals("1") ? Diagnosis.CONFIRMED : Diagnosis.CHANGED),
            Optional.empty(),
            Optional.empty(),
            said,
            question.filter(text -> !text.isEmpty()));
    return Optional.of(new TextAnswer(shape.group("code"), outcome, asks));
  }

  /** A question that came without words gets some. */
  NewOutcome asking(String words) {
    if (!asks || outcome.question().isPresent()) {
      return outcome;
    }
    return new NewOutcome(
        outcome.result(),
        outcome.adviceFollowed(),
        outcome.why(),
        outcome.diagnosis(),
        outcome.finalDiagnosis(),
        outcome.usefulness(),
        outcome.text(),
        Optional.of(words));
  }

  private static String plainDigits(String message) {
    var plain = new StringBuilder(message.length());
    message
        .codePoints()
        .forEach(point ->
            plain.appendCodePoint(
                Character.isDigit(point) ? '0' + Character.getNumericValue(point) : point));
    return plain.toString();
  }
}
