package org.consilium.scheduling.coverage;

import org.consilium.platform.http.Wire;

/**
 * What the last weeks say of an hour of the week. With few arrivals the guess is their average over
 * the week; with more, it follows the hour of the day, then the hour of the week.
 */
public final class Forecast {
  public static final int HOURS = 168;

  private static final int DAY = 24;
  private static final int DAYS = 7;
  private static final double[] KERNEL = {1, 2, 3, 2, 1};
  private static final double KERNEL_SUM = 9;

  /** Arrivals that weigh as much as the plainer guess does. */
  private static final double HALF_DAY_PROFILE = 24;

  private static final double HALF_WEEK_PROFILE = 168;

  private static final int ENOUGH = 100;
  private static final double LIKELY = 0.9;

  /** How much the forecast rests on. */
  public enum Ground implements Wire {
    NONE,
    LITTLE,
    ENOUGH
  }

  private final double[] expected;
  private final int arrivals;

  private Forecast(double[] expected, int arrivals) {
    this.expected = expected;
    this.arrivals = arrivals;
  }

  /**
   * @param counts arrivals by hour of the week, Monday 00:00 UTC first
   * @param weeks how long they were counted; part weeks count
   */
  public static Forecast of(int[] counts, double weeks) {
    int total = 0;
    for (int count : counts) {
      total += count;
    }
    double flat = total / weeks / HOURS;
    var week = smooth(counts, weeks);
    var day = new double[DAY];
    for (int hour = 0; hour < HOURS; hour++) {
      day[hour % DAY] += week[hour] / DAYS;
    }
    double trustDay = total / (total + HALF_DAY_PROFILE);
    double trustWeek = total / (total + HALF_WEEK_PROFILE);
    var expected = new double[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      double byDay = trustDay * day[hour % DAY] + (1 - trustDay) * flat;
      expected[hour] = trustWeek * week[hour] + (1 - trustWeek) * byDay;
    }
    return new Forecast(expected, total);
  }

  private static double[] smooth(int[] counts, double weeks) {
    var smooth = new double[HOURS];
    int reach = KERNEL.length / 2;
    for (int hour = 0; hour < HOURS; hour++) {
      for (int k = -reach; k <= reach; k++) {
        smooth[hour] +=
            KERNEL[k + reach] / KERNEL_SUM * counts[Math.floorMod(hour + k, HOURS)] / weeks;
      }
    }
    return smooth;
  }

  public int arrivals() {
    return arrivals;
  }

  public Ground ground() {
    if (arrivals == 0) {
      return Ground.NONE;
    }
    return arrivals < ENOUGH ? Ground.LITTLE : Ground.ENOUGH;
  }

  /** Arrivals expected in that hour of the week. */
  public double expected(int hourOfWeek) {
    return expected[hourOfWeek];
  }

  /**
   * As many as suffice in nine of ten such hours when each consult takes one person for that hour
   * (arrivals as a Poisson count); one at least wherever anybody has asked at all.
   */
  public int needed(int hourOfWeek) {
    double mean = expected[hourOfWeek];
    if (mean <= 0) {
      return 0;
    }
    double term = Math.exp(-mean);
    double sum = term;
    int n = 0;
    while (sum < LIKELY) {
      n++;
      term *= mean / n;
      sum += term;
    }
    return Math.max(1, n);
  }
}
