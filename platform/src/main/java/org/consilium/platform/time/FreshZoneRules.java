package org.consilium.platform.time;

import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives {@code java.time} the zones of the newest {@link ZoneData} instead of the JDK's own, which
 * are as old as the JDK: governments change their clocks with weeks of notice.
 *
 * <p>Put in place by {@link ZoneEdition#install}, or by {@code
 * -Djava.time.zone.DefaultZoneRulesProvider} with this class's name.
 */
public final class FreshZoneRules extends ZoneRulesProvider {
  private final ZoneData data = ZoneData.newest();
  private final ConcurrentHashMap<String, ZoneRules> read = new ConcurrentHashMap<>();

  /** Called by the JVM; must be public and cannot take anything. */
  public FreshZoneRules() {
    ZoneEdition.use(data);
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
