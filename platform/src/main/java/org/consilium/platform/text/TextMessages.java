package org.consilium.platform.text;

import org.consilium.platform.database.Tx;

/**
 * A way to reach a telephone without internet. It is asked in the transaction of what people are
 * told of and only writes down what is to be sent.
 */
public interface TextMessages {
  /** Whether this server sends short messages at all. */
  boolean sends();

  /** Takes a message; the second of the same key to the same person is none. */
  void send(Tx tx, TextMessage message);
}
