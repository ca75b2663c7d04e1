package org.consilium.signaling.call;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;

/** Whoever knows which consults go on; about one that is over nobody calls any more. */
@FunctionalInterface
public interface OpenConsults {
  /** False for a draft, and once the consult is closed or withdrawn. */
  boolean isOpen(Tx tx, ConsultId consult);

  /**
   * Which of these go on. Asked every few seconds about all calls of a node: answer it in one
   * statement.
   *
   * @param consults never empty
   */
  default Set<ConsultId> openAmong(Tx tx, Collection<ConsultId> consults) {
    return consults.stream().filter(consult -> isOpen(tx, consult)).collect(Collectors.toSet());
  }

  /** A refusal with its sentence when nobody may be seen or heard live about it any more. */
  default void requireCallable(Tx tx, ConsultId consult) {}

  /**
   * Which of these specialists may give no advice now, because their licence has ended or they are
   * suspended. Asked every few seconds about all calls of a node: answer it in one statement.
   *
   * @param specialists never empty
   */
  default Set<AccountId> mayNotPractise(Tx tx, Collection<AccountId> specialists) {
    return Set.of();
  }

  /** When the last appointment that is coming about it ends; empty when none is. */
  default Optional<Instant> appointmentEnd(Tx tx, ConsultId consult) {
    return Optional.empty();
  }

  /**
   * What a ring says of a consult besides its id; no patient data.
   *
   * @param urgency like {@code red}
   * @param specialty a code of the catalogue, once it was placed
   */
  record Brief(String urgency, Optional<String> specialty) {}

  /** How it stands, for those who are rung about it. */
  default Optional<Brief> brief(Tx tx, ConsultId consult) {
    return Optional.empty();
  }

  /** The open offers of this consult, by whom they were made to. */
  default Map<AccountId, OfferId> openOffers(Tx tx, ConsultId consult) {
    return Map.of();
  }
}
