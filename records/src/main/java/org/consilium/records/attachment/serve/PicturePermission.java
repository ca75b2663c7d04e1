package org.consilium.records.attachment.serve;

import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;

/**
 * Whether the patient lets pictures be seen, read anew for every piece that is served: taking it
 * back works at once. By {@code records.consent_state}, from V006__consent.sql.
 */
public enum PicturePermission implements Wire {
  /** Nothing is withheld from this caller. */
  NONE,
  /** Nobody has asked the patient yet, so pictures stay in the clinic. */
  NOT_AGREED,
  /** The patient said no, or took the yes back: nobody sees them. */
  TAKEN_BACK;

  private static final String NEWEST =
      """
      SELECT records.consent_state($1, 'images') AS state
      """;

  /** What is withheld from the caller, by the newest decision on pictures. */
  public static PicturePermission of(Tx tx, Standing standing) {
    return tx.one(NEWEST, standing.consult())
        .map(row -> row.getString("state"))
        .map(state -> state.equals("granted") ? NONE : TAKEN_BACK)
        .orElse(standing.isOwners() ? NONE : NOT_AGREED);
  }
}
