/** A person's appointments in their own calendar, and their own busy times in ours (RFC 5545). */
package org.consilium.scheduling.calendar;
