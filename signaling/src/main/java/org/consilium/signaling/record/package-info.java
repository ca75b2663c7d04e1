/** What became of calls: every attempt, who was there and how the links did; written and shown. */
package org.consilium.signaling.record;
