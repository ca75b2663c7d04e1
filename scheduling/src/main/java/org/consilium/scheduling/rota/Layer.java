package org.consilium.scheduling.rota;

import org.consilium.platform.http.Wire;

/** Who is rung first, and who when they do not answer. */
public enum Layer implements Wire {
  PRIMARY,
  BACK_UP
}
