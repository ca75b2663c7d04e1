package org.consilium.records.note.signing;

import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;

/** All SQL about trainees. Table: {@code records.trainee} (insert only), from V004__notes.sql. */
public final class TraineeStore implements Trainees {
  private static final String IS =
      "SELECT trainee FROM records.trainee WHERE account_id = $1 ORDER BY seq DESC LIMIT 1";

  private static final String MARK =
      """
      INSERT INTO records.trainee (organisation_id, account_id, trainee, marked_by, marked_at)
      VALUES ($1, $2, $3, $4, $5)
      """;

  @Override
  public boolean isTrainee(Tx tx, AccountId account) {
    return tx.one(IS, account).map(row -> row.getBoolean("trainee")).orElse(false);
  }

  void mark(Tx tx, AccountId account, boolean trainee) {
    tx.run(MARK, tx.caller().organisation(), account, trainee, tx.caller().account(), tx.now());
  }
}
