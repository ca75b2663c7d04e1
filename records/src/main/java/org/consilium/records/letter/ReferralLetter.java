package org.consilium.records.letter;

import java.util.ArrayList;
import java.util.List;
import org.consilium.records.referral.Referral;

/** A referral as a letter. */
final class ReferralLetter {
  private final LetterWords words;

  ReferralLetter(LetterWords words) {
    this.words = words;
  }

  /** Where the patient is sent, how and how soon. */
  List<Letter.Fact> facts(Referral.Content content) {
    var facts = new ArrayList<Letter.Fact>();
    facts.add(new Letter.Fact(words.of("to"), content.toFacility()));
    content
        .toService()
        .ifPresent(service -> facts.add(new Letter.Fact(words.of("service"), service)));
    return facts;
  }

  List<Letter.Section> sections(Referral.Content content) {
    var sections = new ArrayList<Letter.Section>();
    sections.add(
        new Letter.Section(
            words.of("reason"),
            List.of("— " + words.of(content.urgency().wire()), content.reason())));
    content
        .summary()
        .ifPresent(text -> sections.add(new Letter.Section(words.of("summary"), List.of(text))));
    content
        .transport()
        .ifPresent(text -> sections.add(new Letter.Section(words.of("transport"), List.of(text))));
    return sections;
  }
}
