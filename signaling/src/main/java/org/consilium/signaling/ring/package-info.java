/** Who can be reached now, and how a person is rung: on every device, answered once. */
package org.consilium.signaling.ring;
