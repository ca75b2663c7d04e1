/**
 * Who should take what, and when, for everybody at once: exact min-cost flow, the prices of hours
 * that come out of it, re-planning with kept promises. Pure: values in, values out.
 */
package org.consilium.scheduling.planning;
