package org.consilium.signaling.relay;

import java.time.Duration;

/**
 * The limits an operator may wish to move; the others are constants beside the code they bound.
 *
 * @param seatsMax admitted seats of one call. A mesh sends its media once to each of the others, so
 *     eight voices is what a thin link can bear
 * @param waitingMax seats that wait for one call; guests of a mistyped link must not fill the
 *     memory
 * @param socketsMax connections of this server; about 25 kB each
 * @param framesPerSecond what one socket may send in the long run, every kind of frame counted
 * @param framesBurst what it may send at once: negotiating with seven others is about 200 frames,
 *     and sending the unacknowledged again after a cut another 256
 * @param bytesPerSecond what one socket may send in the long run: 64 kB/s is five times what
 *     drawing on a shared picture needs
 * @param bytesBurst what it may send at once: seven offers are 50 kB; half the high water mark, so
 *     that one sender alone cannot fill the buffer of a peer that reads
 * @param seatKept how long a seat outlives its connection: a walk through a tunnel, a modem's
 *     restart
 * @param slowReaderGrace how long a peer may leave its socket unread when the write buffer is full
 */
public record SignalLimits(
    int seatsMax,
    int waitingMax,
    int socketsMax,
    int framesPerSecond,
    int framesBurst,
    int bytesPerSecond,
    int bytesBurst,
    Duration seatKept,
    Duration slowReaderGrace) {
  /** What a server runs with unless told otherwise. */
  public static final SignalLimits DEFAULT =
      new SignalLimits(
          8,
          8,
          20_000,
          50,
          600,
          64 * 1024,
          512 * 1024,
          Duration.ofMinutes(3),
          Duration.ofSeconds(5));

  public SignalLimits {
    positive(seatsMax, "seatsMax");
    positive(waitingMax, "waitingMax");
    positive(socketsMax, "socketsMax");
    positive(framesPerSecond, "framesPerSecond");
    positive(framesBurst, "framesBurst");
    positive(bytesPerSecond, "bytesPerSecond");
    positive(bytesBurst, "bytesBurst");
    positive(seatKept.toMillis(), "seatKept");
    positive(slowReaderGrace.toMillis(), "slowReaderGrace");
  }

  private static void positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }
}
