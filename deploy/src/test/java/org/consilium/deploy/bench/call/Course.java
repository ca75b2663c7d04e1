package org.consilium.deploy.bench.call;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.consilium.deploy.browser.Probe.Look;

/** What can be read from the looks of one side at a call. */
final class Course {
  private Course() {}

  static List<Look> within(List<Look> looks, long from, long until) {
    return looks.stream().filter(look -> look.at() >= from && look.at() <= until).toList();
  }

  /** The value below which that share of the round trips was, in milliseconds. */
  static double roundTrip(List<Look> looks, double share) {
    var sorted =
        looks.stream().mapToDouble(Look::roundTrip).filter(rtt -> rtt > 0).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  /** By how much a counter grew in a second. */
  static double perSecond(List<Look> looks, ToLongFunction<Look> counter) {
    if (looks.size() < 2) {
      return Double.NaN;
    }
    var first = looks.getFirst();
    var last = looks.getLast();
    long grown = counter.applyAsLong(last) - counter.applyAsLong(first);
    return grown * 1000.0 / (last.at() - first.at());
  }

  /** How long after that moment the counter grew for the first time, in seconds. */
  static OptionalDouble back(List<Look> looks, long since, ToLongFunction<Look> counter) {
    for (int i = 1; i < looks.size(); i++) {
      var before = looks.get(i - 1);
      var now = looks.get(i);
      if (before.at() >= since && counter.applyAsLong(now) > counter.applyAsLong(before)) {
        return OptionalDouble.of((now.at() - since) / 1000.0);
      }
    }
    return OptionalDouble.empty();
  }

  /** The longest time in which the counter did not grow, in seconds. */
  static double longestPause(List<Look> looks, ToLongFunction<Look> counter) {
    double longest = 0;
    long grownAt = looks.isEmpty() ? 0 : looks.getFirst().at();
    for (int i = 1; i < looks.size(); i++) {
      var now = looks.get(i);
      longest = Math.max(longest, now.at() - grownAt);
      if (counter.applyAsLong(now) > counter.applyAsLong(looks.get(i - 1))) {
        grownAt = now.at();
      }
    }
    return longest / 1000;
  }

  /** Where the page stood, one after the other, with the seconds there; empty if it never says. */
  static String rungs(List<Look> looks) {
    record Stay(String rung, long from, long until) {}
    var stays = new ArrayList<Stay>();
    for (var look : looks) {
      if (!stays.isEmpty() && stays.getLast().rung().equals(look.rung())) {
        var stay = stays.removeLast();
        stays.add(new Stay(stay.rung(), stay.from(), look.at()));
      } else if (!look.rung().isEmpty()) {
        stays.add(new Stay(look.rung(), look.at(), look.at()));
      }
    }
    return stays.stream()
        .map(stay -> stay.rung() + " " + Math.round((stay.until() - stay.from()) / 1000.0))
        .collect(Collectors.joining(", "));
  }
}
