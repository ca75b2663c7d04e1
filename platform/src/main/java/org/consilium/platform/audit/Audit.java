package org.consilium.platform.audit;

import java.util.Optional;
import org.consilium.platform.database.Tx;

/**
 * The trail of acts and reads, written in the transaction of the act. Table: {@code
 * platform.audit_event}, insert only.
 */
public final class Audit {
  private static final String APPEND =
      """
      INSERT INTO platform.audit_event (at, organisation_id, actor_id, actor_name, role, action,
                                        consult_id, patient_id, subject, outcome, request_id)
      VALUES ($1, coalesce(platform.owner_of($7), $2), $3, $4, $5, $6, $7, $8, $9, 'done', $10)
      """;

  /**
   * Adds a line. It belongs to the organisation that owns the consult, else to the caller's own.
   *
   * @param action the verb of the whole story, for example {@code consult.accept}
   */
  public void append(Tx tx, String action, Subject subject) {
    var caller = tx.caller();
    var person = Optional.of(caller).filter(c -> c.isPerson());
    tx.send(
        APPEND,
        tx.now(),
        person.map(c -> c.organisation()),
        person.map(c -> c.account()),
        caller.name(),
        caller.role(),
        action,
        subject.consult(),
        subject.patient(),
        subject.thing(),
        caller.requestId());
  }
}
