package org.consilium.scheduling.planning;

import java.util.Arrays;
import java.util.List;

/**
 * What each hour of each specialist will be worth to somebody else, in points: the dual of the flow
 * on demand as it may come, averaged over several such streams, so that no single one decides.
 *
 * <p>An hour that nobody asked for yet loses its price as it comes near, because fewer are left who
 * could still ask for it. How fast is learnt from the streams too: how long before their hour those
 * asked who got one.
 *
 * <p>The weekly charge for load is part of a price. Who pays that charge already pays only what the
 * price is above it.
 */
public final class ShadowPrices {
  private final int[] prices;
  private final double[] stillToCome;

  private ShadowPrices(int[] prices, double[] stillToCome) {
    this.prices = prices;
    this.stillToCome = stillToCome;
  }

  /**
   * One stream of demand, planned.
   *
   * @param hoursAhead for each request, by how many hours it came before the slot it got; without
   *     meaning where it got none
   */
  public record Stream(AssignmentFlow plan, int[] hoursAhead) {}

  public static ShadowPrices none(int slots) {
    return new ShadowPrices(new int[slots], new double[] {1});
  }

  /** The average of several streams on the same grid. */
  public static ShadowPrices average(int slots, List<Stream> streams) {
    var sums = new long[slots];
    for (Stream stream : streams) {
      for (int slot = 0; slot < slots; slot++) {
        sums[slot] += stream.plan().price(slot);
      }
    }
    int count = Math.max(1, streams.size());
    var prices = Arrays.stream(sums).mapToInt(sum -> (int) (sum / count)).toArray();
    return new ShadowPrices(prices, stillToCome(streams));
  }

  /**
   * For each number of hours before a slot: of the share of those who get one and ask after that,
   * the cube root. In proportion, prices fall too early; unreduced, a forecast that is too high
   * leaves hours empty ({@code deploy/bench scheduling} tries both).
   */
  private static double[] stillToCome(List<Stream> streams) {
    int longest = streams.stream().flatMapToInt(s -> Arrays.stream(s.hoursAhead())).max().orElse(0);
    var asked = new double[longest + 2];
    double all = 0;
    for (Stream stream : streams) {
      for (int request = 0; request < stream.plan().requests(); request++) {
        if (stream.plan().slotOf(request) != AssignmentFlow.NOBODY) {
          asked[stream.hoursAhead()[request] + 1]++;
          all++;
        }
      }
    }
    for (int hours = 1; hours < asked.length; hours++) {
      asked[hours] += asked[hours - 1];
    }
    for (int hours = 0; hours < asked.length; hours++) {
      asked[hours] = all == 0 ? 1 : Math.cbrt(asked[hours] / all);
    }
    return asked;
  }

  /** As they were kept. */
  public static ShadowPrices of(int[] prices, double[] stillToCome) {
    return new ShadowPrices(prices.clone(), stillToCome.clone());
  }

  /** For each number of hours ahead, how much of a price still counts. */
  public double[] stillToCome() {
    return stillToCome.clone();
  }

  /** At its height, long before the hour. */
  public int of(int slot) {
    return prices[slot];
  }

  /** As it is {@code hoursAhead} hours before the slot. */
  public int of(int slot, int hoursAhead) {
    int hours = Math.clamp(hoursAhead, 0, stillToCome.length - 1);
    return (int) (prices[slot] * stillToCome[hours]);
  }

  /** What is to pay for a slot besides the charge for load, which is {@code loadCharge}. */
  public int beyond(int slot, int hoursAhead, int loadCharge) {
    return Math.max(0, of(slot, hoursAhead) - loadCharge);
  }
}
