package org.consilium.platform.id;

import java.util.UUID;

/** What every typed identifier is: a UUID that says whose it is. */
public interface Id {
  UUID value();
}
