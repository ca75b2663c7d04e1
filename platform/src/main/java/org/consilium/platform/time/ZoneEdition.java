package org.consilium.platform.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Optional;

/**
 * The edition of the tz database that this program reckons with.
 *
 * <p>No {@link ZoneRulesProvider} itself: naming one would load the JDK's zones before {@link
 * #install} has said which class is to take their place. No logger either: it asks for zones.
 *
 * @param version IANA's name, for example {@code 2026f}
 * @param source where it was read, for an operator
 */
public record ZoneEdition(String version, LocalDate released, String source) {
  private static final String PROPERTY = "java.time.zone.DefaultZoneRulesProvider";
  private static final String PROVIDER = "org.consilium.platform.time.FreshZoneRules";

  /** Editions come out three to six times a year; older than this, one is surely missing. */
  private static final int STALE_MONTHS = 6;

  private static volatile ZoneEdition inUse;

  /** The zone data cannot be used; its message is for the operator. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String sentence) {
      super(sentence);
    }
  }

  /** Whether it is so old at {@code now} that a newer one is likely to exist. */
  public boolean isStale(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(released.plusMonths(STALE_MONTHS));
  }

  /**
   * Puts the newest rules in place. {@link Unusable} when the folder holds none, or when something
   * has asked for a zone before.
   *
   * @param folder a compiled tz database to take instead of the newest at hand
   */
  public static ZoneEdition install(Optional<String> folder) {
    System.setProperty(PROPERTY, PROVIDER);
    folder.ifPresent(named -> System.setProperty(ZoneData.FOLDER_PROPERTY, named));
    try {
      return current();
    } catch (Error e) {
      // So the JVM wraps what went wrong while it made the provider.
      if (e.getCause() instanceof Unusable unusable) {
        throw unusable;
      }
      throw e;
    }
  }

  /** The edition in use; {@link Unusable} when the JDK's own zones are. */
  public static ZoneEdition current() {
    String asked = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
    ZoneEdition edition = inUse;
    if (edition == null || !edition.version.equals(asked)) {
      throw new Unusable(
          "Something asked for a time zone before the fresh ones were in place; start the JVM with"
              + " -D%s=%s.".formatted(PROPERTY, PROVIDER));
    }
    return edition;
  }

  static void use(ZoneData data) {
    inUse = new ZoneEdition(data.version(), data.released(), data.source());
  }
}
