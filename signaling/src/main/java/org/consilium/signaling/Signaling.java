package org.consilium.signaling;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Routes;
import org.consilium.signaling.call.CallDesk;
import org.consilium.signaling.call.CallKeeper;
import org.consilium.signaling.call.CallRecord;
import org.consilium.signaling.call.CallRoutes;
import org.consilium.signaling.call.CallWatch;
import org.consilium.signaling.call.Node;
import org.consilium.signaling.call.OpenConsults;
import org.consilium.signaling.guest.GuestRoutes;
import org.consilium.signaling.guest.GuestService;
import org.consilium.signaling.record.CallHistory;
import org.consilium.signaling.record.CallHistoryRoutes;
import org.consilium.signaling.record.RecordKeeping;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.bus.NatsBus;
import org.consilium.signaling.relay.bus.NoBus;
import org.consilium.signaling.relay.socket.Origins;
import org.consilium.signaling.relay.socket.SignalServer;
import org.consilium.signaling.rights.RightsSweep;
import org.consilium.signaling.ring.Presence;
import org.consilium.signaling.ring.RingDesk;
import org.consilium.signaling.ring.RingRoutes;
import org.consilium.signaling.ring.WhoToRing;
import org.consilium.signaling.turn.TurnConfig;
import org.consilium.signaling.turn.TurnCredentials;

/** Live calls: tickets, guests, and the relay that browsers negotiate through. */
public final class Signaling implements AutoCloseable {
  /** The schema and the folder of migrations of this module. */
  public static final String SCHEMA = "signaling";

  private static final String CONTRACT = "openapi/signaling.yaml";

  private final SignalServer relay;
  private final CallRecord record;
  private final RecordKeeping keeping;
  private final RightsSweep rights;
  private final RingDesk rings;
  private final Presence presence;
  private final Bus bus;
  private final CallWatch calls;
  private final Routes routes = new Routes(CONTRACT);

  /**
   * @param publicUrl where people reach the server when a proxy stands before it
   * @param consults says about which consults people may call each other
   * @param natsUrl how to reach the other servers that work on the same database; empty when this
   *     one is alone
   * @param metrics where the relay shows what it counts; see {@code docs/operations.md}
   */
  public Signaling(
      Platform platform,
      TurnConfig turn,
      Optional<URI> publicUrl,
      OpenConsults consults,
      Optional<URI> natsUrl,
      MeterRegistry metrics) {
    var credentials = new TurnCredentials(turn, platform.clock());
    var node = UUID.randomUUID();
    var name = node.toString();
    bus = natsUrl.<Bus>map(url -> NatsBus.connect(url, name)).orElseGet(NoBus::new);
    var desk = new CallDesk(platform, publicUrl, consults, new Node(name, bus::isUp));
    record = new CallRecord(platform, name);
    var keeper = new CallKeeper(name, record);
    relay =
        new SignalServer(
            limits(publicUrl),
            origins(publicUrl),
            desk,
            credentials,
            record,
            platform.clock(),
            new SignalServer.Place(name, bus, keeper, keeper));
    SignalMeters.gauge(
        metrics, "bus.up", "1 while other nodes can be reached", bus, up -> up.isUp() ? 1 : 0);
    calls = new CallWatch(name, platform.database(), relay, record);
    relay.measure(metrics);
    SignalMeters.gauge(
        metrics, "journal.backlog", "entries not written yet", record, CallRecord::backlog);
    rights = new RightsSweep(platform, relay, consults);
    keeping = new RecordKeeping(platform);
    new CallHistoryRoutes(new CallHistory(platform)).addTo(routes);
    new CallRoutes(desk, platform.identity()).addTo(routes);
    rings = new RingDesk(platform, consults, desk::issue);
    record.tellWhoLeft(rings::somebodyLeft);
    presence = new Presence(node, platform, rings, publicUrl);
    relay.welcome(presence);
    var whoToRing = new WhoToRing(platform, consults);
    new RingRoutes(rings, whoToRing, presence, platform.identity()).addTo(routes);
    new GuestRoutes(new GuestService(platform, desk, relay, consults, publicUrl)).addTo(routes);
  }

  private static SignalLimits limits(Optional<URI> publicUrl) {
    return publicUrl.isPresent() ? SignalLimits.DEFAULT.behindProxy() : SignalLimits.DEFAULT;
  }

  private static Origins origins(Optional<URI> publicUrl) {
    return publicUrl
        .map(url -> new Origins(Set.of(url.getScheme() + "://" + url.getAuthority())))
        .orElse(Origins.SAME_HOST);
  }

  /**
   * Begins to watch the calls that a killed server left behind, and the rights of those in calls.
   * Call once, after migrating, before serving.
   */
  public void start() {
    calls.start();
    rights.start();
    keeping.start();
    presence.start();
  }

  public Routes routes() {
    return routes;
  }

  public SignalServer relay() {
    return relay;
  }

  /** Takes out of running calls whoever may not be there any more; works by itself once started. */
  public RightsSweep rights() {
    return rights;
  }

  /** Rings people; {@link RingDesk#runDue} wants to be run each second. */
  public RingDesk rings() {
    return rings;
  }

  /** What this server cannot do now, for whoever watches it; it is of use all the same. */
  public Optional<String> lack() {
    return bus.isUp()
        ? Optional.empty()
        : Optional.of("the message bus is away: calls of other servers cannot be joined here");
  }

  @Override
  public void close() {
    presence.close();
    calls.close();
    rights.close();
    keeping.close();
    relay.close();
    record.close();
    bus.close();
  }
}
