package org.consilium.scheduling.rota;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.availability.TimeSlot;

/** Who may take a shift: the first rule that forbids it is said. */
final class SwapRules {
  /** Why not, in a sentence for the one who would take it and in one for who plans. */
  enum Bar implements Wire {
    NOT_ACTIVE("You are not active in this network just now.", "%s is not active just now."),
    OTHER_FIELD(
        "This shift is of another field than yours.", "This shift is of another field than %s's."),
    OTHER_LANGUAGE(
        "This shift needs a language that you do not speak well enough.",
        "This shift needs a language that %s does not speak well enough."),
    ON_LEAVE(
        "You are on leave in part of this time.",
        "%s is on leave in part of this time: put somebody else there, or a part of it."),
    OVERLAP(
        "You are on call in part of this time already.",
        "%s is on call elsewhere in part of this time already."),
    NO_REST(
        "It leaves too little rest beside another on-call shift of yours.",
        "It leaves %s too little rest beside another on-call shift.");

    private final String sentence;
    private final String about;

    Bar(String sentence, String about) {
      this.sentence = sentence;
      this.about = about;
    }

    String sentence() {
      return sentence;
    }

    String about(String name) {
      return about.formatted(name);
    }
  }

  /**
   * What is known of somebody who would take a shift.
   *
   * @param onCall their on-call shifts around that time, of every rota and planned by hand
   */
  record Taker(
      boolean active,
      boolean holdsField,
      boolean speaksLanguage,
      List<TimeSlot> leave,
      List<TimeSlot> onCall) {}

  private SwapRules() {}

  static Optional<Bar> bar(Taker taker, TimeSlot part, Duration rest) {
    if (!taker.active()) {
      return Optional.of(Bar.NOT_ACTIVE);
    }
    if (!taker.holdsField()) {
      return Optional.of(Bar.OTHER_FIELD);
    }
    if (!taker.speaksLanguage()) {
      return Optional.of(Bar.OTHER_LANGUAGE);
    }
    if (taker.leave().stream().anyMatch(part::overlaps)) {
      return Optional.of(Bar.ON_LEAVE);
    }
    if (taker.onCall().stream().anyMatch(part::overlaps)) {
      return Optional.of(Bar.OVERLAP);
    }
    var rested = new TimeSlot(part.start().minus(rest), part.end().plus(rest));
    return taker.onCall().stream().anyMatch(rested::overlaps)
        ? Optional.of(Bar.NO_REST)
        : Optional.empty();
  }
}
