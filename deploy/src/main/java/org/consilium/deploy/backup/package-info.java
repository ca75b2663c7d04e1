/** Whole copies of the embedded database, what was written since, and the way back from them. */
package org.consilium.deploy.backup;
