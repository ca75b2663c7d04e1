package org.consilium.scheduling.owner;

import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.WaitingOn;

/**
 * Who answers for a consult now. There is always somebody until it is over: nothing is stored that
 * could be missing. Pure.
 *
 * @param person empty for the group of coordinators on duty, and for nobody
 */
public record Owner(Kind kind, Optional<AccountId> person) {
  /** What the owner is. */
  public enum Kind implements Wire {
    /** A coordinator by name. */
    COORDINATOR,
    /** The coordinators on duty together. */
    DUTY_GROUP,
    SPECIALIST,
    /** The clinician who asked: the next move is theirs. */
    CLINIC,
    /** It is over. */
    NOBODY
  }

  public static Owner of(Consult consult, Optional<AccountId> coordinator) {
    if (consult.status().isOver()) {
      return new Owner(Kind.NOBODY, Optional.empty());
    }
    if (consult.waitingOn() == WaitingOn.CLINIC) {
      return new Owner(Kind.CLINIC, Optional.of(consult.request().requester()));
    }
    if (consult.status().isCarried()) {
      return new Owner(Kind.SPECIALIST, consult.specialist());
    }
    return coordinator
        .map(name -> new Owner(Kind.COORDINATOR, Optional.of(name)))
        .orElseGet(() -> new Owner(Kind.DUTY_GROUP, Optional.empty()));
  }
}
