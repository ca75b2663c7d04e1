package org.consilium.signaling.relay.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Jackson is the judge: what it takes for one JSON object, the walk takes too, and nothing else.
 */
class JsonBytesTest {
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  @Property(tries = 2000)
  void an_object_ends_where_Jackson_ends_it(@ForAll("objects") String object) {
    assertSame(object);
  }

  @Property(tries = 5000)
  void what_is_damaged_anywhere_is_judged_alike(
      @ForAll("objects") String object,
      @ForAll @IntRange(max = 400) int where,
      @ForAll("damages") String damage) {
    int at = where % (object.length() + 1);
    assertSame(object.substring(0, at) + damage + object.substring(at));
    if (at < object.length()) {
      assertSame(object.substring(0, at) + damage + object.substring(at + 1));
    }
  }

  private static void assertSame(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    var json = new JsonBytes(raw);
    int from = json.space(0);
    int end = json.at(from) == '{' ? json.object(from, 1) : JsonBytes.BAD;
    boolean whole = end != JsonBytes.BAD && json.space(end) == raw.length;
    assertThat(whole).as(text).isEqualTo(isOneObject(raw));
  }

  private static boolean isOneObject(byte[] raw) {
    try (var json = JACKSON.createParser(raw)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }

  @Provide
  Arbitrary<String> damages() {
    return Arbitraries.of(
        "", "\"", "\\", "\\u12", "\n", "\u0001", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e",
        "+", "x", " ", "\u007f", "é", "\\x", "tru", "/**/", "'");
  }

  @Provide
  Arbitrary<String> objects() {
    return values(4).list().ofMaxSize(4).map(JsonBytesTest::object);
  }

  private static String object(java.util.List<String> values) {
    var text = new StringBuilder("{");
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : " ,").append("\"n").append(i).append("\" : ").append(values.get(i));
    }
    return text.append("} ").toString();
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(
                "true",
                "false",
                "null",
                "0",
                "-0",
                "-1.5e+7",
                "12",
                "1E3",
                "0.25",
                "\"\"",
                "\"a=rtpmap:111 opus/48000/2\\r\\n\"",
                "\"\\u00e9\\\\\\\"\\/\"",
                "{}",
                "[ ]"),
            Arbitraries.strings()
                .withChars("abc \u00e9\u20ac{}[],:0")
                .ofMaxLength(40)
                .map(text -> '"' + text + '"'));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<String> arrays =
        values(depth - 1).list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]");
    Arbitrary<String> objects =
        Combinators.combine(values(depth - 1), scalars)
            .as((one, two) -> "{\"a\":" + one + ",\"b\":" + two + "}");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, scalars),
        net.jqwik.api.Tuple.of(1, arrays),
        net.jqwik.api.Tuple.of(1, objects));
  }
}
