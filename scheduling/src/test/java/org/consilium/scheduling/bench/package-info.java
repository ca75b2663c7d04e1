/** Generated networks and what they measure; `deploy/bench scheduling` runs it. */
package org.consilium.scheduling.bench;
