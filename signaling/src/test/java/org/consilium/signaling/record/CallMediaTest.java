package org.consilium.signaling.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.record.LinkSamples.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the record makes of bodies that the relay hands on unread. */
class CallMediaTest {
  private final CallMedia media = new CallMedia();
  private final CallId call = CallId.random();

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '`',
      value = {
        "{'audio':true,'video':true} = VIDEO",
        "{'audio':true,'video':false} = AUDIO",
        "{'audio':false,'video':false} = NONE",
        "{'audio':true,'video':true,'stills':true} = STILLS",
        "{'video':true} = VIDEO"
      })
  void a_media_body_is_one_word(String body, MediaMode mode) {
    assertThat(MediaMode.of(json(body))).contains(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'audio':'yes'}", "[1]", "{", "{'level':'good'}"})
  void a_body_that_says_nothing_of_media_is_passed_over(String body) {
    assertThat(MediaMode.of(json(body))).isEmpty();
  }

  @Test
  void only_a_change_is_told() {
    assertThat(media.changed(call, "rosa", json("{'audio':true,'video':true}")))
        .contains(MediaMode.VIDEO);
    assertThat(media.changed(call, "rosa", json("{'audio':true,'video':true}"))).isEmpty();
    assertThat(media.changed(call, "ada", json("{'audio':true,'video':true}")))
        .contains(MediaMode.VIDEO);
    assertThat(media.changed(call, "rosa", json("{'audio':true,'video':false}")))
        .contains(MediaMode.AUDIO);
  }

  @Test
  void figures_are_summed_up_and_what_was_never_said_is_empty() {
    media.sampled(call, "rosa", json("{'roundTripMs':300,'lossPercent':0.5}"));
    media.sampled(call, "rosa", json("{'roundTripMs':900,'lossPercent':12.5,'x':{}}"));
    media.sampled(call, "rosa", json("{'roundTripMs':310,'lossPercent':2}"));

    var link = media.gone(call, "rosa").orElseThrow();
    assertThat(link.samples()).isEqualTo(3);
    assertThat(link.roundTripMs()).contains(new Spread(300, 310, 900));
    assertThat(link.lossPermille()).contains(new Spread(5, 20, 125));
    assertThat(link.upKbps()).isEmpty();
    assertThat(media.gone(call, "rosa")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "null",
        "[]",
        "{'roundTripMs':'fast'}",
        "{'roundTripMs':-1}",
        "{'roundTripMs':1e99}",
        "{'lossPercent':101}",
        "{'kilobitsPerSecondIn':null}"
      })
  void nonsense_is_no_sample(String body) {
    media.sampled(call, "rosa", json(body));

    assertThat(media.gone(call, "rosa")).isEqualTo(Optional.empty());
  }

  @Test
  void a_long_call_keeps_a_bounded_number_that_stands_for_all_of_it() {
    for (int i = 1; i <= 10_000; i++) {
      media.sampled(call, "rosa", json("{'kilobitsPerSecondOut':" + i + "}"));
    }
    var spread = media.ended(call).get("rosa").upKbps().orElseThrow();

    assertThat(spread.least()).isEqualTo(1);
    assertThat(spread.most()).isEqualTo(10_000);
    assertThat(spread.median()).isBetween(4_800, 5_200);
  }
}
