/** WebSockets on Netty: from the upgrade to frames, with every limit. */
package org.consilium.signaling.relay.socket;
