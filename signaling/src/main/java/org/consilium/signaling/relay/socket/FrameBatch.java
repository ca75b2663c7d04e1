package org.consilium.signaling.relay.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;

/**
 * Writes the texts between two flushes as one buffer, in place of the encoder that Vert.x has put
 * into the pipeline.
 *
 * <p>Each frame by itself costs buffers, promises and an entry in the list that a gathering write
 * walks over: more than all that the relay does to a message. Other frames are encoded as ever, in
 * their turn.
 */
final class FrameBatch extends WebSocket13FrameEncoder {
  /** One or two candidates; it doubles as needed. */
  private static final int BYTES_FIRST = 512;

  /** Handed on at this size without a flush, so that the channel's water marks see it. */
  private static final int BYTES_MAX = 64 * 1024;

  private static final int HEADER_BYTES_MAX = 10;
  private static final int FINAL_TEXT = 0x81;
  private static final int LENGTH_IN_ONE_BYTE_MAX = 125;
  private static final int LENGTH_IN_TWO_BYTES = 126;
  private static final int LENGTH_IN_EIGHT_BYTES = 127;

  /** Null between a flush and the next text. */
  private ByteBuf batch;

  FrameBatch() {
    super(false);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    // Who wants to know when a frame was written gets a frame of its own.
    if (message instanceof TextWebSocketFrame text && text.isFinalFragment() && promise.isVoid()) {
      try {
        append(ctx, text.content());
      } finally {
        text.release();
      }
    } else {
      handOn(ctx);
      super.write(ctx, message, promise);
    }
  }

  /** RFC 6455 §5.2, of a server: nothing is masked. */
  private void append(ChannelHandlerContext ctx, ByteBuf text) {
    int length = text.readableBytes();
    if (batch == null) {
      batch = ctx.alloc().directBuffer(Math.max(BYTES_FIRST, HEADER_BYTES_MAX + length));
    }
    batch.writeByte(FINAL_TEXT);
    if (length <= LENGTH_IN_ONE_BYTE_MAX) {
      batch.writeByte(length);
    } else if (length <= 0xffff) {
      batch.writeByte(LENGTH_IN_TWO_BYTES).writeShort(length);
    } else {
      batch.writeByte(LENGTH_IN_EIGHT_BYTES).writeLong(length);
    }
    batch.writeBytes(text);
    if (batch.readableBytes() >= BYTES_MAX) {
      handOn(ctx);
    }
  }

  private void handOn(ChannelHandlerContext ctx) {
    if (batch != null) {
      ByteBuf full = batch;
      batch = null;
      ctx.write(full, ctx.voidPromise());
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    handOn(ctx);
    ctx.flush();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    flush(ctx);
    ctx.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (batch != null) {
      batch.release();
      batch = null;
    }
  }
}
