package org.consilium.deploy.bench.call;

import java.util.List;
import org.consilium.deploy.browser.Probe.Look;

/**
 * What one side of a call heard while the other talked. Silence is not counted: a dead path and a
 * listener sound the same then.
 *
 * @param talkSeconds how long the other side talked
 * @param concealed the share of what was played meanwhile that the browser had to make up, 0 to 1
 * @param emptySeconds whole seconds of talk from which no packet came
 */
public record Heard(double talkSeconds, double concealed, int emptySeconds) {
  /** Energy of a voice in a second; breath and the silence between sentences have less. */
  private static final double TALK_PER_SECOND = 1e-4;

  /** Talk is counted where it had surely begun and not ended, whatever the delay. */
  private static final long MARGIN_MILLIS = 200;

  /**
   * @param hearer and {@code talker}: what was looked at on the two sides, oldest first
   * @param from and {@code until}: the milliseconds that count
   */
  public static Heard of(List<Look> hearer, List<Look> talker, long from, long until) {
    double talkMillis = 0;
    long samples = 0;
    long concealed = 0;
    long empty = 0;
    int emptySeconds = 0;
    for (int i = 1; i < hearer.size(); i++) {
      var before = hearer.get(i - 1);
      var now = hearer.get(i);
      if (before.at() < from || now.at() > until) {
        continue;
      }
      long path = Math.round(now.roundTrip() / 2);
      if (talks(talker, before.at() - path - MARGIN_MILLIS, now.at() - path)
          && now.packets() == before.packets()) {
        empty += now.at() - before.at();
      } else {
        emptySeconds += empty / 1000;
        empty = 0;
      }
      long delay = path + queueMillis(before, now);
      if (talks(talker, before.at() - delay - MARGIN_MILLIS, now.at() - delay + MARGIN_MILLIS)) {
        talkMillis += now.at() - before.at();
        samples += now.samples() - before.samples();
        concealed += now.concealed() - before.concealed();
      }
    }
    double share = samples == 0 ? Double.NaN : (double) concealed / samples;
    return new Heard(talkMillis / 1000, share, emptySeconds + (int) (empty / 1000));
  }

  /** How long the voice waited in this browser before it was played. */
  private static long queueMillis(Look before, Look now) {
    long count = now.delayCount() - before.delayCount();
    return count == 0 ? 0 : Math.round((now.delaySum() - before.delaySum()) * 1000 / count);
  }

  /** Whether all looks that touch this time saw a voice. */
  private static boolean talks(List<Look> talker, long from, long until) {
    boolean any = false;
    for (int i = 1; i < talker.size(); i++) {
      var before = talker.get(i - 1);
      var now = talker.get(i);
      if (now.at() <= from || before.at() >= until) {
        continue;
      }
      double seconds = (now.at() - before.at()) / 1000.0;
      if (now.talked() - before.talked() < TALK_PER_SECOND * seconds) {
        return false;
      }
      any = true;
    }
    return any;
  }
}
