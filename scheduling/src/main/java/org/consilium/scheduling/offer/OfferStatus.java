package org.consilium.scheduling.offer;

import org.consilium.platform.http.Wire;

/** How far one attempt to place a consult has come. */
public enum OfferStatus implements Wire {
  OPEN,
  ACCEPTED,
  REFUSED,
  EXPIRED,
  WITHDRAWN
}
