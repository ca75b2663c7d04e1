package org.consilium.signaling.relay.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.consilium.signaling.relay.bus.Bus;

/** A nats-server on a free port of the loopback; Debian's package of that name. */
public final class TestNats implements AutoCloseable {
  private static final long WAIT_SECONDS = 20;

  private final int port;
  private Process process;

  public TestNats() {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** Begins again, at the same port. */
  public void start() {
    try {
      process =
          new ProcessBuilder("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new IllegalStateException("these tests need the package nats-server", e);
    }
  }

  public void stop() {
    process.destroyForcibly().onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  public URI url() {
    return URI.create("nats://127.0.0.1:" + port);
  }

  /** Waits until the bus is there, or is not. */
  public static void await(Bus bus, boolean up) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (bus.isUp() != up) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the bus is up: " + bus.isUp());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  static void awaitUp(Bus bus) {
    await(bus, true);
  }

  @Override
  public void close() {
    stop();
  }
}
