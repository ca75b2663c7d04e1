package org.consilium.signaling.relay.bus;

/**
 * Carries frames between nodes: at most once, and what one node publishes under one subject arrives
 * in order. Whoever needs more counts the frames. Safe on any thread; no method blocks.
 *
 * <p>A subject is words of {@code [A-Za-z0-9_-]} between dots.
 */
public interface Bus extends AutoCloseable {
  /** Whether this node can be reached by the others now. */
  boolean isUp();

  /** Whether there is nobody to reach: what another node served is served by nobody. */
  boolean isAlone();

  /**
   * Sends one frame.
   *
   * @param replyTo the subject of an answer; when nobody listens at {@code subject}, {@link
   *     Listener#nobody} is called there
   * @return false when the frame was not taken: the bus is away, or its queue is full
   */
  boolean publish(String subject, String replyTo, byte[] frame);

  /** Listens; a subject that ends in {@code .>} stands for all that begin so. */
  Subscription subscribe(String subject, Listener listener);

  @Override
  void close();

  /** Called on a thread of the bus, one frame after the other; must not block. */
  interface Listener {
    /**
     * @param replyTo null when no answer is asked for
     */
    void received(String subject, String replyTo, byte[] frame);

    /** A frame that named {@code subject} for the answer reached nobody. */
    default void nobody(String subject) {}
  }

  /** Something that is listened to. */
  interface Subscription {
    /** Listens no more. */
    void end();
  }
}
