package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.room.Rooms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay's handlers in a pipeline without a network. */
class SignalPipelineTest {
  private static final SignalLimits LIMITS =
      new SignalLimits(8, 8, 100, 1, 100, 1, 200_000, Duration.ofMinutes(3), Duration.ofSeconds(5));
  private static final String PING = "{\"type\":\"ping\"}";

  private final Heard room = new Heard();
  private final List<Short> closes = new ArrayList<>();
  private final SignalHandler signal =
      new SignalHandler(_ -> room, (code, _) -> closes.add(code), LIMITS.slowReaderGrace());
  private final EmbeddedChannel channel = new EmbeddedChannel();

  SignalPipelineTest() {
    channel.freezeTime();
    channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter());
    SignalPipeline.insert(channel.pipeline(), "handler", LIMITS, signal);
  }

  @AfterEach
  void nothing_is_leaked() {
    channel.finishAndReleaseAll();
  }

  @Test
  void the_handlers_stand_in_this_order() {
    assertThat(channel.pipeline().names())
        .startsWith("signal-budget", "signal-alive", "signal-aggregator", "signal", "handler");
  }

  @Test
  void a_message_in_fragments_is_read_whole() {
    channel.writeInbound(
        new TextWebSocketFrame(false, 0, "{\"type\":"),
        new PingWebSocketFrame(),
        new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER),
        new ContinuationWebSocketFrame(true, 0, "\"ping\"}"));

    assertThat(room.messages).hasSize(1);
    assertThat(channel.<Object>readInbound()).isInstanceOf(PingWebSocketFrame.class);
  }

  @Test
  void a_message_that_is_too_big_is_closed_with_1009() {
    byte[] half = new byte[SignalPipeline.MESSAGE_BYTES_MAX / 2 + 1];
    channel.writeInbound(
        new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(half)),
        new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(half)));

    assertThat(closes).containsExactly(CloseCode.TOO_BIG.code());
  }

  @Test
  void what_is_no_message_is_closed_with_its_code() {
    channel.writeInbound(new TextWebSocketFrame("hello"), new TextWebSocketFrame(PING));

    assertThat(closes).containsExactly(CloseCode.MALFORMED.code());
    assertThat(room.messages).isEmpty();
  }

  @Test
  void binary_frames_are_closed_with_1003() {
    channel.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[1])));

    assertThat(closes).containsExactly(CloseCode.NOT_TEXT.code());
  }

  @Test
  void text_that_is_no_utf8_is_closed_with_1007() {
    channel.writeInbound(new TextWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {(byte) 0xc0})));

    assertThat(closes).containsExactly(CloseCode.INVALID_UTF8.code());
  }

  @Test
  void every_kind_of_frame_costs() {
    for (int i = 0; i < LIMITS.framesBurst(); i++) {
      channel.writeInbound(new PingWebSocketFrame());
    }
    assertThat(closes).isEmpty();

    channel.writeInbound(new PingWebSocketFrame(), new TextWebSocketFrame(PING));

    assertThat(closes).containsExactly(CloseCode.TOO_FAST.code());
    assertThat(room.messages).isEmpty();
  }

  @Test
  void every_byte_costs() {
    String large = "{\"type\":\"ping\",\"x\":\"" + "x".repeat(60_000) + "\"}";
    for (int i = 0; i < 4; i++) {
      channel.writeInbound(new TextWebSocketFrame(large));
    }
    assertThat(room.messages).hasSize(3);
    assertThat(closes).containsExactly(CloseCode.TOO_FAST.code());
  }

  @Test
  void a_silent_client_is_pinged_twice_and_then_given_up() {
    silentFor(KeepAlive.PING_SECONDS);
    assertThat(channel.<WebSocketFrame>readOutbound()).isInstanceOf(PingWebSocketFrame.class);
    silentFor(KeepAlive.PING_SECONDS);
    assertThat(channel.<WebSocketFrame>readOutbound()).isInstanceOf(PingWebSocketFrame.class);
    assertThat(closes).isEmpty();
    silentFor(KeepAlive.PING_SECONDS);
    assertThat(closes).containsExactly(CloseCode.IDLE.code());
  }

  @Test
  void a_client_that_answers_lives_on() {
    for (int i = 0; i < 5; i++) {
      silentFor(KeepAlive.PING_SECONDS);
      channel.writeInbound(new PongWebSocketFrame());
    }
    assertThat(closes).isEmpty();
  }

  @Test
  void a_peer_that_does_not_read_is_heard_no_more_and_then_cut_with_1013() {
    stopReading();
    assertThat(signal.isWritable()).isFalse();
    assertThat(channel.config().isAutoRead()).isFalse();

    channel.advanceTimeBy(5, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(closes).containsExactly(CloseCode.SLOW_READER.code());
  }

  @Test
  void a_peer_that_reads_again_is_written_to_again() {
    stopReading();
    channel.flush();

    assertThat(room.writable).isEqualTo(1);
    assertThat(channel.config().isAutoRead()).isTrue();
    channel.advanceTimeBy(6, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(closes).isEmpty();
  }

  @Test
  void a_room_that_falls_behind_stops_the_reading() {
    room.busy = true;
    for (int i = 0; i < SignalHandler.IN_FLIGHT_MAX; i++) {
      channel.writeInbound(new TextWebSocketFrame(PING));
    }
    assertThat(channel.config().isAutoRead()).isFalse();
  }

  @Test
  void a_room_that_has_caught_up_is_read_for_again() throws InterruptedException {
    room.busy = true;
    for (int i = 0; i < SignalHandler.IN_FLIGHT_MAX; i++) {
      channel.writeInbound(new TextWebSocketFrame(PING));
    }
    var roomsLoop = new Thread(() -> room.undone.forEach(Runnable::run));
    roomsLoop.start();
    roomsLoop.join();
    channel.runPendingTasks();

    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void a_forbidden_frame_is_answered_with_what_the_decoder_found() {
    channel
        .pipeline()
        .fireExceptionCaught(
            new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "x"));

    assertThat(closes).containsExactly(CloseCode.PROTOCOL_ERROR.code());
  }

  @Test
  void after_too_much_only_the_answer_to_the_close_frame_passes() {
    for (int i = 0; i <= LIMITS.framesBurst(); i++) {
      channel.writeInbound(new PongWebSocketFrame());
    }
    channel.inboundMessages().forEach(ReferenceCountUtil::release);
    channel.inboundMessages().clear();
    channel.writeInbound(new PingWebSocketFrame(), new CloseWebSocketFrame(1000, "bye"));

    assertThat(channel.inboundMessages()).singleElement().isInstanceOf(CloseWebSocketFrame.class);
  }

  @Test
  void a_lost_connection_is_told_once() {
    channel.close();

    assertThat(room.closed).isEqualTo(1);
  }

  private void silentFor(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  /** Fills the write buffer past its high mark without a flush. */
  private void stopReading() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(16, 64));
    channel.write(new TextWebSocketFrame("x".repeat(100)));
    channel.runPendingTasks();
  }

  /** A room that remembers. */
  private static final class Heard implements Rooms.Link {
    final List<ClientMessage> messages = new ArrayList<>();
    final List<Runnable> undone = new ArrayList<>();
    boolean busy;
    int writable;
    int closed;

    @Override
    public void received(ClientMessage message, Runnable done) {
      messages.add(message);
      if (busy) {
        undone.add(done);
      } else {
        done.run();
      }
    }

    @Override
    public void writable() {
      writable++;
    }

    @Override
    public void closed() {
      closed++;
    }
  }
}
