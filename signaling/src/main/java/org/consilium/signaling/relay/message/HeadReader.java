package org.consilium.signaling.relay.message;

import static org.consilium.signaling.relay.message.ClientMessage.ABSENT;
import static org.consilium.signaling.relay.message.JsonBytes.BAD;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the head of a client's message and finds its body without building it.
 *
 * <p>The whole text is checked to be UTF-8 and one JSON object, because it goes on to others as it
 * came. Fields that this version does not know are skipped.
 */
public final class HeadReader {
  /** More digits would not fit a {@code long}; a client's numbers end at 2^53. */
  private static final int DIGITS_MAX = 18;

  /** What reading can end in. */
  public sealed interface Result {
    /** The message was understood, though its type may be unknown. */
    record Read(ClientMessage message) implements Result {}

    /** It is no JSON object of the right shape. */
    record Malformed() implements Result {}

    /** It is no UTF-8. */
    record NotUtf8() implements Result {}
  }

  /** The fields of a head; each may stand once. */
  private enum Field {
    TYPE,
    SEQ,
    TO,
    EPOCH,
    SEAT,
    ACK,
    BODY;

    private static final Field[] ALL = values();

    private final byte[] name = Bytes.of(name().toLowerCase(java.util.Locale.ROOT));

    /** The field of this name, or null. */
    static Field named(byte[] raw, int from, int length) {
      for (Field field : ALL) {
        if (field.name.length == length && Bytes.equal(raw, from, field.name)) {
          return field;
        }
      }
      return null;
    }
  }

  private final byte[] raw;
  private final JsonBytes json;
  private int seen;
  private ClientType type;
  private long seq = ABSENT;
  private long to = ABSENT;
  private long epoch = ABSENT;
  private long seat = ABSENT;
  private long ack = ABSENT;
  private int bodyFrom;
  private int bodyLength;

  private HeadReader(byte[] raw) {
    this.raw = raw;
    this.json = new JsonBytes(raw);
  }

  /** Reads one whole message; {@code raw} is kept by the result and must not change. */
  public static Result read(byte[] raw) {
    if (!isUtf8(raw)) {
      return new Result.NotUtf8();
    }
    var reader = new HeadReader(raw);
    return reader.object() ? new Result.Read(reader.message()) : new Result.Malformed();
  }

  private static boolean isUtf8(byte[] raw) {
    if (JsonBytes.isAscii(raw)) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private boolean object() {
    int at = json.space(0);
    if (json.at(at) != '{') {
      return false;
    }
    at = json.space(at + 1);
    while (true) {
      int value = json.name(at);
      if (value == BAD) {
        return false; // An empty object, too: a message has a type.
      }
      int nameEnd = json.plainEnd(at + 1);
      if (json.at(nameEnd) != '"') {
        return false; // Escapes: the name of a field in a disguise.
      }
      at = field(Field.named(raw, at + 1, nameEnd - at - 1), value);
      if (at == BAD) {
        return false;
      }
      at = json.space(at);
      if (json.at(at) == '}') {
        return has(Field.TYPE) && json.space(at + 1) == raw.length;
      }
      if (json.at(at) != ',') {
        return false;
      }
      at = json.space(at + 1);
    }
  }

  private boolean has(Field field) {
    return (seen & 1 << field.ordinal()) != 0;
  }

  /** Takes a field's value; its end, or {@link JsonBytes#BAD} when doubled or of a wrong kind. */
  private int field(Field field, int from) {
    if (field == null) {
      return json.value(from, 2);
    }
    if (has(field)) {
      return BAD;
    }
    seen |= 1 << field.ordinal();
    return switch (field) {
      case TYPE -> type(from);
      case BODY -> body(from);
      default -> number(field, from);
    };
  }

  private int type(int from) {
    int end = json.at(from) == '"' ? json.string(from) : BAD;
    if (end != BAD) {
      type = ClientType.named(raw, from + 1, end - from - 2);
    }
    return end;
  }

  private int body(int from) {
    int end = json.object(from, 2);
    bodyFrom = from;
    bodyLength = end - from;
    return end;
  }

  private int number(Field field, int from) {
    int end = json.digits(from);
    if (end == from
        || end - from > DIGITS_MAX
        || end != json.value(from, 2)) { // Such as 1.5, 1e3 or 01.
      return BAD;
    }
    long number = 0;
    for (int at = from; at < end; at++) {
      number = number * 10 + raw[at] - '0';
    }
    switch (field) {
      case SEQ -> seq = number;
      case TO -> to = number;
      case EPOCH -> epoch = number;
      case SEAT -> seat = number;
      default -> ack = number;
    }
    return end;
  }

  private ClientMessage message() {
    return new ClientMessage(type, seq, to, epoch, seat, ack, raw, bodyFrom, bodyLength);
  }
}
