package org.consilium.scheduling.matching;

import java.util.Optional;
import org.consilium.platform.http.Said;
import org.consilium.platform.http.Sentence;

/**
 * One reason of a rank, or one reason why not.
 *
 * @param code stable, the rule's own name
 * @param sentence for the coordinator
 * @param points what it adds to the score; 0 where it bars
 * @param said the sentence for other languages; absent in offers of older builds
 */
public record Term(String code, String sentence, int points, Optional<Said> said) {
  public Term(String code, Sentence sentence, int points) {
    this(code, sentence.text(), points, Optional.of(sentence.said()));
  }
}
