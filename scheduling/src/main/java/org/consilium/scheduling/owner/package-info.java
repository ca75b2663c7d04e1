/**
 * Who answers for a consult at every moment, and how that passes from one coordinator to another.
 */
package org.consilium.scheduling.owner;
