/** What people show to be theirs by a code that is sent there. */
package org.consilium.platform.claim;
