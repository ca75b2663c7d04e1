package org.consilium.scheduling.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;

/** HTTP for laying hours out without keeping them. */
public final class AvailabilityRoutes {
  /** Longer plans are guesses, and each day costs work. */
  private static final Duration WINDOW_MAX = Duration.ofDays(3 * 366);

  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  record Ask(HoursJson hours, Instant from, Instant to) {}

  record Laid(List<TimeSlot> intervals, String zoneDataVersion) {}

  public Routes addTo(Routes routes) {
    return routes.operation("expandAvailability", AvailabilityRoutes::expand);
  }

  private static Answer expand(Call call) {
    var ask = call.body(Ask.class);
    if (!ask.from().isBefore(ask.to())) {
      throw Refusal.invalid("/to", "The window must end after it starts.");
    }
    if (ask.from().isBefore(EARLIEST) || ask.to().isAfter(LATEST)) {
      throw Refusal.invalid("/from", "The window must lie between the years 1900 and 2200.");
    }
    if (Duration.between(ask.from(), ask.to()).compareTo(WINDOW_MAX) > 0) {
      throw Refusal.invalid("/to", "Ask for three years at most.");
    }
    var slots = Expansion.expand(ask.hours().read("/hours"), new TimeSlot(ask.from(), ask.to()));
    return Answer.ok(new Laid(slots, Expansion.zoneDataVersion()));
  }
}
