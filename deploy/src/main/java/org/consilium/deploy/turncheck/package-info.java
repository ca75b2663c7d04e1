/**
 * The operator's check of a TURN server; needs nothing but a JDK, see {@code deploy/turn-check}.
 */
package org.consilium.deploy.turncheck;
