/** A right that ends outside a call ends inside it too, within seconds. */
package org.consilium.signaling.rights;
