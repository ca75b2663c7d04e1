package org.consilium.platform.mail;

/** How trying to hand a letter to the mail server ended. */
sealed interface Sending {
  record Sent() implements Sending {}

  /** The server says that this letter, or this address, will never do. */
  record Refused(String reason) implements Sending {}

  /** It may do another time. */
  record Later(String reason) implements Sending {}

  /** The server cannot be used at all just now: the other letters need not try. */
  record Away(String reason) implements Sending {}
}
