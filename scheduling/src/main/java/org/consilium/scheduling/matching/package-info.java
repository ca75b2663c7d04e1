/** Who should be asked, and why: hard rules that bar, soft rules that score, all in the open. */
package org.consilium.scheduling.matching;
