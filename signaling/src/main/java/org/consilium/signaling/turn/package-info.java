/** Credentials for the relay of media (TURN, RFC 8656). */
package org.consilium.signaling.turn;
