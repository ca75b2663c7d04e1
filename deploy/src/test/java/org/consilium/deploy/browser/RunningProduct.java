package org.consilium.deploy.browser;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.consilium.deploy.Server;
import org.consilium.deploy.Settings;
import org.consilium.deploy.demo.DemoData;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.testing.TestServer;
import org.consilium.signaling.turn.TurnConfig;

/** The whole program with its demonstration data on free ports. */
public final class RunningProduct implements AutoCloseable {
  private final DatabaseAddress address = TestServer.createDatabase();
  private final Server server;
  private final String password;

  public RunningProduct(Path data) {
    this(data, TurnConfig.NONE);
  }

  public RunningProduct(Path data, TurnConfig turn) {
    var settings =
        new Settings(
            0,
            0,
            data,
            Optional.of(address),
            Optional.empty(),
            ClientAddresses.DIRECT,
            Optional.empty(),
            turn,
            Optional.empty(),
            Optional.empty(),
            true);
    var signer = Signer.keptIn(data.resolve("keys"));
    var invitation = DemoData.prepare(settings, address, Clock.systemUTC(), signer).orElseThrow();
    password = invitation.strip().replaceFirst("(?s).*[ :]", "");
    server = Server.start(settings, address, Clock.systemUTC(), signer);
  }

  public int port() {
    return server.port();
  }

  /** What every demonstration account signs in with. */
  public String password() {
    return password;
  }

  @Override
  public void close() {
    server.close();
    TestServer.drop(address);
  }
}
