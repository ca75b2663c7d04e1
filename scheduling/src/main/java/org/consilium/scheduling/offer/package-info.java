/** Offers: asking one specialist, and passing on by itself when they refuse or stay silent. */
package org.consilium.scheduling.offer;
