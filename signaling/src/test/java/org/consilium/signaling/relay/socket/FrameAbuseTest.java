package org.consilium.signaling.relay.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;
import static org.consilium.signaling.relay.socket.RawPeer.BINARY;
import static org.consilium.signaling.relay.socket.RawPeer.CLOSE;
import static org.consilium.signaling.relay.socket.RawPeer.CONTINUATION;
import static org.consilium.signaling.relay.socket.RawPeer.FIN;
import static org.consilium.signaling.relay.socket.RawPeer.PING;
import static org.consilium.signaling.relay.socket.RawPeer.PONG;
import static org.consilium.signaling.relay.socket.RawPeer.TEXT;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.SignalLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that no browser sends, on real sockets: each has its answer, and others go on. */
class FrameAbuseTest {
  private static final int PROTOCOL_ERROR = 1002;
  private static final int SMALL = 1024;
  private static final int MESSAGE_BYTES_MAX = SignalPipeline.MESSAGE_BYTES_MAX;
  private static final int FRAMES_BURST = SignalLimits.DEFAULT.framesBurst();
  private static final byte[] NOTHING = {};

  private static TestCalls calls;
  private static Bystanders others;

  private final CallId call = CallId.random();

  @BeforeAll
  static void start() {
    calls = new TestCalls();
    others = new Bystanders(calls);
  }

  @AfterAll
  static void stop() {
    others.close();
    calls.close();
  }

  @AfterEach
  void the_others_go_on() {
    others.goOn();
  }

  private static Arguments abuse(String name, CloseCode code, Consumer<RawPeer> act) {
    return abuse(name, code.code(), act);
  }

  private static Arguments abuse(String name, int code, Consumer<RawPeer> act) {
    return argumentSet(name, code, act);
  }

  private void isClosedWith(int code, Consumer<RawPeer> act) {
    try (var peer = RawPeer.enter(calls, call, "mallory", CLINICIAN)) {
      act.accept(peer);
      assertThat(peer.closed()).isEqualTo(code);
    }
  }

  // ---- the frame itself ------------------------------------------------------------------------

  static Stream<Arguments> illegalFrames() {
    byte[] unmasked = {(byte) (FIN | TEXT), 2, '{', '}'};
    return Stream.of(
        abuse("unmasked", PROTOCOL_ERROR, peer -> peer.bytes(unmasked)),
        abuse("first reserved bit", PROTOCOL_ERROR, peer -> peer.frame(FIN | 0x40 | TEXT, "{}")),
        abuse("second reserved bit", PROTOCOL_ERROR, peer -> peer.frame(FIN | 0x20 | TEXT, "{}")),
        abuse("third reserved bit", PROTOCOL_ERROR, peer -> peer.frame(FIN | 0x10 | TEXT, "{}")),
        abuse("reserved data opcode", PROTOCOL_ERROR, peer -> peer.frame(FIN | 0x3, "{}")),
        abuse("reserved control opcode", PROTOCOL_ERROR, peer -> peer.frame(FIN | 0xb, "{}")),
        abuse("long ping", PROTOCOL_ERROR, peer -> peer.frame(FIN | PING, new byte[126])),
        abuse("fragmented ping", PROTOCOL_ERROR, peer -> peer.frame(PING, "x")),
        abuse("fragmented close", PROTOCOL_ERROR, peer -> peer.frame(CLOSE, new byte[] {3, -24})),
        abuse("close of one byte", PROTOCOL_ERROR, peer -> peer.frame(FIN | CLOSE, new byte[1])),
        abuse("close 1005", PROTOCOL_ERROR, closeFrame(1005, NOTHING)),
        abuse("close 999", PROTOCOL_ERROR, closeFrame(999, NOTHING)),
        abuse(
            "close reason not UTF-8", CloseCode.INVALID_UTF8, closeFrame(1000, bytes(0xc0, 0xaf))),
        abuse(
            "negative length",
            PROTOCOL_ERROR,
            peer ->
                peer.bytes(
                    bytes(
                        FIN | TEXT,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        0xff,
                        1,
                        2,
                        3,
                        4))),
        abuse(
            "two bytes of length for a small frame",
            PROTOCOL_ERROR,
            peer -> peer.bytes(bytes(FIN | TEXT, 0xfe, 0, 2, 0, 0, 0, 0, '{', '}'))),
        abuse("binary", CloseCode.NOT_TEXT, peer -> peer.frame(FIN | BINARY, "x")),
        abuse(
            "binary in fragments",
            CloseCode.NOT_TEXT,
            peer -> peer.frame(BINARY, "x").frame(FIN | CONTINUATION, "y")));
  }

