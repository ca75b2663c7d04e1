package org.consilium.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a connection may take to say what it wants. */
class HeadDeadlineTest {
  private static final int FIRST = 10;
  private static final int NEXT = 90;

  private final EmbeddedChannel channel = new EmbeddedChannel();

  HeadDeadlineTest() {
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(new HeadDeadline(Duration.ofSeconds(FIRST), Duration.ofSeconds(NEXT)))
        .addLast(new OldUpgrades());
  }

  @AfterEach
  void nothing_is_leaked() {
    channel.finishAndReleaseAll();
  }

  @Test
  void one_who_says_nothing_is_closed() {
    pass(FIRST - 1);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void one_who_waits_for_an_answer_is_not() {
    channel.writeInbound(request(HttpVersion.HTTP_1_1));
    pass(10 * NEXT);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void the_next_request_has_its_time_too() {
    channel.writeInbound(request(HttpVersion.HTTP_1_1));
    channel.writeOutbound(answer(HttpResponseStatus.OK));
    pass(NEXT - 1);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_websocket_has_no_requests_to_wait_for() {
    channel.writeInbound(request(HttpVersion.HTTP_1_1));
    channel.writeOutbound(answer(HttpResponseStatus.SWITCHING_PROTOCOLS));
    pass(10 * NEXT);

    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.pipeline().get(HeadDeadline.class)).isNull();
  }

  @Test
  void a_body_may_take_its_time_after_continue() {
    channel.writeInbound(request(HttpVersion.HTTP_1_1));
    channel.writeOutbound(answer(HttpResponseStatus.CONTINUE));
    pass(10 * NEXT);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void only_http_1_1_may_ask_for_an_upgrade() {
    channel.writeInbound(request(HttpVersion.HTTP_1_0), request(HttpVersion.HTTP_1_1));

    assertThat(channel.<HttpRequest>readInbound().headers().contains(HttpHeaderNames.UPGRADE))
        .isFalse();
    assertThat(channel.<HttpRequest>readInbound().headers().contains(HttpHeaderNames.UPGRADE))
        .isTrue();
  }

  private static HttpRequest request(HttpVersion version) {
    var request = new DefaultFullHttpRequest(version, HttpMethod.GET, "/signal");
    request.headers().set(HttpHeaderNames.UPGRADE, "websocket");
    return request;
  }

  private static DefaultFullHttpResponse answer(HttpResponseStatus status) {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
