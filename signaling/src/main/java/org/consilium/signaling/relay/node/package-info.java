/** One node serves a room; this brings the sockets of other nodes to it. */
package org.consilium.signaling.relay.node;
