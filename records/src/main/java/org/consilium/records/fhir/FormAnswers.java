package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A QuestionnaireResponse of FHIR as the answers that the form engine checks. */
final class FormAnswers {
  private FormAnswers() {}

  /**
   * The answers, all of which are kept: what the engine has no place for it refuses.
   *
   * @param pointer where they go; what the engine says of a part is told of that item
   */
  static ObjectNode read(Write write, Given response, Command command, String pointer) {
    var status = response.text("status").orElse("");
    if (!List.of("completed", "in-progress").contains(status)) {
      write.fault(response.at("status"), "Answers are completed or in-progress.");
    }
    var questionnaire = response.text("questionnaire");
    if (questionnaire.filter(name -> name.contains("|")).isEmpty()) {
      write.fault(response.at("questionnaire"), "Name the form with its version, url|version.");
    }
    var answers = Fhir.object().put("questionnaire", questionnaire.orElse(""));
    command.expect(pointer, response.path());
    command.expect(pointer + "/questionnaire", response.path() + ".questionnaire");
    answers.set("item", items(response, command, pointer));
    return answers;
  }

  private static JsonNode items(Given parent, Command command, String pointer) {
    var items = Fhir.array();
    parent
        .all("item")
        .forEach(item -> {
          var at = pointer + "/item/" + items.size();
          command.expect(at, item.path());
          var plain = Fhir.object().put("linkId", item.text("linkId").orElse(""));
          // The form's own words stand in the form.
          item.at("text").keep();
          if (item.at("answer").isThere()) {
            var given = plain.putArray("answer");
            item.all("answer").forEach(answer -> given.add(value(answer)));
          }
          if (item.at("item").isThere()) {
            plain.set("item", items(item, command, at));
          }
          items.add(plain);
        });
    return items;
  }

  /** As it came, but for files, which the engine knows by their id. */
  private static JsonNode value(Given answer) {
    var value = answer.json().deepCopy();
    if (value.path("valueAttachment") instanceof ObjectNode file) {
      ResourceId.parse(file.path("url").asText().replaceFirst("^.*/", ""))
          .ifPresent(id -> {
            file.remove(List.of("url", "contentType"));
            file.put("id", id.key().toString());
          });
    }
    return value;
  }
}
