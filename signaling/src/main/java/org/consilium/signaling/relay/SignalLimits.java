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
 * @param socketsPerAddressMax connections from one network address, counted from the request on: a
 *     hospital behind one address has fewer people in calls. Of no use behind a proxy, where all
 *     come from the proxy's address
 * @param socketsPerPersonMax connections of one person, in all calls together
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
    int socketsPerAddressMax,
    int socketsPerPersonMax,
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
          200,
          8,
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
    positive(socketsPerAddressMax, "socketsPerAddressMax");
    positive(socketsPerPersonMax, "socketsPerPersonMax");
    positive(framesPerSecond, "framesPerSecond");
    positive(framesBurst, "framesBurst");
    positive(bytesPerSecond, "bytesPerSecond");
    positive(bytesBurst, "bytesBurst");
    positive(seatKept.toMillis(), "seatKept");
    positive(slowReaderGrace.toMillis(), "slowReaderGrace");
  }

  /** Does not bound what comes from one address or from one person. */
  public SignalLimits(
      int seatsMax,
      int waitingMax,
      int socketsMax,
      int framesPerSecond,
      int framesBurst,
      int bytesPerSecond,
      int bytesBurst,
      Duration seatKept,
      Duration slowReaderGrace) {
    this(
        seatsMax,
        waitingMax,
        socketsMax,
        socketsMax,
        socketsMax,
        framesPerSecond,
        framesBurst,
        bytesPerSecond,
        bytesBurst,
        seatKept,
        slowReaderGrace);
  }

  /** The same for a server whose clients all come through a proxy. */
  public SignalLimits behindProxy() {
    return new SignalLimits(
        seatsMax,
        waitingMax,
        socketsMax,
        socketsMax,
        socketsPerPersonMax,
        framesPerSecond,
        framesBurst,
        bytesPerSecond,
        bytesBurst,
        seatKept,
        slowReaderGrace);
  }

  private static void positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }
}
