package org.consilium.deploy.link;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.consilium.deploy.link.Wire.Kind;
import org.consilium.deploy.link.Wire.Way;

/**
 * The TCP path between a browser and the server, over a wire: a connection costs its handshake,
 * what is lost is sent again later, and a bulk of data starts slowly and fills the queue as it does
 * on a real link. There is no TLS here, which would cost one round trip more for each connection.
 */
public final class TcpLink implements AutoCloseable {
  private static final int BACKLOG = 200;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int PATIENCE_MILLIS = 10;

  private final ServerSocket listener;
  private final int serverPort;
  private final Wire wire;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  public TcpLink(int serverPort, Wire wire) {
    this.serverPort = serverPort;
    this.wire = wire;
    try {
      listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** What the browser opens instead of the server. */
  public String address() {
    return "http://localhost:" + listener.getLocalPort();
  }

  /** All connections are dead from here on, and neither end is told. */
  public void changeNetwork() {
    open.forEach(connection -> connection.dead.set(true));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var browser = listener.accept();
        Thread.ofVirtual().start(() -> connect(browser));
      } catch (IOException closed) {
        // Closed, or this one failed and the browser tries again.
      }
    }
  }

  private void connect(Socket browser) {
    Socket server;
    byte[] first;
    try {
      first = shakeHands(browser);
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      browser.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException gone) {
      close(browser);
      return;
    }
    var connection = new Connection(browser, server);
    open.add(connection);
    connection.carry(first);
  }

  /**
   * The first packet there and back. Here the browser is connected before, and what it says
   * meanwhile is kept.
   *
   * @throws IOException when the browser gives up before, as it then says nothing more on a real
   *     link
   */
  private byte[] shakeHands(Socket browser) throws IOException {
    var done = new AtomicBoolean();
    once(Way.UP, 0, () -> once(Way.DOWN, 0, () -> done.set(true)));
    var said = new ByteArrayOutputStream();
    var buffer = new byte[BUFFER_BYTES];
    browser.setSoTimeout(PATIENCE_MILLIS);
    while (!done.get()) {
      try {
        int n = browser.getInputStream().read(buffer);
        if (n < 0) {
          throw new EOFException();
        }
        said.write(buffer, 0, n);
      } catch (SocketTimeoutException quiet) {
        // Whether the hands are shaken is asked again.
      }
    }
    browser.setSoTimeout(0);
    return said.toByteArray();
  }

  private void once(Way way, int attempt, Runnable arrived) {
    if (!wire.carry(Kind.PAGE, way, TcpStream.HEADER_BYTES, arrived)) {
      wire.after(TcpStream.pause(attempt), () -> once(way, attempt + 1, arrived));
    }
  }

  /** One browser's connection and its two streams. */
  private final class Connection {
    private final Socket browser;
    private final Socket server;
    private final AtomicBoolean dead = new AtomicBoolean();

    private Connection(Socket browser, Socket server) {
      this.browser = browser;
      this.server = server;
    }

    private void carry(byte[] first) {
      var both = new CountDownLatch(2);
      new TcpStream(wire, Way.UP, browser, server, dead, both::countDown).start(first);
      new TcpStream(wire, Way.DOWN, server, browser, dead, both::countDown).start(new byte[0]);
      try {
        both.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      end();
    }

    private void end() {
      open.remove(this);
      close(browser);
      close(server);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // As wanted.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Connection::end);
  }
}
