/** Hours of volunteers and sites, on-call shifts, and who is there now. */
package org.consilium.scheduling.roster;
