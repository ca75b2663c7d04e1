/** How the nodes of one installation reach each other. */
package org.consilium.signaling.relay.bus;
