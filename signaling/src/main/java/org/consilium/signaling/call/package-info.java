/** Calls of consults over HTTP and in the database: tickets, seats, and what happened. */
package org.consilium.signaling.call;
