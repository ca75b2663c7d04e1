package org.consilium.platform.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives {@code java.time} the zones of the newest {@link ZoneData} instead of the JDK's own, which
 * are as old as the JDK: governments change their clocks with weeks of notice.
 *
 * <p>It takes the JDK's place when the JVM is started with {@code
 * -Djava.time.zone.DefaultZoneRulesProvider=org.consilium.platform.time.FreshZoneRules}, or when
 * {@link #install} runs before anything has asked for a zone.
 */
public final class FreshZoneRules extends ZoneRulesProvider {
  private static final String PROPERTY = "java.time.zone.DefaultZoneRulesProvider";

  /** Editions come out three to six times a year; older than this, one is surely missing. */
  private static final int STALE_MONTHS = 6;

  private static ZoneData inUse;

  private final ZoneData data;
  private final ConcurrentHashMap<String, ZoneRules> read = new ConcurrentHashMap<>();

  /** Called by the JVM; must be public and cannot take anything. */
  public FreshZoneRules() {
    data = ZoneData.newest();
    use(data);
  }

  private static synchronized void use(ZoneData data) {
    inUse = data;
  }

  /**
   * What this program reckons with.
   *
   * @param version IANA's name of the edition
   * @param stale whether it is so old that a newer one is likely to exist
   */
  public record Edition(String version, LocalDate released, String source, boolean stale) {}

  /** The zone data cannot be used; its message is for the operator. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /**
   * Puts the fresh rules in place. {@link Unusable} when the folder holds none, or when something
   * has asked for a zone before.
   *
   * @param folder a compiled tz database to take instead of the newest at hand
   */
  public static Edition install(Optional<String> folder) {
    System.setProperty(PROPERTY, FreshZoneRules.class.getName());
    folder.ifPresent(named -> System.setProperty(ZoneData.FOLDER_PROPERTY, named));
    try {
      return edition(Instant.EPOCH);
    } catch (ExceptionInInitializerError e) {
      var cause = e.getCause() instanceof Unusable unusable ? unusable.getMessage() : e.toString();
      throw new Unusable(cause, e);
    }
  }

  /** The edition in use at {@code now}. */
  public static Edition edition(Instant now) {
    String asked = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
    ZoneData data;
    synchronized (FreshZoneRules.class) {
      data = inUse;
    }
    if (data == null || !data.version().equals(asked)) {
      throw new Unusable(
          "java.time was used before the fresh zone data was in place; start the JVM with -D"
              + PROPERTY
              + "="
              + FreshZoneRules.class.getName(),
          null);
    }
    LocalDate stale = data.released().plusMonths(STALE_MONTHS);
    return new Edition(
        data.version(),
        data.released(),
        data.source(),
        LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(stale));
  }

  @Override
  protected Set<String> provideZoneIds() {
    return data.files().keySet();
  }

  @Override
  protected ZoneRules provideRules(String zone, boolean forCaching) {
    byte[] file = data.files().get(zone);
    if (file == null) {
      throw new ZoneRulesException("Unknown time-zone ID: " + zone);
    }
    return read.computeIfAbsent(zone, _ -> TimeZoneFile.rules(file));
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
    var versions = new TreeMap<String, ZoneRules>();
    versions.put(data.version(), provideRules(zone, false));
    return versions;
  }
}
