package org.consilium.signaling.relay.room;

/**
 * The messages of one seat that its client has not acknowledged, by number.
 *
 * <p>Bounded twice; the oldest are dropped first, and a client that missed them is told so when it
 * resumes. Used by the room's loop only.
 */
final class Outbox {
  /** Negotiating with seven others is about 200 messages; twice that and a chat beside it. */
  static final int MESSAGES_MAX = 512;

  /** Seven offers of 6 kB and their candidates are 80 kB; three times that. */
  static final int BYTES_MAX = 256 * 1024;

  private static final int CAPACITY_FIRST = 8;

  /** A ring: the message of number n lies at n modulo the length, which is a power of two. */
  private byte[][] ring = new byte[CAPACITY_FIRST][];

  private long lastSeq;
  private long firstSeq = 1;
  private long sentSeq;
  private int bytes;

  /** The number of the newest message; 0 before the first. */
  long lastSeq() {
    return lastSeq;
  }

  /** The number the next message will have. */
  long nextSeq() {
    return lastSeq + 1;
  }

  /** Appends the message of number {@link #nextSeq}, dropping the oldest when there is no room. */
  void add(byte[] message) {
    if (lastSeq - firstSeq + 1 == ring.length && ring.length < MESSAGES_MAX) {
      grow();
    }
    while (firstSeq <= lastSeq
        && (lastSeq - firstSeq + 1 == MESSAGES_MAX || bytes + message.length > BYTES_MAX)) {
      dropFirst();
    }
    lastSeq++;
    ring[slot(lastSeq)] = message;
    bytes += message.length;
  }

  /** Forgets what the client has received; a number never given is ignored. */
  void acknowledge(long seq) {
    if (seq > lastSeq) {
      return;
    }
    while (firstSeq <= seq) {
      dropFirst();
    }
  }

  /** Forgets everything; numbers go on. */
  void clear() {
    acknowledge(lastSeq);
    sentSeq = lastSeq;
  }

  /** Whether every message after {@code seq} is still here. */
  boolean canReplayAfter(long seq) {
    return seq <= lastSeq && seq >= firstSeq - 1;
  }

  /** Makes the message after {@code seq} the next to be sent. */
  void rewindTo(long seq) {
    sentSeq = seq;
  }

  /** Whether a message was dropped before it was sent even once. */
  boolean hasLostUnsent() {
    return sentSeq < firstSeq - 1;
  }

  /** The next message to be sent, or null when all were. */
  byte[] nextToSend() {
    return sentSeq < lastSeq ? ring[slot(++sentSeq)] : null;
  }

  private void dropFirst() {
    int slot = slot(firstSeq++);
    bytes -= ring[slot].length;
    ring[slot] = null;
  }

  private void grow() {
    var larger = new byte[ring.length * 2][];
    for (long seq = firstSeq; seq <= lastSeq; seq++) {
      larger[(int) (seq & (larger.length - 1))] = ring[slot(seq)];
    }
    ring = larger;
  }

  private int slot(long seq) {
    return (int) (seq & (ring.length - 1));
  }
}