  private static Consumer<RawPeer> closeFrame(int code, byte[] reason) {
    byte[] payload = Arrays.copyOf(bytes(code >> 8, code & 0xff), 2 + reason.length);
    System.arraycopy(reason, 0, payload, 2, reason.length);
    return peer -> peer.frame(FIN | CLOSE, payload);
  }

  @ParameterizedTest
  @MethodSource
  void illegalFrames(int code, Consumer<RawPeer> act) {
    isClosedWith(code, act);
  }

  // ---- fragments -------------------------------------------------------------------------------

  @Test
  void a_message_may_come_in_pieces_with_pings_between() {
    try (var rosa = RawPeer.enter(calls, call, "rosa", CLINICIAN);
        var ada = RawPeer.enter(calls, call, "ada", SPECIALIST)) {
      byte[] text =
          "{\"type\":\"chat\",\"seq\":1,\"body\":{\"text\":\"¿Me oye?\"}}".getBytes(UTF_8);
      rosa.frame(TEXT, Arrays.copyOf(text, 1));
      for (int i = 1; i < text.length; i++) {
        rosa.frame(FIN | PING, "p" + i).frame(CONTINUATION, new byte[] {text[i]});
      }
      rosa.frame(FIN | CONTINUATION, NOTHING);

      assertThat(ada.hear("chat").at("/body/text").asText()).isEqualTo("¿Me oye?");
      assertThat(new String(rosa.pong(), UTF_8)).isEqualTo("p1");
    }
  }

  static Stream<Arguments> illegalFragments() {
    byte[] half = new byte[MESSAGE_BYTES_MAX / 2 + 1];
    Arrays.fill(half, (byte) ' ');
    return Stream.of(
        abuse("continuation of nothing", PROTOCOL_ERROR, peer -> peer.frame(FIN, "{}")),
        abuse(
            "message inside a message",
            PROTOCOL_ERROR,
            peer -> peer.frame(TEXT, "{").frame(FIN | TEXT, "{}")),
        abuse(
            "one frame too big",
            CloseCode.TOO_BIG,
            peer -> peer.frame(FIN | TEXT, new byte[MESSAGE_BYTES_MAX + 1])),
        abuse(
            "only announced too big",
            CloseCode.TOO_BIG,
            peer -> peer.bytes(bytes(FIN | TEXT, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4))),
        abuse(
            "pieces too big together",
            CloseCode.TOO_BIG,
            peer -> peer.frame(TEXT, half).frame(FIN | CONTINUATION, half)),
        abuse(
            "endless pieces",
            CloseCode.TOO_BIG,
            peer -> {
              peer.frame(TEXT, "{");
              for (int i = 0; i <= MESSAGE_BYTES_MAX / SMALL; i++) {
                peer.frame(CONTINUATION, new byte[SMALL]);
              }
            }),
        abuse(
            "endless empty pieces",
            CloseCode.TOO_FAST,
            peer -> {
              peer.frame(TEXT, "{");
              times(2 * FRAMES_BURST, peer, CONTINUATION, NOTHING);
            }));
  }

  @ParameterizedTest
  @MethodSource
  void illegalFragments(int code, Consumer<RawPeer> act) {
    isClosedWith(code, act);
  }

  // ---- floods ----------------------------------------------------------------------------------

