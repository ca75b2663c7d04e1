package org.consilium.records.note.signing;

import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.records.request.ConsultIntake;

/** Only who may practise signs; looked up in the transaction of the signature. */
record Licensed(ConsultIntake intake) {
  /** Refuses the caller (403) once their licence has ended or they are suspended. */
  void require(Tx tx) {
    if (!intake.mayPractise(tx, tx.caller().account())) {
      throw new Refusal(
          403,
          "licence-over",
          "Your licence has ended or is suspended, so you cannot sign. What you typed is kept;"
              + " write to your coordinator.");
    }
  }
}
