package org.consilium.signaling.relay.room;

/** The secrets by which clients get their seats back. */
public interface ResumeTokens {
  /** A new secret for this seat of the room. */
  String issue(int seat);

  /** A secret that an earlier server has issued, of which only the print is known. */
  void restore(String print, int seat);

  /** Makes the secret of this print worthless. */
  void withdraw(String print);
}
