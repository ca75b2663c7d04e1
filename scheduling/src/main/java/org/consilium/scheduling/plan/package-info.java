/**
 * The planner at work: prices of hours for live matching, and proposals of what booked appointments
 * would be better at another time. The algorithms are in {@code planning}.
 */
package org.consilium.scheduling.plan;
