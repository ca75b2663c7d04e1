package org.consilium.scheduling.volunteer;

import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;

/** Takes volunteers in. Runs in the server's own transactions: demo data, bringing somebody in. */
public final class VolunteerService {
  private final Platform platform;
  private final VolunteerStore volunteers;

  public VolunteerService(Platform platform, VolunteerStore volunteers) {
    this.platform = platform;
    this.volunteers = volunteers;
  }

  /** Makes an account a volunteer; doing it again changes nothing. */
  public void register(Tx tx, Volunteer volunteer) {
    if (volunteers.insert(tx, volunteer)) {
      platform
          .audit()
          .append(tx, "volunteer.register", Subject.of("volunteer", volunteer.account()));
    }
  }
}
