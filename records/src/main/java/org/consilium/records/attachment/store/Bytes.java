package org.consilium.records.attachment.store;

/** Bytes that can be read anywhere, wherever they are kept; never held whole. */
public interface Bytes {
  long length();

  /** The bytes from {@code at} on, {@code most} of them or as many as there are. */
  byte[] read(long at, int most);

  /** These bytes. */
  static Bytes of(byte[] all) {
    return new Bytes() {
      @Override
      public long length() {
        return all.length;
      }

      @Override
      public byte[] read(long at, int most) {
        int from = (int) Math.min(at, all.length);
        return java.util.Arrays.copyOfRange(
            all, from, (int) Math.min((long) from + most, all.length));
      }
    };
  }

  /** A part of these, as if it were all. */
  default Bytes part(long from, long length) {
    var whole = this;
    long kept = Math.max(0, Math.min(length, whole.length() - from));
    return new Bytes() {
      @Override
      public long length() {
        return kept;
      }

      @Override
      public byte[] read(long at, int most) {
        return whole.read(from + at, (int) Math.max(0, Math.min(most, kept - at)));
      }
    };
  }
}
