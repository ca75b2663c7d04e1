package org.consilium.scheduling.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.scheduling.coverage.CoverageService.Heat;
import org.consilium.scheduling.coverage.CoverageService.Unspoken;

/** HTTP for the coverage heat map and its gaps. */
public final class CoverageRoutes {
  private static final int WEEKS = 4;
  private static final int GAPS_MAX = 100;
  private static final Duration AHEAD_MAX = Duration.ofDays(366);

  record GapList(
      Instant from,
      int weeks,
      double weeksCounted,
      List<Gaps.Gap> items,
      int left,
      List<Unspoken> unspoken) {}

  private final CoverageService coverage;

  public CoverageRoutes(CoverageService coverage) {
    this.coverage = coverage;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getHeatMap", call -> Answer.ok(heat(call)))
        .operation("listGaps", this::gaps);
  }

  private Heat heat(Call call) {
    return coverage.heat(
        call.tx(), from(call), weeks(call), call.query("specialty"), call.query("language"));
  }

  private Answer gaps(Call call) {
    var heat = heat(call);
    var all = Gaps.in(heat.from(), heat.rows());
    return Answer.ok(
        new GapList(
            heat.from(),
            weeks(call),
            heat.weeksCounted(),
            all.stream().limit(GAPS_MAX).toList(),
            Math.max(0, all.size() - GAPS_MAX),
            coverage.unspoken(call.tx())));
  }

  private static int weeks(Call call) {
    return call.queryNumber("weeks").orElse(WEEKS);
  }

  private static Instant from(Call call) {
    var now = call.tx().now();
    var from = call.queryInstant("from").orElse(now);
    if (Duration.between(now, from).abs().compareTo(AHEAD_MAX) > 0) {
      throw Refusal.malformed("from", "Ask for a time within a year from now.");
    }
    return from;
  }
}
