package org.consilium.records.request;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.triage.Urgency;

/** Who takes a sent request on, so that it is answered, and knows whether somebody has. */
public interface ConsultIntake {
  /** Called within the transaction of the submission: both happen, or neither. */
  void submit(Tx tx, SubmittedRequest request);

  /**
   * Whether a specialist has taken the consult and it was not withdrawn: only then is there an
   * outcome to tell.
   */
  boolean isTaken(Tx tx, ConsultId consult);

  /**
   * Whether the consult is open, the clinic alone is waited for, and no appointment is coming: only
   * then may silence end it.
   */
  boolean waitsForClinicAlone(Tx tx, ConsultId consult);

  /** How far these consults have come; those that the caller may not see are left out. */
  Map<ConsultId, Progress> progress(Tx tx, Collection<ConsultId> consults);

  /**
   * @param version grows with every change of the consult
   */
  record Progress(Stage stage, int version, Instant changedAt) {}

  /** What has become of a consult, as far as its record needs to know. */
  enum Stage {
    RUNNING,
    CLOSED,
    WITHDRAWN
  }

  /** How urgent a consult is by all that is known; empty before it was sent. */
  Optional<Urgency> urgency(Tx tx, ConsultId consult);

  /**
   * The first moment from {@code from} on at which the site is open; {@code from} itself where
   * nobody has said the hours.
   */
  Instant openFrom(Tx tx, SiteId site, Instant from);

  /**
   * Whether this specialist may give advice now: their licence holds, and the network has neither
   * suspended them nor ended their service.
   */
  boolean mayPractise(Tx tx, AccountId specialist);

  /** The patient no longer agrees to advice: what is still to come ends, in this transaction. */
  void stop(Tx tx, ConsultId consult, String reason);
}
