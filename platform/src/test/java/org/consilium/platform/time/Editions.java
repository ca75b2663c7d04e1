package org.consilium.platform.time;

import java.util.Set;

/** What the world's governments have changed lately. */
final class Editions {
  /** Zones whose clock is or was another in 2026f than in 2026a; IANA's NEWS file. */
  static final Set<String> CHANGED_SINCE_2026A =
      Set.of(
          "Africa/Casablanca",
          "Africa/El_Aaiun",
          "America/Bogota",
          "America/Edmonton",
          "America/Havana",
          "America/Inuvik",
          "America/Rainy_River",
          "America/Vancouver",
          "America/Winnipeg",
          "America/Yellowknife",
          "Asia/Gaza",
          "Asia/Hebron",
          "Asia/Tehran",
          "Canada/Central",
          "Canada/Mountain",
          "Canada/Pacific",
          "Cuba",
          "EET",
          "Iran",
          "WET");

  private Editions() {}
}
