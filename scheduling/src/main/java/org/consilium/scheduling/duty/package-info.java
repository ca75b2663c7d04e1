/** The one place where scheduling steps out of the caller's row security. */
package org.consilium.scheduling.duty;
