package org.consilium.scheduling.planning;

/**
 * How much of a price somebody has to pay, so that what helps all together harms no group too much.
 *
 * @param percent of the price that counts, from the weights
 * @param agesFrom the share of its time after which a waiting request begins to pay less; at its
 *     end it pays nothing
 * @param servedLeast a group that is served less than this share of how often all are served pays
 *     nothing
 */
public record PricePolicy(int percent, double agesFrom, double servedLeast) {
  /** A group comes to pay the whole price within this distance above the least. */
  private static final double SOFT_EDGE = 0.2;

  /** Below that many a group's share says little. */
  private static final int COUNTED_MIN = 20;

  public PricePolicy {
    if (percent < 0 || agesFrom < 0 || agesFrom >= 1 || servedLeast < 0 || servedLeast > 1) {
      throw new IllegalArgumentException("A policy of prices out of range");
    }
  }

  public static PricePolicy of(int percent) {
    return new PricePolicy(percent, 0.9, 0.4);
  }

  /** How a group fared lately: how many of its requests came to an end, and how many met. */
  public record Fared(int ended, int met) {}

  /**
   * The part of a price that a request pays.
   *
   * @param waitedShare how much of its time it has waited: 0 when it comes, 1 at its end
   * @param group how those like it fared lately
   * @param all how everybody fared lately
   */
  public double share(double waitedShare, Fared group, Fared all) {
    double aging = Math.clamp((1 - waitedShare) / (1 - agesFrom), 0, 1);
    return percent / 100.0 * aging * ofGroup(group, all);
  }

  private double ofGroup(Fared group, Fared all) {
    if (group.ended() < COUNTED_MIN || all.met() == 0) {
      return 1;
    }
    double served = (double) group.met() / group.ended();
    double servedOfAll = (double) all.met() / all.ended();
    return Math.clamp((served / servedOfAll - servedLeast) / SOFT_EDGE, 0, 1);
  }
}
