package org.consilium.records.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.http.Wire;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.patient.Patient;
import org.consilium.records.recommendation.Quantity;
import org.consilium.records.recommendation.RecommendationContent;

/** A signed note as a letter: its words as signed, under labels in the reader's language. */
final class NoteLetter {
  private final LetterWords words;

  NoteLetter(LetterWords words) {
    this.words = words;
  }

  /** The sections of the note; what was left empty has none. */
  List<Letter.Section> sections(String question, NoteVersion note) {
    var content = note.content();
    var sections = new ArrayList<Letter.Section>();
    add(sections, "question", Optional.of(question));
    add(sections, "answer", content.answer());
    var certainty =
        content.certainty().map(level -> words.of("certainty") + ": " + words.of(Wire.of(level)));
    add(sections, "impression", content.impression(), certainty);
    if (!content.recommendations().isEmpty()) {
      sections.add(
          new Letter.Section(
              words.of("recommendations"),
              content.recommendations().stream().flatMap(this::recommendation).toList()));
    }
    add(sections, "avoid", content.avoid());
    add(sections, "watchFor", content.watchFor());
    add(sections, "limits", content.limits());
    add(sections, "followUpInDays", content.followUpInDays().map(Object::toString));
    return sections;
  }

  @SafeVarargs
  private void add(List<Letter.Section> sections, String key, Optional<String>... paragraphs) {
    var written =
        Stream.of(paragraphs)
            .flatMap(Optional::stream)
            .filter(paragraph -> !paragraph.isBlank())
            .toList();
    if (!written.isEmpty()) {
      sections.add(new Letter.Section(words.of(key), written));
    }
  }

  /** A label and a text never share a paragraph: each runs in the direction of its own script. */
  private Stream<String> recommendation(RecommendationContent advice) {
    var dose =
        Stream.of(
                advice.drug(),
                advice.amount().map(Quantity::toString),
                advice.dose(),
                advice.route(),
                advice.timesPerDay().map(times -> times + " × / 24 h"),
                advice.frequency(),
                advice.maxPerDay().map(most -> "≤ " + most + " / 24 h"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    var lines = new ArrayList<String>();
    lines.add("— " + words.of(advice.urgency().wire()));
    lines.add(advice.text());
    if (!dose.isEmpty()) {
      lines.add(dose);
    }
    advice.durationDays().ifPresent(days -> lines.add(words.of("days") + ": " + days));
    advice
        .alternative()
        .ifPresent(instead -> {
          lines.add(words.of("alternative") + ":");
          lines.add(instead);
        });
    return lines.stream();
  }

  /** Who the letter is about; name and number only where the reader may know them. */
  static List<Letter.Fact> patient(LetterWords words, Patient.Shared patient) {
    var facts = new ArrayList<Letter.Fact>();
    patient.name().ifPresent(name -> facts.add(new Letter.Fact(words.of("patient"), name)));
    patient
        .localNumber()
        .ifPresent(number -> facts.add(new Letter.Fact(words.of("number"), number)));
    var age = patient.age();
    var unit =
        switch (age.unit()) {
          case DAYS -> "ageDays";
          case WEEKS -> "ageWeeks";
          case MONTHS -> "ageMonths";
          case YEARS -> "ageYears";
        };
    facts.add(new Letter.Fact(words.of(unit), String.valueOf(age.value())));
    facts.add(new Letter.Fact(words.of("sex"), words.of(patient.sex().wire())));
    return facts;
  }
}
