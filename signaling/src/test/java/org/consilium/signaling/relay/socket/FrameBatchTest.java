package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the batch writes, read by Netty's own decoder. */
class FrameBatchTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new FrameBatch());
  private final EmbeddedChannel reader =
      new EmbeddedChannel(
          new WebSocket13FrameDecoder(
              WebSocketDecoderConfig.newBuilder()
                  .expectMaskedFrames(false)
                  .maxFramePayloadLength(1 << 20)
                  .build()));

  @AfterEach
  void nothing_is_leaked() {
    channel.finishAndReleaseAll();
    reader.finishAndReleaseAll();
  }

  @Test
  void texts_between_two_flushes_are_one_buffer() {
    var texts = List.of(write("one"), write("two"), write("three"));
    assertThat(channel.<Object>readOutbound()).isNull();

    channel.flush();

    assertThat(read(channel.readOutbound())).containsExactly("one", "two", "three");
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(texts).allMatch(text -> text.refCnt() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 127, 65_535, 65_536, 200_000})
  void every_length_has_its_header(int length) {
    String text = "x".repeat(length);
    write("before");
    write(text);
    write("after");
    channel.flush();

    var heard = new ArrayList<String>();
    for (ByteBuf bytes; (bytes = channel.readOutbound()) != null; ) {
      heard.addAll(read(bytes));
    }
    assertThat(heard).containsExactly("before", text, "after");
  }

  @Test
  void other_frames_keep_their_turn() {
    write("one");
    channel.write(new PongWebSocketFrame());
    write("two");
    channel.write(new CloseWebSocketFrame(1000, "bye"));
    channel.flush();

    var heard = new ArrayList<String>();
    for (ByteBuf bytes; (bytes = channel.readOutbound()) != null; ) {
      heard.addAll(read(bytes));
    }
    assertThat(heard).containsExactly("one", "PongWebSocketFrame", "two", "CloseWebSocketFrame");
  }

  @Test
  void a_large_batch_is_handed_on_before_the_flush_so_that_water_marks_see_it() {
    for (int i = 0; i < 70; i++) {
      write("x".repeat(1024));
    }
    assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isGreaterThan(64 * 1024);
  }

  @Test
  void what_was_not_flushed_is_released_with_the_handler() {
    var text = write("never");
    channel.pipeline().remove(FrameBatch.class);
    assertThat(text.refCnt()).isZero();
  }

  private ByteBuf write(String text) {
    ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    channel.write(new TextWebSocketFrame(content), channel.voidPromise());
    return content;
  }

  private List<String> read(ByteBuf bytes) {
    reader.writeInbound(bytes);
    var heard = new ArrayList<String>();
    for (WebSocketFrame frame; (frame = reader.readInbound()) != null; ) {
      heard.add(
          frame instanceof TextWebSocketFrame text
              ? text.text()
              : frame.getClass().getSimpleName());
      frame.release();
    }
    return heard;
  }
}
