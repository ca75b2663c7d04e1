package org.consilium.scheduling.report;

import java.util.ArrayList;
import java.util.List;

/** At which hours of their own clock specialists let offers expire. Pure. */
final class OfferHours {
  private static final int BLOCK_HOURS = 3;
  private static final int DAY_HOURS = 24;

  /** Offers sent in one hour of the specialist's day that are no longer open. */
  record Ended(int hour, int offers, int expired) {}

  private OfferHours() {}

  static List<Report.Hours> of(List<Ended> ended) {
    int blocks = DAY_HOURS / BLOCK_HOURS;
    var offers = new int[blocks];
    var expired = new int[blocks];
    int allOffers = 0;
    int allExpired = 0;
    for (var one : ended) {
      offers[one.hour() / BLOCK_HOURS] += one.offers();
      expired[one.hour() / BLOCK_HOURS] += one.expired();
      allOffers += one.offers();
      allExpired += one.expired();
    }
    var hours = new ArrayList<Report.Hours>();
    for (int block = 0; block < blocks; block++) {
      boolean behind =
          Proportions.isClearlyMore(
              expired[block],
              offers[block],
              allExpired - expired[block],
              allOffers - offers[block]);
      hours.add(new Report.Hours(block * BLOCK_HOURS, offers[block], expired[block], behind));
    }
    return hours;
  }
}
