package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.http.Wire;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.chain.NoteDocument.Attached;
import org.consilium.records.recommendation.Named;
import org.consilium.records.recommendation.RecommendationContent;

/** The sections of a signed note, in the order in which the product shows them. */
final class NoteSections {
  private final ArrayNode sections = Fhir.array();

  private NoteSections() {}

  /**
   * @param named the recommendations with their ids
   * @param attached the files that were judged
   */
  static ArrayNode of(NoteContent content, List<Named> named, List<Attached> attached) {
    var all = new NoteSections();
    all.text("Answer", content.answer());
    content
        .impression()
        .filter(words -> !words.isBlank())
        .map(words -> all.section("Impression", paragraph(impression(words, content))))
        .ifPresent(section -> code(section, "51848-0", "Evaluation note"));
    all.recommendations(named);
    all.text("What not to do", content.avoid());
    all.text("Danger signs", content.watchFor());
    all.text("What could not be judged", content.limits());
    all.text("Learning point", content.learningPoint());
    all.text("Follow-up", content.followUpInDays().map("Asked for in %d days."::formatted));
    all.files(attached);
    return all.sections;
  }

  private static String impression(String words, NoteContent content) {
    return content.certainty().map(sure -> "%s (%s)".formatted(words, Wire.of(sure))).orElse(words);
  }

  private void text(String title, Optional<String> words) {
    words.filter(text -> !text.isBlank()).ifPresent(text -> section(title, paragraph(text)));
  }

  private void recommendations(List<Named> named) {
    if (named.isEmpty()) {
      return;
    }
    var section =
        section(
            "Recommendations",
            named.stream()
                .map(one -> "<li>" + escaped(sentence(one.content())) + "</li>")
                .collect(Collectors.joining("", "<ol>", "</ol>")));
    code(section, "18776-5", "Plan of care note");
    var drugs = named.stream().filter(one -> one.content().drug().isPresent()).toList();
    if (!drugs.isEmpty()) {
      var entries = section.putArray("entry");
      drugs.forEach(one -> entries.add(Fhir.reference("MedicationRequest", one.id())));
    }
  }

  private void files(List<Attached> attached) {
    if (!attached.isEmpty()) {
      var entries =
          section("Files that were judged", paragraph("%d files".formatted(attached.size())))
              .putArray("entry");
      for (UUID id : attached.stream().map(Attached::id).toList()) {
        entries.add(Fhir.reference("DocumentReference", id));
      }
    }
  }

  /** One recommendation in a line. */
  static String sentence(RecommendationContent advice) {
    var line = new StringBuilder(Wire.of(advice.urgency()).replace('-', ' '));
    line.append(": ").append(advice.text());
    advice.drug().ifPresent(drug -> line.append(" · ").append(drug));
    MedicationRequestType.dose(advice).ifPresent(dose -> line.append(' ').append(dose));
    advice.test().ifPresent(test -> line.append(" · ").append(test));
    advice.alternative().ifPresent(other -> line.append(" · if not available: ").append(other));
    return line.toString();
  }

  private ObjectNode section(String title, String xhtml) {
    var section = sections.addObject().put("title", title);
    section
        .putObject("text")
        .put("status", "generated")
        .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + xhtml + "</div>");
    return section;
  }

  private static void code(ObjectNode section, String code, String display) {
    section.set("code", Fhir.concept(Fhir.LOINC, code, display));
  }

  private static String paragraph(String text) {
    return "<p>" + escaped(text).replace("\n", "<br/>") + "</p>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
