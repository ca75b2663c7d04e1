package org.consilium.signaling.relay.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.message.HeadReader;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a seat: reads its messages for the room and writes the room's.
 *
 * <p>Text is consumed here; control frames go on to Vert.x, which answers pings and closes.
 */
final class SignalHandler extends SimpleChannelInboundHandler<WebSocketFrame>
    implements SeatSocket, Runnable {
  /**
   * Messages on their way to a room on another loop; more, and reading stops until it catches up.
   */
  static final int IN_FLIGHT_MAX = 64;

  /** How long a peer may take to answer a close frame; a bad link has seconds of queue. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(SignalHandler.class);

  private final Function<SignalHandler, Rooms.Link> arrival;
  private final BiConsumer<Short, String> closeFrame;
  private final Duration slowReaderGrace;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicInteger inFlight = new AtomicInteger();
  private ChannelHandlerContext ctx;
  private Rooms.Link room;
  private boolean flushPlanned;
  private boolean readingPaused;
  private ScheduledFuture<?> slowReader;

  /**
   * @param arrival brings the connection into its room, once it can send
   * @param closeFrame sends a close frame and closes after the answer; called on the loop
   */
  SignalHandler(
      Function<SignalHandler, Rooms.Link> arrival,
      BiConsumer<Short, String> closeFrame,
      Duration slowReaderGrace) {
    this.arrival = arrival;
    this.closeFrame = closeFrame;
    this.slowReaderGrace = slowReaderGrace;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    room = arrival.apply(this);
    if (!context.channel().isActive()) {
      room.closed();
    }
  }

  // ---- from the client -------------------------------------------------------------------------

  @Override
  public boolean acceptInboundMessage(Object frame) {
    return frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (closing.get()) {
      return;
    }
    if (!(frame instanceof TextWebSocketFrame)) {
      close(CloseCode.NOT_TEXT);
      return;
    }
    var raw = new byte[frame.content().readableBytes()];
    frame.content().readBytes(raw);
    switch (HeadReader.read(raw)) {
      case HeadReader.Result.Read(var message) -> {
        if (inFlight.incrementAndGet() == IN_FLIGHT_MAX) {
          pauseReading(true);
        }
        room.received(message, this::received);
      }
      case HeadReader.Result.Malformed _ -> close(CloseCode.MALFORMED);
      case HeadReader.Result.NotUtf8 _ -> close(CloseCode.INVALID_UTF8);
    }
  }

  /** The room has dealt with a message; on any thread. */
  private void received() {
    if (inFlight.decrementAndGet() == IN_FLIGHT_MAX / 2) {
      ctx.executor().execute(() -> pauseReading(false));
    }
  }

  private void pauseReading(boolean pause) {
    readingPaused = pause;
    ctx.channel().config().setAutoRead(!pause && slowReader == null);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    closing.set(true);
    if (slowReader != null) {
      slowReader.cancel(false);
    }
    room.closed();
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case TooLongFrameException _ -> close(CloseCode.TOO_BIG);
      case CorruptedWebSocketFrameException broken -> close(answerTo(broken.closeStatus().code()));
      default -> {
        LOG.debug("connection failed", cause);
        context.fireExceptionCaught(cause);
      }
    }
  }

  /** What the decoder would say; it leaves the closing to this handler. */
  private static CloseCode answerTo(int status) {
    if (status == CloseCode.TOO_BIG.code()) {
      return CloseCode.TOO_BIG;
    }
    return status == CloseCode.INVALID_UTF8.code()
        ? CloseCode.INVALID_UTF8
        : CloseCode.PROTOCOL_ERROR;
  }

  // ---- to the client ---------------------------------------------------------------------------

  @Override
  public boolean isWritable() {
    return ctx.channel().isWritable();
  }

  /**
   * Several messages of one turn of the loop leave in one system call, also those that another loop
   * hands over.
   */
  @Override
  public void send(byte[] message) {
    if (ctx.executor().inEventLoop()) {
      write(message);
    } else {
      ctx.executor().execute(() -> write(message));
    }
  }

  private void write(byte[] message) {
    ctx.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(message)), ctx.voidPromise());
    if (!flushPlanned) {
      flushPlanned = true;
      ctx.executor().execute(this);
    }
  }

  /** The planned flush, after everything that the loop has read in this turn. */
  @Override
  public void run() {
    flushPlanned = false;
    ctx.flush();
  }

  /** A peer that does not read is heard no more, and cut when it does not begin again. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    if (context.channel().isWritable()) {
      if (slowReader != null) {
        slowReader.cancel(false);
        slowReader = null;
      }
      pauseReading(readingPaused);
      room.writable();
    } else if (slowReader == null) {
      slowReader =
          context
              .executor()
              .schedule(
                  () -> close(CloseCode.SLOW_READER),
                  slowReaderGrace.toMillis(),
                  TimeUnit.MILLISECONDS);
      pauseReading(readingPaused);
    }
    super.channelWritabilityChanged(context);
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    if (ctx.executor().inEventLoop()) {
      closeNow(code, reason);
    } else {
      ctx.executor().execute(() -> closeNow(code, reason));
    }
  }

  private void closeNow(CloseCode code, String reason) {
    // The answer to the close frame must be read, unless nothing is read any more anyway.
    ctx.channel().config().setAutoRead(true);
    closeFrame.accept(code.code(), reason);
    Duration grace = code == CloseCode.SLOW_READER ? slowReaderGrace : CLOSE_GRACE;
    // From here towards the network: Vert.x would first wait for what cannot be written.
    ctx.executor().schedule(() -> ctx.close(), grace.toMillis(), TimeUnit.MILLISECONDS);
  }
}
