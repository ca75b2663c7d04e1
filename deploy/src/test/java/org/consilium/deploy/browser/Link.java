package org.consilium.deploy.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The wire between a browser and the server, which a test can cut. Loopback only. */
final class Link implements AutoCloseable {
  private static final byte[] SIGNAL = "GET /signal".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final int serverPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> signaling = ConcurrentHashMap.newKeySet();
  private volatile boolean refusesSignaling;

  Link(int serverPort) {
    this.serverPort = serverPort;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** What the browser opens instead of the server. */
  String address() {
    return "http://localhost:" + listener.getLocalPort();
  }

  /** Whether new signaling connections are torn apart too. */
  void refuseSignaling(boolean refused) {
    refusesSignaling = refused;
  }

  /** Tears every signaling connection apart without a word, and says how many there were. */
  int cutSignaling() {
    int cut = signaling.size();
    signaling.forEach(Link::tear);
    return cut;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var browser = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(browser);
        open.add(server);
        Thread.ofVirtual().start(() -> carry(browser, server, browser));
        Thread.ofVirtual().start(() -> carry(server, browser, null));
      } catch (IOException closed) {
        // The listener was closed, or this one connection failed: the browser tries again.
      }
    }
  }

  private void carry(Socket from, Socket to, Socket browser) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (browser != null && startsWith(buffer, n)) {
          if (refusesSignaling) {
            tear(browser);
            return;
          }
          signaling.add(browser);
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException cut) {
      // That is what this is for.
    } finally {
      signaling.remove(from);
      open.remove(from);
    }
  }

  private static boolean startsWith(byte[] buffer, int length) {
    return length >= SIGNAL.length
        && java.util.Arrays.equals(buffer, 0, SIGNAL.length, SIGNAL, 0, SIGNAL.length);
  }

  private static void tear(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyGone) {
      // As wanted.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Link::tear);
  }
}
