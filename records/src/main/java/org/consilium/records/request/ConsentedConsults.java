package org.consilium.records.request;

import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.consent.SentConsults;
import org.consilium.records.followup.FollowUpService;

/** What a consent, given or taken back, does to a sent request. */
public record ConsentedConsults(
    RequestStore requests, Team team, ConsultIntake intake, FollowUpService followUps)
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
    followUps.adviceTakenBack(tx, standing);
  }
}
