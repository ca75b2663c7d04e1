/** How many could be reached at an hour, and how many are likely to be needed. */
package org.consilium.scheduling.coverage;
