package org.consilium.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A mail server that knows nobody: every recipient is refused for good. */
final class RefusingSmtp implements AutoCloseable {
  private final ServerSocket socket;

  RefusingSmtp() throws IOException {
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        try (var client = socket.accept()) {
          talk(client);
        }
      }
    } catch (SocketException closed) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void talk(Socket client) throws IOException {
    var out = client.getOutputStream();
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    var answer = "220 ready";
    while (answer != null) {
      out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      var line = in.readLine();
      answer =
          line == null
              ? null
              : line.startsWith("RCPT") ? "550 5.1.1 No such person here" : "250 fine";
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
