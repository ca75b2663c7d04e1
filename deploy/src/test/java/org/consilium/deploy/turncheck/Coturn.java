package org.consilium.deploy.turncheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A real coturn on the loopback, without any right of root. */
final class Coturn implements AutoCloseable {
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  /** Debian installs it there; {@code deploy/test} installs the package. */
  private static final Path PROGRAM = Path.of("/usr/bin/turnserver");

  private static final int RELAY_PORTS = 300;

  /** Said when every listener is open. */
  private static final String LISTENS = "Total General servers";

  private static final long WAIT_SECONDS = 20;
  private static final int TRIES_MAX = 20;

  private final Path folder;
  private final Process process;
  private final int port;
  private final StringBuffer log = new StringBuffer();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private Coturn(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    Thread.ofVirtual().name("coturn-log").start(this::read);
  }

  /** Starts it with these lines of configuration, which name no address, port or secret. */
  static Coturn start(String configuration) {
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError("The tests of TURN need coturn: install the package coturn.");
    }
    try {
      int port = freePort();
      int relays = port > 32_768 ? port - 2 * RELAY_PORTS : port + RELAY_PORTS;
      var readable = PosixFilePermissions.fromString("rwxr-xr-x");
      var folder = Files.createTempDirectory("coturn");
      Files.setPosixFilePermissions(folder, readable);
      var file = folder.resolve("turnserver.conf");
      Files.writeString(
          file,
          configuration
              + """

              listening-port=%d
              min-port=%d
              max-port=%d
              static-auth-secret=%s
              no-tls
              no-dtls
              userdb=%s
              pidfile=%s
              log-file=stdout
              simple-log
              """
                  .formatted(
                      port,
                      relays,
                      relays + RELAY_PORTS,
                      SECRET,
                      folder.resolve("none.db"),
                      folder.resolve("none.pid")));
      Files.setPosixFilePermissions(file, readable);
      var command = new ArrayList<String>();
      if ("root".equals(System.getProperty("user.name"))) {
        command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
      }
      command.addAll(List.of(PROGRAM.toString(), "-c", file.toString()));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new Coturn(folder, process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that nobody has, for UDP or TCP, on IPv4 or IPv6: coturn ends when one of them is taken.
   */
  private static int freePort() throws IOException {
    var addresses = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"));
    for (int tries = 0; ; tries++) {
      try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        int port = free.getLocalPort();
        free.close();
        for (var address : addresses) {
          new DatagramSocket(port, address).close();
          new ServerSocket(port, 1, address).close();
        }
        return port;
      } catch (BindException e) {
        if (tries == TRIES_MAX) {
          throw e;
        }
      }
    }
  }

  /** Where it listens, once it does. */
  int awaitPort() {
    try {
      ready.get(WAIT_SECONDS, TimeUnit.SECONDS);
      return port;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("coturn does not listen:\n" + log, e);
    }
  }

  private void read() {
    try (var lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        log.append(line).append('\n');
        if (line.contains(LISTENS)) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      log.append(e);
    }
    ready.completeExceptionally(new IOException("it ended"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
