/**
 * The clinical record of a consult: who asked what about whom, what was answered, what came of it.
 */
package org.consilium.records;
