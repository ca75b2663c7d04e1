/** The messages of the protocol, read once and written once. */
package org.consilium.signaling.relay.message;