  static Stream<Arguments> floods() {
    byte[] large = ("{\"type\":\"ack\",\"x\":\"" + "x".repeat(60_000) + "\"}").getBytes(UTF_8);
    return Stream.of(
        abuse(
            "messages",
            CloseCode.TOO_FAST,
            peer ->
                times(2 * FRAMES_BURST, peer, FIN | TEXT, "{\"type\":\"ack\"}".getBytes(UTF_8))),
        abuse("bytes", CloseCode.TOO_FAST, peer -> times(20, peer, FIN | TEXT, large)),
        abuse(
            "pings",
            CloseCode.TOO_FAST,
            peer -> times(2 * FRAMES_BURST, peer, FIN | PING, new byte[125])),
        abuse(
            "pongs nobody asked for",
            CloseCode.TOO_FAST,
            peer -> times(2 * FRAMES_BURST, peer, FIN | PONG, NOTHING)),
        abuse(
            "empty messages",
            CloseCode.MALFORMED,
            peer -> times(2 * FRAMES_BURST, peer, FIN | TEXT, NOTHING)));
  }

  private static void times(int count, RawPeer peer, int first, byte[] payload) {
    byte[] frame = RawPeer.encoded(first, payload);
    for (int i = 0; i < count; i++) {
      peer.bytes(frame);
    }
  }

  @ParameterizedTest
  @MethodSource
  void floods(int code, Consumer<RawPeer> act) {
    isClosedWith(code, act);
  }

  @Test
  void one_who_is_closed_for_a_flood_can_still_say_goodbye() {
    try (var peer = RawPeer.enter(calls, call, "mallory", CLINICIAN)) {
      times(FRAMES_BURST + 100, peer, FIN | PONG, NOTHING);
      assertThat(peer.closed()).isEqualTo(CloseCode.TOO_FAST.code());

      closeFrame(1000, NOTHING).accept(peer);

      peer.ended();
    }
  }

  // ---- UTF-8 -----------------------------------------------------------------------------------

