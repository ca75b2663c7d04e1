package org.consilium.platform.mail;

import org.consilium.platform.database.Tx;

/**
 * A way to reach a person who has no page open. It is asked in the transaction of what they are
 * told of and only writes down what is to be sent; sending comes later, away from any transaction.
 */
public interface Courier {
  /** Takes a letter; the second of the same key to the same person is none. */
  void send(Tx tx, Letter letter);
}
