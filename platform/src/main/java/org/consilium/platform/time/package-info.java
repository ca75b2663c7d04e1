/** Time zones by the newest rules at hand, whatever the age of the JDK. */
package org.consilium.platform.time;
