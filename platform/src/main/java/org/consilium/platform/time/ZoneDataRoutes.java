package org.consilium.platform.time;

import java.time.InstantSource;
import java.time.LocalDate;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;

/** Tells which zone rules all hours are reckoned with. */
public final class ZoneDataRoutes {
  private final InstantSource clock;

  public ZoneDataRoutes(InstantSource clock) {
    this.clock = clock;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("getZoneData", this::get);
  }

  /** Not where it was read: a path of the server is nobody's business. */
  private record View(String version, LocalDate released, boolean stale) {}

  private Answer get(Call call) {
    var edition = ZoneEdition.current();
    return Answer.ok(
        new View(edition.version(), edition.released(), edition.isStale(clock.instant())));
  }
}
