/** People without an account who come by link, and wait until a host lets them in. */
package org.consilium.signaling.guest;
