/** What this module keeps, as rows that another door may read. */
package org.consilium.scheduling.kept;
