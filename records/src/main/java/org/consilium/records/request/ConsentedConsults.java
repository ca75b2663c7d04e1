package org.consilium.records.request;

import java.util.function.BiConsumer;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.consent.SentConsults;

/**
 * What a consent, given or taken back, does to a sent request.
 *
 * @param followUp ends the asking how the patient fares
 */
public record ConsentedConsults(
    RequestStore requests, Team team, ConsultIntake intake, BiConsumer<Tx, Standing> followUp)
    implements SentConsults {
  @Override
  public void lock(Tx tx, ConsultId consult) {
    requests.lock(tx, consult);
    team.requireSubmitted(tx, requests, consult);
  }

  @Override
  public void changed(Tx tx, Standing standing) {
    team.tell(tx, standing);
  }

  @Override
  public void stop(Tx tx, Standing standing, String reason) {
    intake.stop(tx, standing.consult(), reason);
    followUp.accept(tx, standing);
  }
}
