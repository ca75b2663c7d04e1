package org.consilium.scheduling.ladder;

import java.util.Optional;
import org.consilium.platform.http.Sentence;

/** Says what a step does as a person would. Pure. */
public final class LadderWords {
  private LadderWords() {}

  /**
   * @param specialist whom the offer of the timer went to; empty for a step of the consult itself
   */
  public static Sentence sentence(
      Ladder ladder, Timer timer, boolean lifeThreatening, Optional<String> specialist) {
    if (timer.kind() == Timer.Kind.OFFER_EXPIRY) {
      return specialist
          .map(who -> say("offer-of-ends", "The offer to {who} ends.").with("who", who))
          .orElseGet(() -> say("offer-ends", "The offer ends."));
    }
    if (timer.position() == 0) {
      return say("pause-ends", "The pause ends and the ladder goes on.");
    }
    return timer
        .urgency()
        .flatMap(urgency -> ladder.step(urgency, timer.position()))
        .map(step -> sentence(step, lifeThreatening, specialist))
        .orElseGet(() -> say("step", "A step of the ladder."));
  }

  private static Sentence sentence(
      LadderStep step, boolean lifeThreatening, Optional<String> specialist) {
    return switch (step.act()) {
      case REMIND ->
          specialist
              .map(who -> say("remind", "{who} is reminded.").with("who", who))
              .orElseGet(() -> say("remind-specialist", "The specialist is reminded."));
      case NEXT ->
          specialist
              .map(who ->
                  say("next", "{who} may still answer; the next in rank is asked too.")
                      .with("who", who))
              .orElseGet(() ->
                  say(
                      "next-specialist",
                      "The specialist may still answer; the next in rank is asked too."));
      case ASK -> asks(step, step.asks(lifeThreatening));
      case RING -> say("ring", "The next on call is rung while the others keep ringing.");
      case SPECIALTY -> say("specialty", "Everybody of the specialty who may be asked is asked.");
      case ANY_DOCTOR -> say("any-doctor", "Every doctor on call is asked, whatever their field.");
      case OWN -> say("own", "Its time is over: the coordinator must act.");
      case SUPERVISOR -> say("supervisor", "The supervisor is to be telephoned.");
      case CONFIRM ->
          say("confirm", "If no coordinator has, the rule confirms what the clinic asked for.");
    };
  }

  private static Sentence asks(LadderStep step, int asks) {
    var sentence =
        step.from() == LadderStep.From.TRIAGE
            ? say(
                "ask",
                asks == 1 ? "One specialist is asked." : "{count} specialists are asked at once.")
            : say(
                "ask-more",
                asks == 1
                    ? "One specialist more is asked."
                    : "{count} specialists more are asked.");
    return sentence.with("count", asks);
  }

  private static Sentence say(String code, String english) {
    return Sentence.of("ladder." + code, english);
  }
}
