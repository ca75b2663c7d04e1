package org.consilium.signaling.relay.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;

/** A client that may break every rule: it writes bytes, and reads frames as they come. */
final class RawPeer implements AutoCloseable {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xa;
  static final int FIN = 0x80;

  /** The connection ended without a close frame. */
  static final int CUT = 1006;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};
  private static final int MASKED = 0x80;
  private static final int WAIT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  RawPeer(int port) {
    try {
      socket.connect(new InetSocketAddress("localhost", port));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(WAIT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the call, welcomed. */
  static RawPeer enter(TestCalls calls, CallId call, String person, CallRole role) {
    var peer = new RawPeer(calls.port);
    peer.bytes(request("consilium.v1, ticket." + calls.ticket(call, person, role, DIRECT)));
    if (peer.answer().status() != 101 || !peer.hear("welcome").has("self")) {
      throw new AssertionError("not welcomed");
    }
    return peer;
  }

  private static final AdmissionMode DIRECT = AdmissionMode.DIRECT;

  /** A correct request for a WebSocket, with more lines before its end. */
  static String request(String subprotocols, String... lines) {
    var more = new StringBuilder();
    for (String line : lines) {
      more.append(line).append("\r\n");
    }
    return "GET /signal HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: "
        + subprotocols
        + "\r\n"
        + more
        + "\r\n";
  }

  // ---- writing ---------------------------------------------------------------------------------

  RawPeer bytes(String ascii) {
    return bytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes as they are. A server that has hung up already is what most abuses end in. */
  RawPeer bytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException hungUp) {
      // What the server said before that is still to be read.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  RawPeer frame(int first, byte[] payload) {
    return bytes(encoded(first, payload));
  }

  RawPeer frame(int first, String payload) {
    return frame(first, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A whole text message; {@code '} stands for {@code "}. */
  RawPeer say(String json) {
    return frame(FIN | TEXT, json.replace('\'', '"'));
  }

  /** One masked frame as bytes. */
  static byte[] encoded(int first, byte[] payload) {
    var out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(MASKED | payload.length);
    } else if (payload.length < 1 << 16) {
      out.write(MASKED | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(MASKED | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % MASK.length]);
    }
    return out.toByteArray();
  }

  // ---- reading ---------------------------------------------------------------------------------

  /** The head of an HTTP answer; status 0 when the connection ended without one. */
  record Answer(int status, List<String> lines) {
    boolean names(String header) {
      return lines.stream()
          .anyMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(header));
    }
  }

  Answer answer() {
    var head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return new Answer(0, List.of());
        }
        head.append((char) next);
      }
    } catch (SocketException cut) {
      return new Answer(0, List.of());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    }
    var lines = Arrays.asList(head.toString().split("\r\n"));
    return new Answer(Integer.parseInt(lines.getFirst().split(" ")[1]), lines);
  }

  /** One frame of the server. */
  record Frame(int opcode, byte[] payload) {}

  private Frame frame() throws IOException {
    int opcode = octet() & 0x0f;
    int length = octet();
    if (length == 126) {
      length = octet() << 8 | octet();
    } else if (length == 127) {
      length = 0;
      for (int i = 0; i < 8; i++) {
        length = length << 8 | octet();
      }
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    return new Frame(opcode, payload);
  }

  private int octet() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  /** The next text message of this type; other frames are skipped. */
  JsonNode hear(String type) {
    try {
      return JSON.readTree(hearText(type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, as it came. */
  String hearText(String type) {
    try {
      while (true) {
        Frame frame = frame();
        if (frame.opcode == CLOSE) {
          throw new AssertionError("closed with " + code(frame));
        }
        var text = new String(frame.payload, StandardCharsets.UTF_8);
        if (frame.opcode == TEXT && text.startsWith("{\"type\":\"" + type + "\"")) {
          return text;
        }
      }
    } catch (IOException e) {
      throw new AssertionError("heard no " + type, e);
    }
  }

  /** Waits for a pong of the WebSocket itself. */
  byte[] pong() {
    try {
      while (true) {
        Frame frame = frame();
        if (frame.opcode == PONG) {
          return frame.payload;
        }
      }
    } catch (IOException e) {
      throw new AssertionError("no pong", e);
    }
  }

  /** How the server ends the connection; {@link #CUT} when it says nothing. */
  int closed() {
    try {
      while (true) {
        Frame frame = frame();
        if (frame.opcode == CLOSE) {
          return code(frame);
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not closed", e);
    } catch (IOException e) {
      return CUT;
    }
  }

  /** Waits until the server has let go of the connection. */
  void ended() {
    try {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException cut) {
      // That is an end too.
    }
  }

  private static int code(Frame close) {
    return close.payload.length < 2
        ? 1005
        : (close.payload[0] & 0xff) << 8 | close.payload[1] & 0xff;
  }

  /** As when the path dies: a reset, no close frame. */
  void cut() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cut();
  }
}
