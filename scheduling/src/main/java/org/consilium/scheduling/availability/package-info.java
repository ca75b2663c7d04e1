/** When people and places can be had: weekly hours in a named zone, laid out to moments. */
package org.consilium.scheduling.availability;
