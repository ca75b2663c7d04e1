/** The rules of one call, and which calls are up. Pure of sockets and of the database. */
package org.consilium.signaling.relay.room;
