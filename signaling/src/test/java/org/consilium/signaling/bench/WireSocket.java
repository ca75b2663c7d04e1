package org.consilium.signaling.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client's WebSocket (RFC 6455), no more than the load needs: the cores are for the servers.
 *
 * <p>What is written while bytes are being read leaves in one system call after them.
 */
final class WireSocket extends ByteToMessageDecoder {
  private static final int HEADER_MAX = 8;

  private final Peer peer;
  private ChannelHandlerContext ctx;
  private boolean open;
  private boolean reading;

  WireSocket(Peer peer) {
    this.peer = peer;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ctx = context;
    List<String> protocols = peer.dialect().protocols(peer);
    String request =
        "GET "
            + peer.dialect().target(peer)
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + (protocols.isEmpty()
                ? ""
                : "Sec-WebSocket-Protocol: " + String.join(", ", protocols) + "\r\n")
            + "\r\n";
    ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), request));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
    reading = true;
    super.channelRead(context, bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    reading = false;
    context.flush();
    super.channelReadComplete(context);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!open) {
      shake(in);
      return;
    }
    int start = in.readerIndex();
    if (in.readableBytes() < 2) {
      return;
    }
    int opcode = in.getByte(start) & 0x0f;
    int length = in.getByte(start + 1) & 0x7f;
    int header = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (in.readableBytes() < header) {
      return;
    }
    if (length == 126) {
      length = in.getUnsignedShort(start + 2);
    } else if (length == 127) {
      length = (int) in.getLong(start + 2);
    }
    if (in.readableBytes() < header + length) {
      return;
    }
    in.skipBytes(header);
    ByteBuf payload = in.readSlice(length);
    switch (opcode) {
      case 1 -> peer.heard(payload);
      case 8 -> peer.closed(length < 2 ? 1005 : payload.getUnsignedShort(payload.readerIndex()));
      case 9 -> send(10, begin(length).writeBytes(payload));
      default -> {}
    }
  }

  private void shake(ByteBuf in) {
    String answer = in.toString(StandardCharsets.US_ASCII);
    int end = answer.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    if (!answer.startsWith("HTTP/1.1 101")) {
      peer.closed(Integer.parseInt(answer.substring(9, 12)));
      in.skipBytes(in.readableBytes());
      return;
    }
    in.skipBytes(end + 4);
    open = true;
    peer.dialect().opened(peer);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    peer.closed(1006);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof java.io.IOException)) {
      peer.failed(cause);
    }
    context.close();
  }

  /** A buffer with room for the header before and {@code bytes} of text. */
  ByteBuf begin(int bytes) {
    return ctx.alloc().buffer(HEADER_MAX + bytes).writeZero(HEADER_MAX);
  }

  void sendText(String text) {
    send(begin(text.length()).writeBytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends the text of a buffer from {@link #begin}. */
  void send(ByteBuf text) {
    send(1, text);
  }

  private void send(int opcode, ByteBuf frame) {
    int length = frame.writerIndex() - HEADER_MAX;
    int mask = ThreadLocalRandom.current().nextInt();
    int start = length < 126 ? 2 : 0;
    frame.setByte(start, 0x80 | opcode);
    if (length < 126) {
      frame.setByte(start + 1, 0x80 | length);
    } else {
      frame.setByte(start + 1, 0x80 | 126).setShort(start + 2, length);
    }
    frame.setInt(HEADER_MAX - 4, mask);
    int at = HEADER_MAX;
    int end = frame.writerIndex();
    long wide = ((long) mask << 32) | (mask & 0xffffffffL);
    for (; at + 8 <= end; at += 8) {
      frame.setLong(at, frame.getLong(at) ^ wide);
    }
    for (int i = 0; at < end; at++, i++) {
      frame.setByte(at, frame.getByte(at) ^ (mask >> (24 - 8 * (i & 3))));
    }
    frame.readerIndex(start);
    if (reading) {
      ctx.write(frame, ctx.voidPromise());
    } else {
      ctx.writeAndFlush(frame, ctx.voidPromise());
    }
  }

  /** As when the path dies: no close frame. */
  void cut() {
    ctx.close();
  }
}
