package org.consilium.scheduling.ladder;

import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.ladder.LadderStep.From;
import org.consilium.scheduling.ladder.LadderStep.Phase;

/**
 * One version of the ladders of all urgencies. Pure.
 *
 * @param isProposal not approved by the network's clinicians yet
 */
public record Ladder(int version, boolean isProposal, List<LadderStep> steps) {
  /** What happens to each offer of this urgency while it waits. */
  public List<LadderStep> ofOffer(Urgency urgency) {
    return steps.stream().filter(s -> s.urgency() == urgency && s.from() == From.OFFER).toList();
  }

  /** What happens to a consult of this urgency in a phase, whatever its offers do. */
  public List<LadderStep> ofConsult(Urgency urgency, Phase phase) {
    return steps.stream()
        .filter(s -> s.urgency() == urgency && s.phase() == phase && s.from() != From.OFFER)
        .toList();
  }

  public Optional<LadderStep> step(Urgency urgency, int position) {
    return steps.stream()
        .filter(s -> s.urgency() == urgency && s.position() == position)
        .findFirst();
  }
}
