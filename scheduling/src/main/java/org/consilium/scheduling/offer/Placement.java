package org.consilium.scheduling.offer;

import org.consilium.platform.Platform;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.ladder.TimerStore;
import org.consilium.scheduling.matching.MatchingService;

/**
 * Offers, the ladder that sends them and the way past it, put together.
 *
 * @param clock to be run each second, off the event loop
 */
public record Placement(
    OfferService offers, LadderService ladder, OnCall onCall, LadderClock clock) {
  public static Placement of(
      Platform platform,
      CatalogueStore catalogue,
      MatchingService matching,
      ConsultChanges changes,
      LadderStore ladders,
      RingsByHand byHand) {
    var store = new OfferStore();
    var timers = new TimerStore();
    var asking = new Asking(platform, store, ladders, timers, catalogue, matching, changes, byHand);
    var offers = new OfferService(platform, store, asking, ladders, timers, changes);
    var ladder =
        new LadderService(platform, catalogue, changes, store, ladders, timers, asking, offers);
    var onCall = new OnCall(platform, catalogue, changes, store, ladders, asking, ladder);
    return new Placement(offers, ladder, onCall, new LadderClock(platform.database(), ladder));
  }
}
