package org.consilium.signaling.relay.node;

import org.consilium.platform.id.CallId;

/** Under which subjects nodes speak. */
final class Subjects {
  /** Every node listens. */
  static final String ALL = "consilium.calls";

  private Subjects() {}

  /** The node that serves the call in this term; the term keeps an earlier one out. */
  static String room(CallId call, long term) {
    return "consilium.room." + call + "." + term;
  }

  /** A node itself. */
  static String node(String node) {
    return "consilium.node." + node;
  }

  /** Every link of a node's sockets. */
  static String links(String node) {
    return "consilium.edge." + node + ".>";
  }

  /** One link of a node's sockets. */
  static String link(String node, String link) {
    return "consilium.edge." + node + "." + link;
  }
}
