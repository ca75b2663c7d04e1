package org.consilium.signaling.relay.room;

/** The secrets by which a client gets its seat back. */
public interface ResumeTokens {
  /** A new secret for this seat of the room. */
  String issue(int seat);

  /** Makes a secret worthless. */
  void withdraw(String token);
}
