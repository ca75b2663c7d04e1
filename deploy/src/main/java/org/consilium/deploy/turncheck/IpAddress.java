package org.consilium.deploy.turncheck;

import java.util.Arrays;

/**
 * An address as it goes over the wire. Java's own {@code InetAddress} makes an IPv4 address of
 * {@code ::ffff:10.0.0.1}, which is just what must be told apart here.
 *
 * @param bytes 4 or 16
 */
record IpAddress(byte[] bytes) {
  private static final int V6_BYTES = 16;

  /** Reads what people write: {@code 10.0.0.1}, {@code fe80::1}, {@code ::ffff:10.0.0.1}. */
  static IpAddress parse(String text) {
    if (!text.contains(":")) {
      return new IpAddress(v4(text));
    }
    var halves = text.split("::", -1);
    var head = v6(halves[0]);
    var tail = halves.length == 2 ? v6(halves[1]) : new byte[0];
    boolean fits =
        halves.length == 2
            ? head.length + tail.length < V6_BYTES
            : halves.length == 1 && head.length == V6_BYTES;
    if (!fits) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    var bytes = Arrays.copyOf(head, V6_BYTES);
    System.arraycopy(tail, 0, bytes, V6_BYTES - tail.length, tail.length);
    return new IpAddress(bytes);
  }

  private static byte[] v4(String text) {
    var parts = text.split("\\.", -1);
    var bytes = new byte[4];
    if (parts.length != bytes.length) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    for (int i = 0; i < bytes.length; i++) {
      int value = Integer.parseInt(parts[i]);
      if (value < 0 || value > 255) {
        throw new IllegalArgumentException("not an address: " + text);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte[] v6(String text) {
    var bytes = new byte[0];
    if (text.isEmpty()) {
      return bytes;
    }
    for (var group : text.split(":", -1)) {
      byte[] more;
      if (group.contains(".")) {
        more = v4(group);
      } else {
        int value = Integer.parseInt(group, 16);
        more = new byte[] {(byte) (value >> 8), (byte) value};
      }
      int length = bytes.length;
      bytes = Arrays.copyOf(bytes, length + more.length);
      System.arraycopy(more, 0, bytes, length, more.length);
    }
    return bytes;
  }

  boolean isV4() {
    return bytes.length == 4;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress(var those) && Arrays.equals(bytes, those);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
