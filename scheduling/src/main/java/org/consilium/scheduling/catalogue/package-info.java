/** Specialties, languages, urgencies and reasons: versioned data that a network can change. */
package org.consilium.scheduling.catalogue;
