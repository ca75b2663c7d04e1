package org.consilium.deploy.turncheck;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A message of STUN (RFC 8489) with the attributes of TURN (RFC 8656) that the check needs. */
final class StunMessage {
  static final int BINDING = 0x0001;
  static final int ALLOCATE = 0x0003;
  static final int REFRESH = 0x0004;
  static final int CREATE_PERMISSION = 0x0008;
  static final int CHANNEL_BIND = 0x0009;

  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int CHANNEL_NUMBER = 0x000C;
  static final int LIFETIME = 0x000D;
  static final int XOR_PEER_ADDRESS = 0x0012;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int XOR_RELAYED_ADDRESS = 0x0016;
  static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
  static final int REQUESTED_TRANSPORT = 0x0019;

  static final int HEADER_BYTES = 20;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int INTEGRITY_BYTES = 20;
  private static final int TRANSACTION_BYTES = 12;
  private static final int COOKIE = 0x2112A442;
  private static final int CLASS_BITS = 0x0110;
  private static final int SUCCESS = 0x0100;
  private static final byte FAMILY_V4 = 1;
  private static final byte FAMILY_V6 = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int type;
  private final byte[] transaction;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Map<Integer, byte[]> attributes = new HashMap<>();

  private StunMessage(int type, byte[] transaction) {
    this.type = type;
    this.transaction = transaction;
  }

  static StunMessage request(int method) {
    var transaction = new byte[TRANSACTION_BYTES];
    RANDOM.nextBytes(transaction);
    return new StunMessage(method, transaction);
  }

  // ---- writing ---------------------------------------------------------------------------------

  StunMessage with(int attribute, byte[] value) {
    body.writeBytes(
        ByteBuffer.allocate(ATTRIBUTE_HEADER_BYTES)
            .putShort((short) attribute)
            .putShort((short) value.length)
            .array());
    body.writeBytes(value);
    body.writeBytes(new byte[-value.length & 3]);
    return this;
  }

  StunMessage with(int attribute, String value) {
    return with(attribute, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A number in the first bytes of a word: a transport, an address family, a channel. */
  StunMessage withNumber(int attribute, int value, int bits) {
    return with(attribute, ByteBuffer.allocate(4).putInt(value << (32 - bits)).array());
  }

  /** An address, in the disguise that keeps old routers from changing it. */
  StunMessage withPeer(IpAddress address, int port) {
    var mask = ByteBuffer.allocate(4 + TRANSACTION_BYTES).putInt(COOKIE).put(transaction).array();
    var value =
        ByteBuffer.allocate(4 + address.bytes().length)
            .put((byte) 0)
            .put(address.isV4() ? FAMILY_V4 : FAMILY_V6)
            .putShort((short) (port ^ COOKIE >>> 16));
    for (int i = 0; i < address.bytes().length; i++) {
      value.put((byte) (address.bytes()[i] ^ mask[i]));
    }
    return with(XOR_PEER_ADDRESS, value.array());
  }

  /** The bytes, with proof of the key. */
  byte[] signed(byte[] key) {
    var unsigned = bytes(ATTRIBUTE_HEADER_BYTES + INTEGRITY_BYTES);
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      with(MESSAGE_INTEGRITY, mac.doFinal(unsigned));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
    return bytes(0);
  }

  byte[] bytes() {
    return bytes(0);
  }

  private byte[] bytes(int more) {
    return ByteBuffer.allocate(HEADER_BYTES + body.size())
        .putShort((short) type)
        .putShort((short) (body.size() + more))
        .putInt(COOKIE)
        .put(transaction)
        .put(body.toByteArray())
        .array();
  }

  // ---- reading ---------------------------------------------------------------------------------

  /** How long a message is whose header stands in {@code header}. */
  static int length(byte[] header) {
    return HEADER_BYTES + Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(2));
  }

  static StunMessage read(byte[] bytes, int length) {
    var in = ByteBuffer.wrap(bytes, 0, length);
    int type = Short.toUnsignedInt(in.getShort());
    in.getShort();
    in.getInt();
    var transaction = new byte[TRANSACTION_BYTES];
    in.get(transaction);
    var message = new StunMessage(type, transaction);
    while (in.remaining() >= ATTRIBUTE_HEADER_BYTES) {
      int attribute = Short.toUnsignedInt(in.getShort());
      var value = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(value);
      in.position(Math.min(in.limit(), in.position() + (-value.length & 3)));
      message.attributes.putIfAbsent(attribute, value);
    }
    return message;
  }

  boolean answers(StunMessage request) {
    return Arrays.equals(transaction, request.transaction)
        && (type & CLASS_BITS) >= SUCCESS
        && (type & ~CLASS_BITS) == request.type;
  }

  boolean isSuccess() {
    return (type & CLASS_BITS) == SUCCESS;
  }

  /** The error's number, for example 403; 0 for a success. */
  int error() {
    var value = attributes.get(ERROR_CODE);
    return isSuccess() || value == null ? 0 : (value[2] & 7) * 100 + value[3];
  }

  String text(int attribute) {
    var value = attributes.get(attribute);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  int number(int attribute) {
    var value = attributes.get(attribute);
    return value == null ? 0 : ByteBuffer.wrap(value).getInt();
  }
}
