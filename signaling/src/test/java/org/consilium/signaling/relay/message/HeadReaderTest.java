package org.consilium.signaling.relay.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "null",
        "{}",
        "{\"seq\":1}",
        "{\"type\":1}",
        "{\"type\":\"chat\",\"seq\":-1}",
        "{\"type\":\"chat\",\"seq\":1.5}",
        "{\"type\":\"chat\",\"seq\":\"1\"}",
        "{\"type\":\"chat\",\"seq\":99999999999999999999}",
        "{\"type\":\"chat\",\"seq\":1,\"seq\":2}",
        "{\"type\":\"chat\",\"seq\":1,\"body\":[]}",
        "{\"type\":\"chat\",\"seq\":1,\"body\":{\"a\":}}",
        "{\"type\":\"chat\",\"seq\":1,\"body\":{\"a\":\"\u0001\"}}",
        "{\"type\":\"chat\",\"seq\":1,\"body\":{}",
        "{\"type\":\"chat\",\"seq\":1} {}",
        "{\"type\":\"chat\",\"seq\":1}]",
        "{'type':'chat'}",
        "{\"type\":\"chat\",}",
        "{\"type\":\"chat\"/**/}"
      })
  void what_is_no_message_is_malformed(String text) {
    assertThat(read(text)).isInstanceOf(HeadReader.Result.Malformed.class);
  }

  @Test
  void nesting_without_end_is_malformed() {
    String text = "{\"type\":\"chat\",\"body\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41);
    assertThat(read(text)).isInstanceOf(HeadReader.Result.Malformed.class);
  }

  @Test
  void unknown_fields_are_skipped() {
    var result = read("{\"later\":{\"a\":[1,{}]},\"type\":\"ping\",\"ack\":7,\"more\":[]}");
    assertThat(((HeadReader.Result.Read) result).message().ack()).isEqualTo(7);
  }

  @Test
  void the_body_is_found_behind_text_of_several_bytes() {
    var result = read("{\"note\":\"¿°\",\"type\":\"chat\",\"seq\":1,\"body\" : {\"t\":\"é\"} }");
    var message = ((HeadReader.Result.Read) result).message();
    assertThat(
            new String(
                message.raw(), message.bodyFrom(), message.bodyLength(), StandardCharsets.UTF_8))
        .isEqualTo("{\"t\":\"é\"}");
  }

  @Test
  void bytes_that_are_no_utf8_are_told_apart() {
    byte[] surrogate = "{\"type\":\"chat\",\"x\":\"???\"}".getBytes(StandardCharsets.UTF_8);
    surrogate[20] = (byte) 0xed;
    surrogate[21] = (byte) 0xa0;
    surrogate[22] = (byte) 0x80;
    assertThat(HeadReader.read(surrogate)).isInstanceOf(HeadReader.Result.NotUtf8.class);
  }

  private static HeadReader.Result read(String text) {
    return HeadReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
