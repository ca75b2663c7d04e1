package org.consilium.records.note.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.chain.NoteDocument.Attached;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.patient.Allergies;
import org.consilium.records.patient.Patient;
import org.consilium.records.recommendation.Quantity;
import org.consilium.records.recommendation.RecommendationContent;
import org.consilium.records.recommendation.check.AdviceChecks.Warning;

/**
 * The text that a signer reads and confirms by its hash: every member of what is signed but those
 * that only the moment of signing knows (number, time, hash before it). Plain lines, so that
 * nothing of it can be hidden by how it is drawn.
 */
final class ShownText {
  private final StringBuilder text = new StringBuilder();

  private ShownText() {}

  /** Everything that is known before the signature. */
  record Parts(
      NoteKind kind,
      Optional<NoteVersion> amends,
      NoteAct act,
      Patient.Shared patient,
      NoteAuthor author,
      NoteContent content,
      List<Warning> warnings,
      List<Attached> attachments) {}

  static String of(Parts parts) {
    var shown = new ShownText();
    shown.head(parts);
    if (parts.kind() != NoteKind.RETRACTION) {
      shown.body(parts.content(), parts.warnings());
    }
    if (!parts.attachments().isEmpty()) {
      shown.line("");
      shown.line("Files that belong to it");
      parts.attachments().forEach(file -> shown.line("- SHA-256 " + file.sha256()));
    }
    return shown.text.toString();
  }

  private void head(Parts parts) {
    line(title(parts.kind()));
    parts
        .amends()
        .ifPresent(note ->
            line(
                "Of version %d, \"%s\""
                    .formatted(note.version(), note.content().answer().orElse(""))));
    parts
        .act()
        .reason()
        .ifPresent(reason ->
            line(
                switch (reason) {
                  case WRONG_PATIENT -> "Because it was written for another patient";
                  case ENTERED_IN_ERROR -> "Because it was entered in error";
                }));
    parts.act().reasonText().ifPresent(words -> part("Reason", words));
    var patient = parts.patient();
    line("Patient: %s, %s".formatted(patient.age(), patient.sex().wire()));
    patient.name().ifPresent(name -> line("Name: " + name));
    patient.localNumber().ifPresent(number -> line("Number: " + number));
    line("Allergies: " + allergies(patient.allergies()));
    var author = parts.author();
    var credential = new ArrayList<String>();
    credential.add(author.name());
    author.registration().ifPresent(credential::add);
    author.country().ifPresent(credential::add);
    line("Signed by: " + String.join(", ", credential));
    if (author.trainee().orElse(false)) {
      line("A trainee's; not final until it is co-signed");
    }
    line("Language: " + parts.content().language());
    parts
        .content()
        .template()
        .ifPresent(
            template -> line("Template: %s, %s".formatted(template.id(), template.version())));
  }

  private static String title(NoteKind kind) {
    return switch (kind) {
      case NOTE -> "Note";
      case ADDENDUM -> "Addendum: adds to a signed note";
      case CORRECTION -> "Correction: takes the place of a signed note";
      case RETRACTION -> "Retraction: takes a signed note back";
    };
  }

  private static String allergies(Allergies allergies) {
    return switch (allergies.state()) {
      case NONE -> "none known";
      case UNKNOWN -> "could not be asked";
      case LISTED -> String.join(", ", allergies.list());
    };
  }

  private void body(NoteContent content, List<Warning> warnings) {
    content.answer().ifPresent(words -> part("Answer", words));
    content.impression().ifPresent(words -> part("Impression", words));
    content.certainty().ifPresent(certainty -> part("Certainty", certainty.wire()));
    for (int i = 0; i < content.recommendations().size(); i++) {
      recommendation(i, content.recommendations().get(i), warnings);
    }
    content.avoid().ifPresent(words -> part("What to avoid", words));
    content.watchFor().ifPresent(words -> part("Watch for", words));
    content.limits().ifPresent(words -> part("What could not be judged", words));
    content.learningPoint().ifPresent(words -> part("Learning point", words));
    content
        .followUpInDays()
        .ifPresent(days -> part("News of the patient is asked for after", days + " days"));
  }

  private void recommendation(int place, RecommendationContent advice, List<Warning> warnings) {
    line("");
    line(
        "Recommendation %d: %s, %s"
            .formatted(place + 1, advice.kind().wire(), advice.urgency().wire()));
    line(advice.text());
    advice.drug().ifPresent(drug -> line("Drug: " + drug));
    advice.amount().ifPresent(amount -> line("One dose: " + amount));
    advice
        .perKg()
        .ifPresent(per ->
            line(
                "Reckoned from %s%s per kg and %s kg"
                    .formatted(
                        per.value().toPlainString(),
                        advice
                            .amount()
                            .map(Quantity::unit)
                            .map(unit -> " " + unit.wire())
                            .orElse(""),
                        per.weightKg().toPlainString())));
    advice.dose().ifPresent(words -> line("Dose in words: " + words));
    advice.route().ifPresent(route -> line("Route: " + route));
    advice.timesPerDay().ifPresent(times -> line("Times a day: " + times));
    advice.frequency().ifPresent(words -> line("How often: " + words));
    advice.durationDays().ifPresent(days -> line("For days: " + days));
    advice.maxPerDay().ifPresent(most -> line("Not more in a day than: " + most));
    advice.test().ifPresent(test -> line("Test: " + test));
    advice.alternative().ifPresent(words -> line("If not available: " + words));
    for (var warning : warnings) {
      if (warning.recommendation() == place) {
        line("Warned: " + warning.text());
        warning.reason().ifPresent(reason -> line("All the same, because: " + reason));
      }
    }
  }

  private void part(String heading, String words) {
    line("");
    line(heading);
    line(words);
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
