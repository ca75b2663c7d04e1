/** What volunteers give, and how they are spared: hours, share of load, rest, lighter times. */
package org.consilium.scheduling.care;
