package org.consilium.scheduling.bench;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.offer.SupervisorNeeded;

/** A node that only fires timers, each second as the product does, until it is killed. */
final class LadderWorker {
  private static final long LOOK_MILLIS = 1_000;

  private LadderWorker() {}

  /** Takes host, port, user, password and database. */
  public static void main(String[] address) throws InterruptedException {
    var database =
        new DatabaseAddress(
            address[0], Integer.parseInt(address[1]), address[2], address[3], address[4]);
    var platform =
        new Platform(Vertx.vertx(), database, InstantSource.system(), Signer.ephemeral());
    platform.events().on(SupervisorNeeded.class, "bench", (_, _) -> {});
    var ladder =
        new Scheduling(platform, Optional.empty(), (_, _, _) -> Set.of(), (_, _, _) -> Map.of())
            .ladder();
    System.out.println("ready");
    while (true) {
      ladder.runDue();
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
