package org.consilium.deploy;

import org.consilium.records.fhir.KeptElsewhere;
import org.consilium.scheduling.kept.KeptRows;
import org.consilium.signaling.record.KeptCalls;

/** What scheduling and signaling keep and the FHIR facade of records tells of. */
final class Elsewhere {
  static final KeptElsewhere ROWS =
      new KeptElsewhere(
          KeptRows.CONSULTS,
          KeptRows.APPOINTMENTS,
          KeptRows.VOLUNTEERS,
          KeptRows.ON_CALL,
          KeptRows.ROTAS,
          KeptCalls.CALLS);

  private Elsewhere() {}
}
