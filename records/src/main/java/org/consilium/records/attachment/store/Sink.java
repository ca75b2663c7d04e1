package org.consilium.records.attachment.store;

/** Where bytes go, one after the other. */
public interface Sink {
  void write(byte[] bytes, int from, int length);

  default void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** One byte. */
  default void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }
}
