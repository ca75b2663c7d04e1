package org.consilium.records.consent;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.text.CleanText;

/** The supervisor looks afterwards at every consult that was sent without asking anybody. */
public final class WaiverService {
  private final Platform platform;
  private final WaiverStore waivers = new WaiverStore();

  public WaiverService(Platform platform) {
    this.platform = platform;
  }

  /** What was found, and in the supervisor's words why. */
  record NewReview(Waiver.Finding finding, Optional<String> text) {}

  List<Waiver> list(Tx tx) {
    var all = waivers.list(tx);
    platform.audit().append(tx, "consent.waivers", Subject.none());
    return all;
  }

  /** Each is reviewed once. */
  Waiver review(Tx tx, ConsultId consult, NewReview given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SUPERVISOR);
    var review = CleanText.of(given, NewReview.class);
    if (waivers.find(tx, standing).isEmpty()) {
      throw new Refusal(409, "not-waived", "This consult was sent with somebody's consent.");
    }
    if (review.finding() == Waiver.Finding.NOT_JUSTIFIED
        && review.text().filter(words -> !words.isBlank()).isEmpty()) {
      throw Refusal.invalid("/text", "Say why, so that the clinic can learn from it.");
    }
    if (!waivers.review(tx, standing, review.finding(), review.text())) {
      throw new Refusal(
          409, "reviewed", "Somebody has reviewed this already; load the list again.");
    }
    platform.audit().append(tx, "consent.review", Subject.consult(consult, standing.patient()));
    return waivers.find(tx, standing).orElseThrow();
  }
}
