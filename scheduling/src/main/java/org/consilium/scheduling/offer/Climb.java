package org.consilium.scheduling.offer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Status;
import org.consilium.scheduling.ladder.Act;
import org.consilium.scheduling.ladder.LadderStep;
import org.consilium.scheduling.ladder.LadderStep.From;
import org.consilium.scheduling.ladder.LadderStep.Phase;

/** Whom a step of the ladder asks, and when it has nothing left to do. Pure. */
final class Climb {
  private Climb() {}

  /**
   * Somebody who could be asked.
   *
   * @param isBarred a hard rule forbids it
   * @param fits whether it is their field
   */
  record Person(AccountId id, boolean isBarred, boolean fits, boolean isOnCall) {}

  /**
   * Those who could be asked now.
   *
   * @param ranked the best first
   * @param named by colleagues who refused, the latest first
   * @param open how many offers wait for an answer
   */
  record Field(
      Urgency urgency,
      List<Person> ranked,
      List<AccountId> named,
      Set<AccountId> ringBudgetSpent,
      int open,
      boolean lifeThreatening) {

    boolean mayBeRung(Person who) {
      return who.isOnCall() && !ringBudgetSpent.contains(who.id());
    }

    /** Whether asking them rings: it is immediate, they are on call, and may be rung again. */
    boolean rings(Person who) {
      return urgency == Urgency.RED && mayBeRung(who);
    }
  }

  /** Whether a step still has something to do for a consult in this state. */
  static boolean isStillOf(LadderStep step, Status status) {
    return switch (step.phase()) {
      case TRIAGE -> status == Status.SUBMITTED;
      case PLACING -> status == Status.TRIAGED || status == Status.OFFERED;
    };
  }

  /** Whether the next is asked now that an offer has ended without being accepted. */
  static boolean passesOn(boolean wasPassedOn, int stillOpen) {
    return !wasPassedOn || stillOpen == 0;
  }

  /** Whom the step asks, in this order; nobody when it asks nobody. */
  static List<Person> chosen(LadderStep step, Field field) {
    int asks = step.asks(field.lifeThreatening());
    return switch (step.act()) {
      // Right after triage so many are to be asked in all; later, so many more.
      case ASK ->
          first(
              ordered(field), step.from() == From.TRIAGE ? Math.max(0, asks - field.open()) : asks);
      case NEXT -> first(ordered(field), asks);
      case RING -> first(ordered(field).stream().filter(field::mayBeRung).toList(), asks);
      case SPECIALTY -> first(ordered(field), asks);
      case ANY_DOCTOR -> first(anyOnCall(field), asks);
      case REMIND, OWN, SUPERVISOR, CONFIRM -> List.of();
    };
  }

  /** The one to ask when an offer has ended: named colleagues first, then by rank. */
  static List<Person> next(Field field) {
    return first(ordered(field), 1);
  }

  private static List<Person> ordered(Field field) {
    var named =
        field.named().stream()
            .flatMap(id -> field.ranked().stream().filter(r -> r.id().equals(id)))
            .filter(r -> !r.isBarred())
            .toList();
    Predicate<Person> isNamed = named::contains;
    var others =
        field.ranked().stream()
            .filter(r -> !r.isBarred() && r.fits())
            .filter(isNamed.negate())
            // Whoever can be rung answers soonest; the sort is stable, so rank decides the rest.
            .sorted(Comparator.comparing(r -> !field.rings(r)))
            .toList();
    var all = new ArrayList<>(named);
    all.addAll(others);
    return all;
  }

  private static List<Person> anyOnCall(Field field) {
    return field.ranked().stream().filter(r -> !r.isBarred() && r.isOnCall()).toList();
  }

  private static List<Person> first(List<Person> all, int count) {
    return all.subList(0, Math.min(count, all.size()));
  }

  /** Whether a step that found nobody comes again: somebody may come on call. */
  static boolean repeats(LadderStep step, int asked) {
    return step.act() == Act.RING && step.phase() == Phase.PLACING && asked > 0;
  }
}
