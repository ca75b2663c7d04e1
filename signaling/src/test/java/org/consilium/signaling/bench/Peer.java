package org.consilium.signaling.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** One side of a pair, over any number of connections. Used by its crowd's loop only. */
final class Peer {
  /** An offer, an answer and 24 candidates. */
  static final int SETUP = 26;

  private static final byte[] NUMBER = "\"n\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STAMP = ",\"t\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BODY = "{\"n\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SDP = ",\"sdp\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BODY_END = "\"}".getBytes(StandardCharsets.US_ASCII);

  /** The stamp follows the number, of at most 19 digits. */
  private static final int STAMP_WITHIN = 32;

  /** Text as session descriptions have it, with the escapes that JSON makes of line ends. */
  private static final byte[] FILLER =
      "a=candidate:842163049 1 udp 1677729535 203.0.113.7 54321 typ srflx raddr 0.0.0.0\\r\\n"
          .repeat(60)
          .getBytes(StandardCharsets.US_ASCII);

  final int room;
  final int side;
  final String ticket;
  WireSocket socket;
  Peer other;

  /** Of the protocols that have one. */
  String session;

  String resumeToken;
  long lastSeq;
  long heard;
  boolean isReady;

  private final Crowd crowd;
  private long sent;

  Peer(Crowd crowd, int room, int side, String ticket) {
    this.crowd = crowd;
    this.room = room;
    this.side = side;
    this.ticket = ticket;
  }

  Dialect dialect() {
    return crowd.dialect();
  }

  /** The server has let it in. */
  void ready() {
    isReady = true;
    crowd.ready(this);
  }

  void resumed(boolean nothingMissed) {
    crowd.resumed += nothingMissed ? 1 : 0;
  }

  void closed(int code) {
    if (socket != null) {
      crowd.closed(this, code);
    }
  }

  void failed(Throwable cause) {
    crowd.failed(cause);
  }

  /** Sends a whole set-up; while bytes are being read, in one system call. */
  void sendSetup() {
    for (int i = 0; i < SETUP; i++) {
      sendNext();
    }
  }

  /** Sends the next message of a call's set-up: an offer, an answer, 24 candidates, again. */
  void sendNext() {
    long step = sent++ % SETUP;
    var kind =
        step == 0 ? Dialect.Kind.OFFER : step == 1 ? Dialect.Kind.ANSWER : Dialect.Kind.CANDIDATE;
    ByteBuf out = socket.begin(kind.bytes + 256);
    int from = out.writerIndex();
    dialect().begin(out, this, kind, sent);
    out.writeBytes(BODY);
    Numbers.write(out, sent);
    out.writeBytes(STAMP);
    Numbers.write(out, System.nanoTime());
    out.writeBytes(SDP);
    int fill = Math.max(0, kind.bytes - (out.writerIndex() - from) - 4);
    // Not within an escape: a body must be good JSON.
    while (fill > 0 && (FILLER[fill - 1] == '\\')) {
      fill--;
    }
    out.writeBytes(FILLER, 0, fill).writeBytes(BODY_END);
    dialect().end(out);
    socket.send(out);
    crowd.sent++;
  }

  void heard(ByteBuf text) {
    int at = Numbers.find(text, NUMBER);
    if (at < 0) {
      dialect().heard(this, text);
      return;
    }
    long number = Numbers.read(text, at);
    int stamp = Numbers.find(text.slice(at, STAMP_WITHIN), STAMP);
    crowd.arrived(number == heard + 1, System.nanoTime() - Numbers.read(text, at + stamp));
    heard = number;
    dialect().relayed(this, text);
    if (crowd.isBursting() && number % SETUP == 0) {
      sendSetup();
    }
  }
}
