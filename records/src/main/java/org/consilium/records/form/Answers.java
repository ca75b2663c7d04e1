package org.consilium.records.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * What was answered to one version of a form (FHIR QuestionnaireResponse without its envelope).
 *
 * @param questionnaire the version that was answered, {@code url|version}
 */
public record Answers(String questionnaire, List<Given> item) {
  public Answers {
    Objects.requireNonNull(questionnaire, "questionnaire");
    item = item == null ? List.of() : List.copyOf(item);
  }

  /** The answers to one question, or what a group holds. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Given(String linkId, List<Value> answer, List<Given> item) {
    public Given {
      Objects.requireNonNull(linkId, "linkId");
      answer = answer == null ? List.of() : List.copyOf(answer);
      item = item == null ? List.of() : List.copyOf(item);
    }
  }
}
