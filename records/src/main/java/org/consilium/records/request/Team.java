package org.consilium.records.request;

import java.util.List;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;

/** The people around a consult: as what the caller acts, and who is told. */
public final class Team {
  /** Whoever is several things acts as the first of these. */
  private static final List<Relation> CLOSEST_FIRST =
      List.of(
          Relation.SPECIALIST,
          Relation.REQUESTER,
          Relation.CLINIC,
          Relation.COORDINATOR,
          Relation.SUPERVISOR,
          Relation.INTERPRETER,
          Relation.OBSERVER);

  private final Platform platform;

  public Team(Platform platform) {
    this.platform = platform;
  }

  /** As what the caller acts in this consult. */
  public Relation closest(Standing standing) {
    return CLOSEST_FIRST.stream().filter(standing::is).findFirst().orElseThrow();
  }

  /** Tells open pages of the owner and of the team that the consult changed. */
  public void tell(Tx tx, Standing standing) {
    var team =
        platform.careTeam().members(tx, standing.consult()).stream()
            .map(TeamMember::account)
            .toList();
    platform.changes().tell(tx, "consult", standing.consult().value(), standing.owner(), team);
  }

  /** 409 while the request is a draft: nobody else knows of it yet. */
  public void requireSubmitted(Tx tx, RequestStore requests, ConsultId consult) {
    if (!requests.isSubmitted(tx, consult)) {
      throw new Refusal(409, "not-submitted", "Send the request first.");
    }
  }
}
