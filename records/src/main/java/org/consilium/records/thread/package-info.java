/** What the two sides write to each other. */
package org.consilium.records.thread;
