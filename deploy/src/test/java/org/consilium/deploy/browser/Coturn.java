package org.consilium.deploy.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A real coturn with the shipped configuration, but on the loopback, where browsers of one machine
 * meet: so that address is allowed as a peer, as it never may be in production.
 */
public final class Coturn implements AutoCloseable {
  public static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final Path SHIPPED = Path.of("coturn", "turnserver.conf");
  private static final String LISTENS = "Total General servers";
  private static final int RELAY_PORTS = 300;
  private static final long WAIT_SECONDS = 20;

  private final Path folder;
  private final Process process;
  private final StringBuffer log = new StringBuffer();
  private final CountDownLatch listening = new CountDownLatch(1);

  /** Listens on this port, and relays from the ports below it. */
  public Coturn(int port) {
    try {
      folder = Files.createTempDirectory("coturn");
      var file = Files.writeString(folder.resolve("turnserver.conf"), configuration(port));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      var command = new ArrayList<String>();
      if ("root".equals(System.getProperty("user.name"))) {
        command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
      }
      var program = Driver.program("coturn (turnserver)", "CONSILIUM_COTURN", "turnserver");
      command.addAll(List.of(program.toString(), "-c", file.toString()));
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Thread.ofVirtual().name("coturn-log").start(this::read);
      if (!listening.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("coturn does not listen:\n" + log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a browser is told of the relay at this port, good for an hour. */
  public static Map<String, String> iceServer(int port) {
    var username = Instant.now().plus(Duration.ofHours(1)).getEpochSecond() + ":reference";
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      var code = mac.doFinal(username.getBytes(StandardCharsets.US_ASCII));
      return Map.of(
          "urls",
          "turn:127.0.0.1:" + port + "?transport=udp",
          "username",
          username,
          "credential",
          Base64.getEncoder().encodeToString(code));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A port for it that nobody has. */
  public static int freePort() throws IOException {
    try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private String configuration(int port) throws IOException {
    try (var shipped = Files.lines(SHIPPED)) {
      return Stream.concat(
              shipped.filter(
                  line -> !line.matches("(listening-ip|relay-ip|.*port|denied-peer-ip)=.*")),
              Stream.of(
                  "listening-ip=127.0.0.1",
                  "relay-ip=127.0.0.1",
                  "allow-loopback-peers",
                  "listening-port=" + port,
                  "min-port=" + (port - 1 - RELAY_PORTS),
                  "max-port=" + (port - 1),
                  "static-auth-secret=" + SECRET,
                  "no-tls",
                  "no-dtls",
                  "userdb=" + folder.resolve("none.db"),
                  "pidfile=" + folder.resolve("none.pid"),
                  "log-file=stdout",
                  "simple-log",
                  ""))
          .collect(Collectors.joining("\n"));
    }
  }

  private void read() {
    try (var lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        log.append(line).append('\n');
        if (line.contains(LISTENS)) {
          listening.countDown();
        }
      }
    } catch (IOException e) {
      log.append(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (var files = Files.list(folder)) {
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
