package org.consilium.signaling.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Servers of others, measured where they are installed; nothing of them belongs to Consilium. */
final class ForeignServers {
  private static final String PEERJS_FOLDER = "CONSILIUM_BENCH_PEERJS";
  private static final Path SPREED = Path.of("/usr/bin/nextcloud-spreed-signaling-server");

  private ForeignServers() {}

  /** The npm package {@code peer}. */
  static Optional<Rival> peerJs() throws Exception {
    String folder = System.getenv(PEERJS_FOLDER);
    if (folder == null) {
      System.out.println(
          "Left out: PeerJS's server. Install it outside the project (npm install --prefix FOLDER"
              + " peer) and set "
              + PEERJS_FOLDER
              + "=FOLDER.");
      return Optional.empty();
    }
    int port = freePort();
    // The default cuts a client that sends no heartbeat for a minute.
    var server =
        ServerProcess.foreign(
            "PeerJS",
            port,
            folder + "/node_modules/.bin/peerjs",
            "--port",
            "" + port,
            "--path",
            "/",
            "--alive_timeout",
            "3600000");
    return Optional.of(new Rival(server, new Dialects.PeerJs()));
  }

  /** Debian's package {@code nextcloud-spreed-signaling}. */
  static Optional<Rival> spreed() throws Exception {
    if (!Files.isExecutable(SPREED)) {
      System.out.println(
          "Left out: nextcloud-spreed-signaling. Install Debian's package of that name.");
      return Optional.empty();
    }
    int port = freePort();
    Path settings = Files.createTempFile("spreed", ".conf");
    settings.toFile().deleteOnExit();
    Files.writeString(
        settings,
        """
        [http]
        listen = 127.0.0.1:%d
        [sessions]
        hashkey = 0123456789abcdef0123456789abcdef
        blockkey = 0123456789abcdef
        [clients]
        internalsecret = bench
        [backend]
        allowall = true
        allowhttp = true
        secret = bench
        [nats]
        url = :loopback:
        """
            .formatted(port));
    var backend = new NextcloudBackend();
    var server =
        ServerProcess.foreign(
            "nextcloud-spreed-signaling", port, SPREED.toString(), "-config", settings.toString());
    return Optional.of(new Rival(server, new Dialects.Spreed(backend.address())));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
