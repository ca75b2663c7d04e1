package org.consilium.records.note.signing;

import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;

/** Knows whose notes need somebody experienced to sign too. */
public interface Trainees {
  boolean isTrainee(Tx tx, AccountId account);
}
