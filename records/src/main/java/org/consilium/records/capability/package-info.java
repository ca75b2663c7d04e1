/** Which drugs and tests a site has, as its own people last confirmed. */
package org.consilium.records.capability;
