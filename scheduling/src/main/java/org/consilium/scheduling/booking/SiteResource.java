package org.consilium.scheduling.booking;

import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.SiteId;

/** A room or a device of a site, which only one appointment can have at a time. */
record SiteResource(UUID id, SiteId siteId, Kind kind, String name, boolean retired, int version) {
  enum Kind implements Wire {
    ROOM,
    DEVICE
  }
}