  static Stream<Arguments> notUtf8() {
    return Stream.of(
        argumentSet("overlong slash", bytes(0xc0, 0xaf)),
        argumentSet("overlong NUL", bytes(0xc0, 0x80)),
        argumentSet("overlong of three bytes", bytes(0xe0, 0x80, 0xaf)),
        argumentSet("overlong of four bytes", bytes(0xf0, 0x80, 0x80, 0xaf)),
        argumentSet("high surrogate", bytes(0xed, 0xa0, 0x80)),
        argumentSet("low surrogate", bytes(0xed, 0xbf, 0xbf)),
        argumentSet("pair of surrogates", bytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)),
        argumentSet("beyond U+10FFFF", bytes(0xf4, 0x90, 0x80, 0x80)),
        argumentSet("five bytes", bytes(0xf8, 0x88, 0x80, 0x80, 0x80)),
        argumentSet("lone continuation", bytes(0x80)),
        argumentSet("cut short", bytes(0xe2, 0x82)),
        argumentSet("cut short and gone on", bytes(0xe2, 0x82, 'x')),
        argumentSet("Latin-1", bytes(0xe9)),
        argumentSet("FE", bytes(0xfe)),
        argumentSet("FF", bytes(0xff)));
  }

  @ParameterizedTest
  @MethodSource
  void notUtf8(byte[] bad) {
    String text = new String(bad, ISO_8859_1);
    for (String message :
        new String[] {
          "{\"type\":\"chat\",\"seq\":1,\"body\":{\"t\":\"" + text + "\"}}",
          "{\"type\":\"chat" + text + "\",\"seq\":1,\"body\":{}}",
          "{\"type\":\"chat\",\"" + text + "\":1,\"seq\":1,\"body\":{}}",
          "{\"type\":\"ack\"}" + text
        }) {
      byte[] raw = message.getBytes(ISO_8859_1);
      isClosedWith(CloseCode.INVALID_UTF8.code(), peer -> peer.frame(FIN | TEXT, raw));
      // Cut inside the bad place: no piece alone shows it.
      int middle = message.indexOf(text) + 1;
      isClosedWith(
          CloseCode.INVALID_UTF8.code(),
          peer ->
              peer.frame(TEXT, Arrays.copyOf(raw, middle))
                  .frame(FIN | CONTINUATION, Arrays.copyOfRange(raw, middle, raw.length)));
    }
  }

  @Test
  void a_character_may_be_cut_between_two_pieces() {
    try (var rosa = RawPeer.enter(calls, call, "rosa", CLINICIAN);
        var ada = RawPeer.enter(calls, call, "ada", SPECIALIST)) {
      byte[] raw = "{\"type\":\"chat\",\"seq\":1,\"body\":{\"t\":\"😀\"}}".getBytes(UTF_8);
      int middle = raw.length - 6;
      rosa.frame(TEXT, Arrays.copyOf(raw, middle))
          .frame(FIN | CONTINUATION, Arrays.copyOfRange(raw, middle, raw.length));

      assertThat(ada.hear("chat").at("/body/t").asText()).isEqualTo("😀");
    }
  }

  // ---- what is no message ----------------------------------------------------------------------

  static Stream<Arguments> notMessages() {
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("no JSON", "hello"),
        argumentSet("an array", "[]"),
        argumentSet("two objects", "{\"type\":\"ack\"}{\"type\":\"ack\"}"),
        argumentSet("no type", "{\"seq\":1}"),
        argumentSet("type twice", "{\"type\":\"ack\",\"type\":\"end\"}"),
        argumentSet("seq twice", "{\"type\":\"chat\",\"seq\":1,\"seq\":2,\"body\":{}}"),
        argumentSet("to twice", "{\"type\":\"restart\",\"seq\":1,\"to\":1,\"to\":2,\"body\":{}}"),
        argumentSet("body twice", "{\"type\":\"chat\",\"seq\":1,\"body\":{},\"body\":{}}"),
        argumentSet("type twice, once in escapes", "{\"type\":\"ack\",\"t\\u0079pe\":\"end\"}"),
        argumentSet("type a number", "{\"type\":1}"),
        argumentSet("seq a text", "{\"type\":\"chat\",\"seq\":\"1\",\"body\":{}}"),
        argumentSet("seq a fraction", "{\"type\":\"chat\",\"seq\":1.0,\"body\":{}}"),
        argumentSet("seq negative", "{\"type\":\"chat\",\"seq\":-1,\"body\":{}}"),
        argumentSet("seq giant", "{\"type\":\"chat\",\"seq\":9223372036854775808,\"body\":{}}"),
        argumentSet(
            "seq of 60,000 digits", "{\"type\":\"chat\",\"seq\":" + "9".repeat(60_000) + "}"),
        argumentSet(
            "a number of 30 digits in a body",
            "{\"type\":\"chat\",\"seq\":1,\"body\":{\"n\":" + "9".repeat(30) + "}}"),
        argumentSet("body a text", "{\"type\":\"chat\",\"seq\":1,\"body\":\"x\"}"),
        argumentSet("a NUL", "{\"type\":\"ack\",\0\"x\":1}"),
        argumentSet("a NUL in a text", "{\"type\":\"chat\",\"seq\":1,\"body\":{\"t\":\"\0\"}}"),
        argumentSet("UTF-16", "{\0\"\0t\0y\0p\0e\0\"\0:\0\"\0p\0i\0n\0g\0\"\0}\0"),
        argumentSet("a byte order mark", "\ufeff{\"type\":\"ping\"}"),
        argumentSet("a comment", "{\"type\":\"ack\"/* */}"),
        argumentSet("not a number", "{\"type\":\"chat\",\"seq\":1,\"body\":{\"n\":NaN}}"),
        argumentSet(
            "deep nesting",
            "{\"type\":\"chat\",\"seq\":1,\"body\":{\"a\":"
                + "[".repeat(30_000)
                + "]".repeat(30_000)
                + "}}"),
        argumentSet("a name of 60,000", "{\"type\":\"ack\",\"" + "n".repeat(60_000) + "\":1}"),
        argumentSet("unfinished", "{\"type\":\"chat\",\"seq\":1,\"body\":{"));
  }

  @ParameterizedTest
  @MethodSource
  void notMessages(String text) {
    isClosedWith(CloseCode.MALFORMED.code(), peer -> peer.frame(FIN | TEXT, text));
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
