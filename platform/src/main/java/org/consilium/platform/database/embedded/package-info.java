/**
 * The PostgreSQL server that comes with Consilium, for a first try, a small clinic network and the
 * tests. {@link org.consilium.platform.database.embedded.EmbeddedPostgres} is the door.
 */
package org.consilium.platform.database.embedded;
