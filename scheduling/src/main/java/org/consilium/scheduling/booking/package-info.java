/**
 * Appointments: everybody's time at once, or nobody's; double booking is impossible in the
 * database.
 */
package org.consilium.scheduling.booking;
