/** Specialists and interpreters: what they can do, in which languages, under which licences. */
package org.consilium.scheduling.volunteer;
