package org.consilium.scheduling.rota;

import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/**
 * Who is on call for a field in a language, in turn.
 *
 * @param zone whose clocks the hand-offs follow
 * @param rotations later ones win within a layer
 * @param restHours between two on-call shifts of one person, when a swap is taken
 */
public record Rota(
    UUID id,
    OrganisationId organisation,
    String name,
    String specialty,
    String language,
    ZoneId zone,
    List<Rotation> rotations,
    boolean swapNeedsApproval,
    int restHours,
    int version) {
  List<AccountId> members() {
    return rotations.stream().flatMap(r -> r.members().stream()).distinct().toList();
  }
}
