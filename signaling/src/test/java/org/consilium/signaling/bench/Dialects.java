package org.consilium.signaling.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The servers' ways to be spoken to. */
final class Dialects {
  private Dialects() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What stands between {@code before} and the next quote; null when it is not in the text. */
  private static String between(String text, String before) {
    int at = text.indexOf(before);
    return at < 0
        ? null
        : text.substring(at + before.length(), text.indexOf('"', at + before.length()));
  }

  /** The floor: the target names the pair and the side, and every text goes to the other side. */
  static final class Bare implements Dialect {
    private static final byte[] DESCRIPTION = ascii("{\"type\":\"description\",\"body\":");
    private static final byte[] CANDIDATE = ascii("{\"type\":\"candidate\",\"body\":");

    @Override
    public String target(Peer peer) {
      return "/" + peer.room + "-" + peer.side;
    }

    @Override
    public void opened(Peer peer) {
      peer.ready();
    }

    @Override
    public void heard(Peer peer, ByteBuf text) {}

    @Override
    public void begin(ByteBuf out, Peer peer, Kind kind, long number) {
      out.writeBytes(kind == Kind.CANDIDATE ? CANDIDATE : DESCRIPTION);
    }

    @Override
    public void end(ByteBuf out) {
      out.writeByte('}');
    }
  }

  /** {@code consilium.v1}, as PROTOCOL.md has it. */
  static final class Consilium implements Dialect {
    /** About what a client receives in the five seconds between two of its pings, in a set-up. */
    private static final int ACK_EVERY = 32;

    private static final byte[] SEQ = ascii("\"seq\":");
    private static final byte[] DESCRIPTION = ascii("{\"type\":\"description\",\"seq\":");
    private static final byte[] CANDIDATE = ascii("{\"type\":\"candidate\",\"seq\":");
    private static final byte[] TO = ascii(",\"to\":");
    private static final byte[] BODY = ascii(",\"epoch\":1,\"body\":");
    private static final byte[] ACK = ascii("{\"type\":\"ack\",\"ack\":");

    @Override
    public String target(Peer peer) {
      return "/signal";
    }

    @Override
    public List<String> protocols(Peer peer) {
      return List.of(
          "consilium.v1",
          peer.resumeToken == null
              ? "ticket." + peer.ticket
              : "resume." + peer.resumeToken + "." + peer.lastSeq);
    }

    @Override
    public void opened(Peer peer) {}

    @Override
    public void heard(Peer peer, ByteBuf text) {
      String message = text.toString(StandardCharsets.UTF_8);
      if (message.startsWith("{\"type\":\"welcome\"")) {
        peer.resumeToken = between(message, "\"resumeToken\":\"");
        peer.resumed(message.contains("\"resumed\":true"));
        peer.ready();
      } else {
        seq(peer, text);
      }
    }

    @Override
    public void begin(ByteBuf out, Peer peer, Kind kind, long number) {
      out.writeBytes(kind == Kind.CANDIDATE ? CANDIDATE : DESCRIPTION);
      Numbers.write(out, number);
      out.writeBytes(TO).writeByte('0' + 3 - peer.side);
      out.writeBytes(BODY);
    }

    @Override
    public void end(ByteBuf out) {
      out.writeByte('}');
    }

    @Override
    public void relayed(Peer peer, ByteBuf text) {
      if (peer.heard % ACK_EVERY == 0 && seq(peer, text)) {
        ByteBuf ack = peer.socket.begin(48).writeBytes(ACK);
        Numbers.write(ack, peer.lastSeq);
        peer.socket.send(ack.writeByte('}'));
      }
    }

    private static boolean seq(Peer peer, ByteBuf text) {
      int at = Numbers.find(text, SEQ);
      if (at >= 0) {
        peer.lastSeq = Numbers.read(text, at);
      }
      return at >= 0;
    }
  }

  /** PeerJS's server: a tree is built of every message and written again with {@code src}. */
  static final class PeerJs implements Dialect {
    private static final byte[] END = ascii("}");

    @Override
    public String target(Peer peer) {
      return "/peerjs?key=peerjs&version=1.5.5&token=t&id=" + name(peer.room, peer.side);
    }

    private static String name(int room, int side) {
      return "r" + room + "s" + side;
    }

    @Override
    public void opened(Peer peer) {}

    @Override
    public void heard(Peer peer, ByteBuf text) {
      if (text.toString(StandardCharsets.UTF_8).contains("\"OPEN\"")) {
        peer.ready();
      }
    }

    @Override
    public void begin(ByteBuf out, Peer peer, Kind kind, long number) {
      ByteBufUtil.writeAscii(
          out,
          "{\"type\":\""
              + kind.name()
              + "\",\"dst\":\""
              + name(peer.room, 3 - peer.side)
              + "\",\"payload\":");
    }

    @Override
    public void end(ByteBuf out) {
      out.writeBytes(END);
    }
  }

  /**
   * nextcloud-spreed-signaling: hello, room, then messages to the other's session.
   *
   * @param backend where the server asks who somebody is: {@link NextcloudBackend}
   */
  record Spreed(String backend) implements Dialect {
    private static final byte[] END = ascii("}}}");

    @Override
    public String target(Peer peer) {
      return "/spreed";
    }

    @Override
    public void opened(Peer peer) {
      peer.socket.sendText(
          "{\"id\":\"1\",\"type\":\"hello\",\"hello\":{\"version\":\"1.0\",\"auth\":{\"url\":\""
              + backend
              + "\",\"params\":{\"userid\":\"u"
              + peer.room
              + "-"
              + peer.side
              + "\"}}}}");
    }

    @Override
    public void heard(Peer peer, ByteBuf text) {
      String message = text.toString(StandardCharsets.UTF_8);
      String type = between(message, "\"type\":\"");
      if ("hello".equals(type)) {
        peer.session = between(message, "\"sessionid\":\"");
        peer.socket.sendText(
            "{\"id\":\"2\",\"type\":\"room\",\"room\":{\"roomid\":\"room"
                + peer.room
                + "\",\"sessionid\":\"n"
                + peer.room
                + "-"
                + peer.side
                + "\"}}");
      } else if ("room".equals(type)) {
        peer.ready();
      } else if ("error".equals(type)) {
        throw new IllegalStateException(message);
      }
    }

    @Override
    public void begin(ByteBuf out, Peer peer, Kind kind, long number) {
      String type = kind.name().toLowerCase(java.util.Locale.ROOT);
      ByteBufUtil.writeAscii(
          out,
          "{\"type\":\"message\",\"message\":{\"recipient\":{\"type\":\"session\",\"sessionid\":\""
              + peer.other.session
              + "\"},\"data\":{\"type\":\""
              + type
              + "\",\"roomType\":\"video\",\"payload\":");
    }

    @Override
    public void end(ByteBuf out) {
      out.writeBytes(END);
    }
  }
}
