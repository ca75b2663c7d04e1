package org.consilium.scheduling.ladder;

import java.util.Optional;

/** Says what a step does as a person would. Pure. */
public final class LadderWords {
  private LadderWords() {}

  /**
   * @param specialist whom the offer of the timer went to; empty for a step of the consult itself
   */
  public static String sentence(
      Ladder ladder, Timer timer, boolean lifeThreatening, Optional<String> specialist) {
    var who = specialist.orElse("The specialist");
    if (timer.kind() == Timer.Kind.OFFER_EXPIRY) {
      return specialist.map("The offer to %s ends."::formatted).orElse("The offer ends.");
    }
    if (timer.position() == 0) {
      return "The pause ends and the ladder goes on.";
    }
    return timer
        .urgency()
        .flatMap(urgency -> ladder.step(urgency, timer.position()))
        .map(step -> sentence(step, lifeThreatening, who))
        .orElse("A step of the ladder.");
  }

  private static String sentence(LadderStep step, boolean lifeThreatening, String who) {
    int asks = step.asks(lifeThreatening);
    return switch (step.act()) {
      case REMIND -> "%s is reminded.".formatted(who);
      case NEXT -> "%s may still answer; the next in rank is asked too.".formatted(who);
      case ASK ->
          step.from() == LadderStep.From.TRIAGE
              ? (asks == 1
                  ? "One specialist is asked."
                  : "%d specialists are asked at once.".formatted(asks))
              : (asks == 1
                  ? "One specialist more is asked."
                  : "%d specialists more are asked.".formatted(asks));
      case RING -> "The next on call is rung while the others keep ringing.";
      case SPECIALTY -> "Everybody of the specialty who may be asked is asked.";
      case ANY_DOCTOR -> "Every doctor on call is asked, whatever their field.";
      case OWN -> "Its time is over: the coordinator must act.";
      case SUPERVISOR -> "The supervisor is to be telephoned.";
      case CONFIRM -> "If no coordinator has, the rule confirms what the clinic asked for.";
    };
  }
}
