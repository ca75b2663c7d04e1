/**
 * What the relay of a call needs from outside: who may come in, and who writes down what happens.
 */
package org.consilium.signaling.relay;
